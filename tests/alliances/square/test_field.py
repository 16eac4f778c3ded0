import pytest
from django import forms

from alliances.square.field import SquareField
from alliances.square.geometry import Weights


class Form(forms.Form):
    square = SquareField(kind="company")


class OptionalForm(forms.Form):
    square = SquareField(required=False)


def posted(hr="", stk="", eco="", inn=""):
    return {
        "square_hr": hr,
        "square_stk": stk,
        "square_eco": eco,
        "square_inn": inn,
    }


def test_four_numbers_that_sum_to_100_are_weights():
    form = Form(posted("10", "70", " 10 ", "10"))

    assert form.is_valid()
    assert form.cleaned_data == {"square": Weights(10, 70, 10, 10)}


def test_a_blank_beside_numbers_counts_as_zero():
    form = Form(posted("100"))

    assert form.is_valid()
    assert form.cleaned_data == {"square": Weights(100, 0, 0, 0)}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            posted("10", "10", "10", "10"),
            "Les quatre objectifs totalisent 40\u202f: il reste 60 à donner.",
        ),
        (
            posted("50", "50", "50", "0"),
            "Les quatre objectifs totalisent 150\u202f: il y a 50 de trop.",
        ),
        (posted(), "Répartissez 100 entre les quatre objectifs."),
    ],
)
def test_a_wrong_total_says_what_remains(data, message):
    assert Form(data).errors == {"square": [message]}


@pytest.mark.parametrize(
    "hostile",
    [
        "-1",
        "1.5",
        "1e2",
        "٢٥",
        "²",
        "1000",
        "9" * 5000,
        "abc",
        "25\n25",
        "\ud800",
        "\0",
    ],
)
def test_anything_but_small_whole_numbers_is_refused_with_a_sentence(hostile):
    form = Form(posted(hostile, "25", "25", "25"))

    assert form.errors == {
        "square": [
            "Écrivez des nombres entiers de 0 à 100\u202f; le reste est conservé."
        ]
    }


def test_nothing_is_accepted_where_the_square_is_optional():
    form = OptionalForm(posted())

    assert form.is_valid()
    assert form.cleaned_data == {"square": None}


def test_what_was_typed_is_shown_again_beside_the_error():
    html = " ".join(str(Form(posted("10", "", "abc", "5"))).split())

    assert 'name="square_eco" id="id_square_eco" value="abc"' in html
    assert 'aria-invalid="true"' in html


def test_the_words_are_those_of_the_kind():
    html = str(Form())

    assert "Renforcer sa performance économique" in html


def test_a_square_given_back_as_it_was_has_not_changed():
    initial = {"square": (10, 70, 10, 10)}

    assert not Form(posted("10", "70", "10", "10"), initial=initial).has_changed()
    assert Form(posted("20", "60", "10", "10"), initial=initial).has_changed()


def test_a_form_brings_the_script_that_moves_the_drawing():
    assert str(Form().media) == (
        '<script src="/static/js/square.js" type="module"></script>'
    )
