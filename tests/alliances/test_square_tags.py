import pytest
from django.template import Context, Template


def rendered(source, **context):
    return Template("{% load square %}" + source).render(Context(context))


def test_a_square_says_in_text_what_it_draws():
    html = rendered(
        "{% square_figure weights 'company' 'Chantiers' %}", weights=(10, 70, 10, 10)
    )

    assert "<title>Carré des objectifs de Chantiers</title>" in html
    assert html.count("dialoguer avec les parties prenantes externes (70 sur 100)") == 2
    assert html.count("data-tile=") == 4


def test_coordinates_are_written_with_a_point_whatever_the_language():
    html = rendered("{% square_figure weights %}", weights=(33, 33, 33, 1))

    assert 'width="91.91"' in html
    assert "91,91" not in html


def test_a_square_that_is_not_known_is_drawn_unknown_and_said_so():
    html = rendered("{% square_figure None 'company' 'Chantiers' %}")

    assert "al-square-hatch" in html
    assert "Les objectifs ne sont pas renseignés." in html
    assert "data-marker" not in html


def test_a_small_square_has_no_word_but_keeps_its_description():
    html = rendered("{% square_figure weights '' '' 'small' %}", weights=(25,) * 4)

    assert "al-square-word" not in html
    assert "<desc>Les quatre objectifs comptent autant." in html


def test_the_words_of_foundations_are_flagged_as_the_platforms_own():
    html = rendered("{% square_figure weights 'foundation' %}", weights=(25,) * 4)

    assert "Formulation propre à la plateforme" in html


def test_superposed_squares_have_a_letter_a_line_and_a_row_each():
    squares = [
        {"name": "L’Atelier", "kind": "association", "weights": (20, 20, 50, 10)},
        {"name": "Chantiers", "kind": "company", "weights": (10, 70, 10, 10)},
        {"name": "Fonds", "kind": "foundation", "weights": None},
    ]

    html = rendered("{% squares_compared squares 'Trois' %}", squares=squares)

    assert [html.count(f"al-series-{letter}") for letter in "abc"] == [3, 3, 0]
    assert html.count("<tr>") == 4
    assert "non renseigné" in html


def test_seven_squares_cannot_be_told_apart():
    squares = [{"name": "N", "kind": "company", "weights": (25,) * 4}] * 7

    with pytest.raises(ValueError, match="at most 6"):
        rendered("{% squares_compared squares %}", squares=squares)
