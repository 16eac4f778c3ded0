import pytest
from hypothesis import given
from hypothesis import strategies as st

from territories.references import parse, reference_in
from territories.selectors import UnknownTerritoryError, resolve, resolve_many
from tests.factories.territories import TerritoryFactory


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nantes",
        "COM-",
        "COM_44109",
        "COM-44109\n; DROP",
        "COM-٤٤١٠٩",
        "PRJ-É",
        "PRJ--",
        "FRANCE",
        "COM-" + "1" * 500,
    ],
)
def test_what_is_not_a_reference_is_not_read_as_one(text):
    assert parse(text) is None


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text):
    reference = parse(text)

    assert reference is None or reference.code.isascii()
    assert reference_in(text) == "" or parse(reference_in(text))


@pytest.mark.django_db
def test_every_reference_of_a_territory_leads_back_to_it():
    territories = [
        TerritoryFactory(kind=kind, code=code)
        for kind, code in [
            ("country", "FR"),
            ("region", "93"),
            ("department", "2A"),
            ("collectivity", "975"),
            ("epci", "200054807"),
            ("ept", "200057867"),
            ("commune", "2A004"),
            ("project", "pays-de-retz"),
        ]
    ]

    outcomes = resolve_many([territory.reference for territory in territories])

    assert [outcome.territory for outcome in outcomes.values()] == territories


@pytest.mark.django_db
def test_an_overseas_collectivity_answers_to_its_alias():
    collectivity = TerritoryFactory(kind="collectivity", code="975")

    assert resolve("REG-975").territory == resolve("dep-975").territory == collectivity


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("n’importe quoi", "n’est pas une référence de territoire"),
        ("COM-99999", "Aucun territoire ne porte la référence"),
    ],
)
def test_a_reference_that_designates_nothing_says_so(text, said):
    with pytest.raises(UnknownTerritoryError, match=said):
        resolve(text)
