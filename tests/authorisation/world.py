"""One world for every attempt: organisations, people of each role, canaries.

Every private text carries a canary that names its owner: found in an answer to
somebody else, it is a leak, whatever the status.
"""

import datetime as dt
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
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
    members_of_a: frozenset[str] = frozenset()
    members_of_b: frozenset[str] = frozenset()

    @staticmethod
    def key_of(model: str, relation: str) -> str:
        """The entry that stands for ``relation`` in the table of ``model``."""
        if model == "territories.Territory":
            return "other" if relation == "D" else "own"
        if model == "accounts.User":
            return f"contributor_{relation.lower()}"
        return relation

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


def build() -> World:
    world = World()
    _places(world)
    _organisations(world)
    _people(world)
    world.members_of_a = frozenset(
        {"contributor_a", "referent_a", "signatory_a", "member_of_a_and_c"}
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
        "ex_member_of_a": [],
        "catalyst_here": [],
        "catalyst_elsewhere": [],
        "observer_here": [],
        "support": [],
        "administrator": [],
    }
    world.people["visitor"] = AnonymousUser()
    for persona, roles in memberships.items():
        mark = {"_a": "A", "_b": "B"}.get(persona[-2:], "")
        person = UserFactory(
            email=f"zq{mark.lower()}membre-{persona}@exemple.test",
            name=f"ZQ{mark}personne {persona}",
            is_staff=persona in ("support", "administrator"),
            is_superuser=persona in ("support", "administrator"),
        )
        world.people[persona] = person
        for organisation, role in roles:
            Membership.objects.create(user=person, organisation=organisation, role=role)
    ElevationFactory(user=world.people["administrator"])
    for persona, territory, role in (
        ("catalyst_here", here, MandateRole.CATALYST),
        ("catalyst_elsewhere", there, MandateRole.CATALYST),
        ("observer_here", here, MandateRole.OBSERVER),
    ):
        Mandate.objects.create(
            user=world.people[persona], territory=territory, role=role, starts_on=DAY
        )
