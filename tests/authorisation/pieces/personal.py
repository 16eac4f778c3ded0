"""Absences, consents, copies and a request of erasure, with what only one may read."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Absence, Consent, DataExport, ErasureRequest

# Until when A and B have somebody away: dates of theirs alone, in the words of the pages.
AWAY_UNTIL = {"A": dt.date(2098, 5, 3), "B": dt.date(2099, 8, 7)}
IN_WORDS = {"A": "3 mai 2098", "B": "7 août 2099"}


def add(world):
    for letter in "AB":
        _of_one(world, letter)


def _of_one(world, letter):
    persona = f"contributor_{letter.lower()}"
    person = world.people[persona]
    now = timezone.now()
    person.phone = f"ZQ{letter}telephone"
    person.save()
    absence = Absence.objects.create(
        user=person, starts_on=timezone.localdate(), ends_on=AWAY_UNTIL[letter]
    )
    export = DataExport.objects.create(
        user=person,
        requested_at=now,
        ready_at=now,
        expires_at=now + dt.timedelta(days=7),
        file=ContentFile(f"ZQ{letter}copie".encode(), name="copie.zip"),
    )
    Consent.objects.create(
        user=person,
        purpose=Consent.Purpose.SHARE_CONTACT,
        is_given=True,
        text_version=f"ZQ{letter}version",
    )
    ErasureRequest.objects.create(
        user=person, asked_at=now, due_at=now + dt.timedelta(9)
    )
    world.bind("accounts.Absence", letter, absence)
    world.bind("accounts.DataExport", letter, export)
    world.keep_secret(f"ZQ{letter}copie", known_to={persona})
    world.keep_secret(f"ZQ{letter}version", known_to={persona})
    members = world.members_of_a if letter == "A" else world.members_of_b
    for canary in (person.phone, IN_WORDS[letter]):
        world.keep_secret(canary, known_to=members)
