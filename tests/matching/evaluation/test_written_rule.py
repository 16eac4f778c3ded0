"""The written rule: what is read of a row, and what is not."""

import pytest

from matching.evaluation import encode
from matching.evaluation.encoding import FLAT, means_in, plain, square_of
from matching.evaluation.lexicon import MEANS_WORDS
from matching.kernel import MEANS
from tests.matching.evaluation.partnerships import row, rows


def codes(means):
    return {code for code, area in means if area is None}


def test_a_row_gives_what_its_words_say():
    (pair,) = encode([row()])

    one, other = pair.association, pair.partner
    assert (one.kind, one.organisation) == ("association", "mobilite pour tous")
    assert codes(one.offers) == {"publics_knowledge", "core_business_skills"}
    assert codes(one.needs) == {"donation"}
    assert one.square == (10, 10, 70, 10)
    assert one.domains == {"mobility": 5, "employment": 5, "poverty_exclusion": 10}
    assert (other.kind, codes(other.offers)) == ("company", {"donation"})
    assert codes(other.needs) == {"cost_saving"}
    assert (one.perimeter, other.perimeter) == (("isere",), ("isere",))
    assert pair.is_told


@pytest.mark.parametrize("column", ["type", "certainty", "source"])
def test_the_answers_and_their_notes_are_not_read(column):
    known = encode(rows())

    hidden = encode([one | {column: "societal_innovation"} for one in rows()])

    assert hidden == known


def test_what_an_actor_was_after_is_flat_where_the_text_is_silent():
    assert square_of("company", "") == FLAT
    assert square_of("association", "quelque chose") == FLAT
    assert sum(square_of("company", plain("innover, ancrage territorial"))) == 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mécénat humain et financier", {"donation", "skills_patronage"}),
        ("mécénat de compétences", {"skills_patronage", "core_business_skills"}),
        ("investissement de l’équipe de direction", {"management_time"}),
        ("premier soutien (nature non précisée)", set()),
        ("information gaz", {"communication_relay"}),
        ("prêt au coût de l’argent", {"loan"}),
    ],
)
def test_words_become_means(text, expected):
    assert set(means_in(plain(text))) == expected


def test_every_means_has_its_words():
    assert set(MEANS_WORDS) == set(MEANS)


def test_nobody_needs_what_its_kind_gives_by_nature():
    (pair,) = encode(
        [
            row(
                company_seeks="mécénat à l’écoute des jeunes",
                association_seeks="activité pour les publics en insertion",
            )
        ]
    )

    assert codes(pair.partner.needs) == {"publics_knowledge", "core_business_skills"}
    assert codes(pair.association.needs) == {"market_access"}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"local_authority": "Ville"}, "company"),
        ({"company": "", "local_authority": "Ville"}, "local_authority"),
        ({"company": "", "other_partners": "Fondation X"}, "foundation"),
        ({"company": "", "other_partners": "École de management"}, "academic"),
        ({"company": "", "other_partners": "Direccte (État)"}, "institution"),
    ],
)
def test_the_partner_is_the_company_else_who_stands_beside(changes, kind):
    (pair,) = encode([row(**changes)])

    assert pair.partner.kind == kind


@pytest.mark.parametrize(
    "changes", [{"association": ""}, {"company": "", "other_partners": "acteurs"}]
)
def test_a_row_without_two_known_sides_gives_no_pair(changes):
    assert encode([row(**changes)]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"domains": ""},
        {"territory": "quelque part"},
        {"association_seeks": "", "company_seeks": ""},
        {"association_brings": "", "company_brings": ""},
    ],
)
def test_a_pair_that_could_not_be_proposed_is_not_told(changes):
    (pair,) = encode([row(**changes)])

    assert not pair.is_told


def test_the_parts_are_what_the_page_says():
    told = [pair for pair in encode(rows()) if pair.is_told]

    aside = {pair.id for pair in told if pair.is_kept_aside}

    assert len(encode(rows())) == 44
    assert len(told) == 19
    assert aside == {
        "P001", "P003", "P008", "P009", "P023", "P029", "P031", "P032", "P043", "P044",
    }  # fmt: skip
