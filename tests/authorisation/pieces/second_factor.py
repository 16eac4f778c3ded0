"""Those whose rights ask for a second factor have one; keys and sessions of A and B."""

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.second_factor import must_set_up
from tests.factories.accounts import add_second_factor, passkey_data


def add(world):
    for person in world.people.values():
        if not isinstance(person, AnonymousUser) and must_set_up(person):
            add_second_factor(person)
    for number, relation in enumerate("AB"):
        persona = f"contributor_{relation.lower()}"
        _key(world, relation, persona)
        _session(world, f"203.0.113.{77 + number}", persona)


def _key(world, relation, persona):
    key = Authenticator.objects.create(
        user=world.people[persona],
        type=Authenticator.Type.WEBAUTHN,
        data=passkey_data(f"ZQ{relation}cle"),
    )
    world.bind("mfa.Authenticator", relation, key)
    world.keep_secret(f"ZQ{relation}cle", known_to={persona})


def _session(world, address, persona):
    key = f"zqsession{address}"
    Session.objects.create(
        session_key=key,
        session_data="",
        expire_date=timezone.now() + dt.timedelta(days=1),
    )
    UserSession.objects.create(
        user=world.people[persona], session_key=key, ip=address, user_agent="Firefox/1"
    )
    world.keep_secret(address, known_to={persona})
