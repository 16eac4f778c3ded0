"""One world for every attempt: organisations, people of each role, canaries.

Every private text carries a canary that names its owner: found in an answer to
somebody else, it is a leak, whatever the status.
"""

import datetime as dt
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from alliances.enums import MandateRole, MembershipRole
from alliances.models import (
    Establishment,
    Exclusion,
    Intention,
    Mandate,
    Membership,
    Organisation,
)
from tests.authorisation.pieces import add_all
from tests.factories.accounts import UserFactory
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.elevation import ElevationFactory
from tests.factories.territories import TerritoryFactory

PRIVATE_OF_A = ("ZQAexclusion", "ZQAvaleur", "ZQApersonne", "zqamembre")
PRIVATE_OF_B = ("ZQBexclusion", "ZQBvaleur", "ZQBpersonne", "zqbmembre")
DAY = dt.date(2026, 1, 1)
PERSON_OF_TOKEN = {
    "token_of_a": "contributor_a",
    "token_of_catalyst": "catalyst_here",
}


@dataclass
class World:
    """What the attempts take real identifiers from."""

    people: dict[str, User | AnonymousUser] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    intentions: dict[str, Intention] = field(default_factory=dict)
    territories: dict[str, object] = field(default_factory=dict)
    # Real rows of other models, by label and relation (tests/authorisation/pieces).
    rows: dict[str, dict[str, object]] = field(default_factory=dict)
    secrets: dict[str, frozenset[str]] = field(default_factory=dict)
    # Who else than its members may open an address about an organisation, by relation.
    doors: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    # Keys of programs, by persona: they sign in by a header, not by a session.
    tokens: dict[str, str] = field(default_factory=dict)
    members_of_a: frozenset[str] = frozenset()
    members_of_b: frozenset[str] = frozenset()

    @property
    def personas(self) -> list[str]:
        return [*self.people, *self.tokens]

    def person(self, persona: str) -> User | AnonymousUser:
        """Who acts: a key acts for its person."""
        return self.people[PERSON_OF_TOKEN.get(persona, persona)]

    def client(self, persona: str) -> Client:
        """A client signed in as ``persona``, that answers 500 instead of raising."""
        if persona in self.tokens:
            bearer = f"Bearer {self.tokens[persona]}"
            return Client(
                raise_request_exception=False, headers={"Authorization": bearer}
            )
        client = Client(raise_request_exception=False)
        person = self.people[persona]
        if not isinstance(person, AnonymousUser):
            client.force_login(person)
            # The passkeys of this world are made up: nobody can read them again.
            if not person.authenticator_set.filter(type="webauthn").exists():
                just_typed_the_password(client, person)
        return client

    def row(self, label: str, relation: str) -> models.Model | None:
        """A real row of ``label`` that belongs to ``relation``."""
        rows = {
            "alliances.Organisation": self.organisations,
            "alliances.Intention": self.intentions,
            "territories.Territory": self.territories,
            "accounts.User": self.people,
        }.get(label) or self.rows.get(label, {})
        return rows.get(self._key_of(label, relation)) or rows.get("A")

    @staticmethod
    def _key_of(label: str, relation: str) -> str:
        """The entry that stands for ``relation`` in the table of ``label``."""
        if label == "territories.Territory":
            return "other" if relation == "D" else "own"
        if label == "accounts.User":
            return f"contributor_{relation.lower()}"
        return relation

    def admit(self, route: str, relation: str, *personas: str) -> None:
        """Say who may open and use ``route`` on objects of ``relation``, and only they."""
        self.doors.setdefault(route, {})[relation] = frozenset(personas)

    def admitted(self, route: str, relation: str) -> frozenset[str]:
        """Who may open and use ``route``: by default, the members of ``relation``."""
        doors = self.doors.get(route, {})
        members = {"A": self.members_of_a, "B": self.members_of_b}
        return doors.get(relation, members.get(relation, frozenset()))

    def bind(self, label: str, relation: str, row: object) -> None:
        """Give ``row`` of ``relation`` to the addresses that take a ``label``."""
        self.rows.setdefault(label, {})[relation] = row

    def keep_secret(self, canary: str, *, known_to: AbstractSet[str]) -> None:
        """Name a text that must reach nobody but the personas of ``known_to``."""
        self.secrets[canary] = frozenset(known_to)

    def canaries_unknown_to(self, persona: str) -> tuple[str, ...]:
        """Private texts that must never reach ``persona``."""
        of_a = () if persona in self.members_of_a else PRIVATE_OF_A
        of_b = () if persona in self.members_of_b else PRIVATE_OF_B
        secrets = (name for name, known in self.secrets.items() if persona not in known)
        return (*of_a, *of_b, *secrets)


