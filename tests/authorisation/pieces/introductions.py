"""Answers with their reasons, and an introduction of A, then of B, with strangers.

The partners are neither A, B nor C: what a partner reads is tried apart
(tests/alliances/test_partners.py).
"""

from alliances.models import Interest
from tests.factories.alliances import OrganisationFactory
from tests.factories.introductions import InterestFactory, introduce

ABOUT = {
    "A": {"yes": "B", "no": "C"},
    "B": {"yes": "C", "no": "A"},
    "C": {"no": "B"},
}


def add(world):
    known = {
        "A": world.members_of_a,
        "B": world.members_of_b,
        "C": {"contributor_c", "member_of_a_and_c"},
    }
    here = world.territories["own"]
    for letter, answers in ABOUT.items():
        own = world.organisations[letter]
        partner = OrganisationFactory(name=f"Partenaire de {letter}", seat=here)
        world.bind("alliances.Introduction", letter, introduce(own, partner))
        for answer, other in answers.items():
            InterestFactory(
                organisation=own,
                other=world.organisations[other],
                answer=Interest.Answer(answer),
                reason_code="other",
                reason=f"ZQ{letter}raison",
            )
        world.keep_secret(f"ZQ{letter}raison", known_to=known[letter])
