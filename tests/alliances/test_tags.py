"""Sectors in one comparable form: what a refusal covers (docs/decisions/0086)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.activities import DIVISIONS_OF_SECTION
from alliances.tags import sectors, tag

DIVISIONS = [
    (section, f"{number:02}")
    for section, (first, last) in DIVISIONS_OF_SECTION.items()
    for number in range(first, last + 1)
]


@pytest.mark.parametrize(
    ("refused", "stated"),
    [
        ("C", "25"),
        ("C", "25.11Z"),
        ("c", "C25"),
        ("25", "25.11Z"),
        ("25", "2511z"),
        ("25.1", "25.11Z"),
        ("25.11", "25.11Z"),
        ("2511Z", "25.11 z"),
        ("Tabac", "TABAC"),
        ("Énergie fossile", "energie  FOSSILE"),
        ("Jeux d’argent", "jeux d'argent"),
        ("bœuf", "BŒUF"),
    ],
)
def test_a_refusal_covers(refused, stated):
    assert tag(refused) in sectors([stated])


@pytest.mark.parametrize(
    ("refused", "stated"),
    [
        ("C", "01"),
        ("25", "C"),
        ("25.11Z", "25"),
        ("25", "26.11Z"),
        ("2", "25"),
        ("25", "25 000 arbres"),
        ("25", "2025"),
        ("34", "C"),
        ("tabac", "tabacologie"),
    ],
)
def test_a_refusal_does_not_cover(refused, stated):
    assert tag(refused) not in sectors([stated])


@given(st.sampled_from(DIVISIONS), st.from_regex(r"[0-9]{2}[A-Z]", fullmatch=True))
def test_every_code_is_covered_by_all_that_holds_it(division, rest):
    section, code = division
    written = [f"{code}.{rest}", f"{code}{rest}".lower(), f"{section}{code}.{rest}"]
    holding = {section, code, code + rest[0], code + rest[:2], (code + rest).lower()}

    assert [sectors([text]) for text in written] == [holding] * 3


@given(st.text(max_size=40))
def test_a_form_is_its_own_form(text):
    assert tag(tag(text)) == tag(text)