def just_typed_the_password(client: Client, person: User) -> None:
    """What is asked again before something sensitive was given a moment ago."""
    request = HttpRequest()
    request.session = client.session
    request.user = person
    record_authentication(request, person, method="password", reauthenticated=True)
    request.session.save()


def build() -> World:
    world = World()
    _places(world)
    _organisations(world)
    _people(world)
    world.members_of_a = frozenset(
        {
            "contributor_a",
            "referent_a",
            "signatory_a",
            "member_of_a_and_c",
            "token_of_a",
        }
    )
    world.members_of_b = frozenset({"contributor_b", "signatory_b"})
    add_all(world)
    return world


def _places(world: World) -> None:
    here = TerritoryFactory(name="Ici-sur-Loire")
    there = TerritoryFactory(name="Ailleurs", latitude_deg=43.3, longitude_deg=5.4)
    world.territories = {
        "own": here,
        "other": there,
        "around": TerritoryFactory(epci=True, name="Autour d’Ici", communes=[here]),
    }


def _organisations(world: World) -> None:
    here, there = world.territories["own"], world.territories["other"]
    for letter, seat, archived in (
        ("A", here, False),
        ("B", here, False),
        ("C", here, False),
        ("D", there, True),
    ):
        organisation = OrganisationFactory(
            name=f"Organisation {letter}",
            seat=seat,
            values=[f"ZQ{letter}valeur"],
            archived_at=timezone.now() if archived else None,
        )
        world.organisations[letter] = organisation
        world.intentions[letter] = IntentionFactory(organisation=organisation)
        Establishment.objects.create(organisation=organisation, commune=seat)
        Exclusion.objects.create(
            organisation=organisation,
            sector=f"ZQ{letter}exclusion",
            reason=f"ZQ{letter}exclusion",
        )


def _people(world: World) -> None:
    a, b, c = (world.organisations[letter] for letter in "ABC")
    here, there = world.territories["around"], world.territories["other"]
    memberships = {
        "contributor_a": [(a, MembershipRole.CONTRIBUTOR)],
        "referent_a": [(a, MembershipRole.REFERENT)],
        "signatory_a": [(a, MembershipRole.SIGNATORY)],
        "contributor_b": [(b, MembershipRole.CONTRIBUTOR)],
        "signatory_b": [(b, MembershipRole.SIGNATORY)],
        "contributor_c": [(c, MembershipRole.CONTRIBUTOR)],
        "member_of_a_and_c": [
            (a, MembershipRole.CONTRIBUTOR),
            (c, MembershipRole.REFERENT),
        ],
        "account_without_organisation": [],
        "invited_to_a": [],
        "ex_member_of_a": [],
        "catalyst_here": [],
        "catalyst_elsewhere": [],
        "observer_here": [],
        "support": [],
        "administrator": [],
    }
    world.people["visitor"] = AnonymousUser()
    for persona, roles in memberships.items():
        mark = {"_a": "A", "_b": "B"}.get(persona[-2:], "") if roles else ""
        person = UserFactory(
            email=f"zq{mark.lower()}membre-{persona}@exemple.test",
            name=f"ZQ{mark}personne {persona}",
            is_staff=persona in ("support", "administrator"),
            is_superuser=persona in ("support", "administrator"),
        )
        world.people[persona] = person
        for organisation, role in roles:
            Membership.objects.create(user=person, organisation=organisation, role=role)
    left = Membership.objects.create(
        user=world.people["ex_member_of_a"], organisation=a, role="referent"
    )
    left.delete()
    ElevationFactory(user=world.people["administrator"])
    for persona, territory, role in (
        ("catalyst_here", here, MandateRole.CATALYST),
        ("catalyst_elsewhere", there, MandateRole.CATALYST),
        ("observer_here", here, MandateRole.OBSERVER),
    ):
        Mandate.objects.create(
            user=world.people[persona], territory=territory, role=role, starts_on=DAY
        )
