"""Those whose rights ask for a second factor have one; B's passkey, for its addresses."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser

from accounts.second_factor import must_set_up
from tests.factories.accounts import add_second_factor


def add(world):
    for person in world.people.values():
        if not isinstance(person, AnonymousUser) and must_set_up(person):
            add_second_factor(person)
    for relation, persona in (("A", "contributor_a"), ("B", "contributor_b")):
        key = Authenticator.objects.create(
            user=world.people[persona],
            type=Authenticator.Type.WEBAUTHN,
            data={"name": f"ZQ{relation}cle", "credential": {}},
        )
        world.bind("mfa.Authenticator", relation, key)
        world.keep_secret(f"ZQ{relation}cle", known_to={persona})
