import hashlib

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

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


def passkey_data(name):
    """What a browser sent when a passkey called ``name`` was made, as it is stored."""
    identifier = b"passkey-for-the-tests"
    key = ES256.from_cryptography_key(
        ec.generate_private_key(ec.SECP256R1()).public_key()
    )
    made = AuthenticatorData.create(
        hashlib.sha256(b"testserver").digest(),
        AuthenticatorData.FLAG.USER_PRESENT | AuthenticatorData.FLAG.ATTESTED,
        0,
        AttestedCredentialData.create(Aaguid.NONE, identifier, key),
    )
    client = CollectedClientData.create(
        "webauthn.create", b"challenge", "https://testserver"
    )
    return {
        "name": name,
        "credential": {
            "type": "public-key",
            "id": websafe_encode(identifier),
            "rawId": websafe_encode(identifier),
            "response": {
                "clientDataJSON": websafe_encode(client),
                "attestationObject": websafe_encode(
                    AttestationObject.create("none", made, {})
                ),
            },
            "clientExtensionResults": {"credProps": {"rk": True}},
        },
    }
