import pytest
from django import forms
from django.http import QueryDict

from territories.fields import PlaceField, PlacesField
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


class OneForm(forms.Form):
    lieu = PlaceField(kinds=["commune"])


class SeveralForm(forms.Form):
    lieux = PlacesField(required=False)


@pytest.fixture
def places():
    return [
        TerritoryFactory(code="44043", name="Clisson"),
        TerritoryFactory(code="66186", name="Saint-Nazaire"),
        TerritoryFactory(code="44184", name="Saint-Nazaire", population=73_000),
    ]


@pytest.mark.parametrize("typed", ["COM-44043", "clisson", "Clisson (COM-44043)"])
def test_a_place_is_read_from_a_reference_or_from_its_name(places, typed):
    form = OneForm(QueryDict(f"lieu={typed}"))

    assert form.is_valid()
    assert form.cleaned_data == {"lieu": places[0]}


def test_a_name_that_several_places_bear_asks_which(places):
    form = OneForm(QueryDict("lieu=saint-nazaire"))

    assert not form.is_valid()
    page = str(form)
    assert "vouliez-vous dire" in page
    assert 'type="radio" name="lieu" value="COM-44184"' in " ".join(page.split())


def test_the_choice_made_among_namesakes_wins_over_the_text(places):
    assert OneForm(QueryDict("lieu=&lieu=COM-44184")).is_valid()


def test_a_place_of_another_kind_is_refused(places):
    TerritoryFactory(kind="department", code="44", name="Loire-Atlantique")
    form = OneForm(QueryDict("lieu=DEP-44"))

    assert form.errors == {
        "lieu": ["Loire-Atlantique n’est pas ce qui est demandé ici (commune)."]
    }


def test_several_places_are_kept_once_and_shown_again(places):
    form = SeveralForm(QueryDict("lieux=COM-44043&lieux=COM-44043&lieux=COM-44184"))

    assert form.is_valid()
    assert form.cleaned_data == {"lieux": [places[0], places[2]]}
    assert 'value="COM-44184"' in " ".join(str(form).split())


def test_no_place_is_an_empty_list(places):
    form = SeveralForm(QueryDict("lieux="))

    assert form.is_valid()
    assert form.cleaned_data == {"lieux": []}


@pytest.mark.parametrize("text", ["%", "_", "x" * 5_000, "٤٤٠٤٣", "'; --", "zzzzzz"])
def test_a_text_that_names_nothing_is_refused_in_words(places, text):
    query = QueryDict(mutable=True)
    query["lieu"] = text
    form = OneForm(query)

    assert not form.is_valid()
    assert "lieu" in str(form)


def test_too_many_places_are_refused(places):
    form = SeveralForm(QueryDict("&".join(f"lieux=COM-{n:05}" for n in range(60))))

    assert form.errors == {"lieux": ["Choisissez au plus 50 lieux."]}


def test_an_initial_place_shows_its_name(places):
    assert "Clisson (COM-44043)" in str(OneForm(initial={"lieu": places[0]}))
