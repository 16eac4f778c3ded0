import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from accounts.models import User
from accounts.second_factor import has_one


class UserFactory(factory.django.DjangoModelFactory):
    """A person whose address is verified; administrators have a second factor."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.test")
    name = factory.Sequence(lambda n: f"Personne {n}")
    password = factory.django.Password("motdepasse-de-test")
    seen_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create and extracted is not False:
            EmailAddress.objects.create(
                user=self, email=self.email, verified=True, primary=True
            )

    @factory.post_generation
    def second_factor(self, create, extracted, **kwargs):
        if create and (self.is_staff if extracted is None else extracted):
            add_second_factor(self)


def add_second_factor(person):
    """Give ``person`` an application of codes, and return its secret."""
    secret = generate_totp_secret()
    if not has_one(person):
        TOTP.activate(person, secret)
    return secret
