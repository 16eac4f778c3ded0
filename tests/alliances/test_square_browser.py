"""The square in a real browser: what the fields, the keys and the pointer do."""

import random

import pytest

from alliances.square.geometry import (
    Point,
    Weights,
    barycentre,
    scaled_to_total,
    weights_at,
)
from tests.browser import sign_in
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def square(client, live_server, browser_page):
    """The page that shows a company's square, filled with 10, 70, 10, 10."""
    client.force_login(UserFactory(is_staff=True))
    sign_in(browser_page, client, live_server)
    browser_page.goto(f"{live_server.url}/galerie/")
    browser_page.wait_for_selector("[data-handle]:not([hidden])")
    return browser_page


def values(page):
    return [
        page.locator(f"[data-weight={corner}]").input_value()
        for corner in ("hr", "stk", "eco", "inn")
    ]


def status(page):
    return page.locator("[data-status]").inner_text()


def centre_of(page, selector):
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_browser_and_the_server_compute_the_same_squares(square):
    rng = random.Random(20260312)
    cases = []
    for _ in range(400):
        cuts = sorted(rng.randint(0, 100) for _ in range(3))
        weights = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 100 - cuts[2]]
        point = [rng.uniform(-120, 120), rng.choice([rng.uniform(-120, 120), 0, 33])]
        loose = [rng.randint(0, 130) for _ in range(4)]
        cases.append([weights, point, loose])

    answers = square.evaluate(
        """async (cases) => {
            const g = await import("/static/js/square_geometry.js");
            return cases.map(([weights, [x, y], loose]) => [
                g.barycentre(weights), g.weightsAt({ x, y }, weights), g.scaledToTotal(loose),
            ]);
        }""",
        cases,
    )

    expected = []
    for weights, (x, y), loose in cases:
        centre = barycentre(Weights(*weights))
        reached = weights_at(Point(x, y), previous=Weights(*weights))
        expected.append(
            [
                {"x": centre.x, "y": centre.y},
                list(reached),
                list(scaled_to_total(tuple(loose))),
            ]
        )
    assert answers == expected


def test_the_arrow_keys_move_the_barycentre_and_say_where_it_is(square):
    handle = square.locator("[data-handle]")

    handle.focus()
    handle.press("Shift+ArrowRight")

    moved = weights_at(Point(-40, 60), previous=Weights(10, 70, 10, 10))
    assert values(square) == [str(weight) for weight in moved]
    assert handle.get_attribute("aria-valuenow") == "-40"
    assert handle.get_attribute("aria-valuetext").startswith(
        "mobilisation 40, l’écosystème 60. Impliquer ses ressources humaines 5,"
    )
    assert status(square) == "Total\u202f: 100. Le carré est complet."


def test_escape_undoes_one_change_after_the_other(square):
    handle = square.locator("[data-handle]")
    handle.focus()
    handle.press("ArrowUp")
    handle.press("Home")

    handle.press("Escape")
    after_one = barycentre(Weights(*map(int, values(square))))
    handle.press("Escape")

    assert after_one == Point(-60, 58)
    assert values(square) == ["10", "70", "10", "10"]
    assert square.locator("[data-undo]").is_hidden()


def test_typing_changes_nothing_else_and_says_what_remains(square):
    square.locator("[data-weight=stk]").fill("40")

    assert values(square) == ["10", "40", "10", "10"]
    assert status(square) == "Total\u202f: 70. Il reste 30 à donner."


def test_the_rest_is_given_out_only_when_asked_and_can_be_taken_back(square):
    square.locator("[data-weight=stk]").fill("20")
    square.locator("[data-balance]").click()
    balanced = values(square)

    square.locator("[data-undo]").click()

    assert balanced == [str(weight) for weight in scaled_to_total((10, 20, 10, 10))]
    assert values(square) == ["10", "20", "10", "10"]


def test_too_much_and_nonsense_are_said(square):
    field = square.locator("[data-weight=eco]")
    field.fill("50")
    excess = status(square)
    field.fill("-5")

    assert excess == "Total\u202f: 140. Il y a 40 de trop."
    assert status(square) == "Écrivez des nombres entiers de 0 à 100."


def test_the_barycentre_follows_the_pointer_and_stops_at_the_edge(square):
    square.locator("[data-board]").scroll_into_view_if_needed()
    x, y = centre_of(square, "[data-handle]")
    board = square.locator("[data-board]").bounding_box()

    square.mouse.move(x, y)
    square.mouse.down()
    square.mouse.move(board["x"] + board["width"] / 2, board["y"] + board["height"] / 2)
    middle = barycentre(Weights(*map(int, values(square))))
    square.mouse.move(board["x"] + board["width"] + 300, board["y"] - 300)
    square.mouse.up()

    assert max(abs(middle.x), abs(middle.y)) <= 2
    assert values(square) == ["0", "0", "100", "0"]


def test_a_drag_given_up_with_escape_leaves_the_square_as_it_was(square):
    square.locator("[data-board]").scroll_into_view_if_needed()
    square.mouse.move(*centre_of(square, "[data-handle]"))
    square.mouse.down()
    square.mouse.move(*centre_of(square, "[data-board]"))

    square.keyboard.press("Escape")
    square.mouse.up()

    assert values(square) == ["10", "70", "10", "10"]


def test_a_square_brought_by_htmx_is_movable_too(square):
    square.evaluate(
        """() => htmx.ajax("GET", "/galerie/", {
            target: "#contenu", select: "[data-square]", swap: "innerHTML",
        })"""
    )

    square.wait_for_selector("[data-handle]:not([hidden])")
    handle = square.locator("[data-handle]")
    handle.focus()
    handle.press("Home")
    assert barycentre(Weights(*map(int, values(square)))) == Point(0, 0)


def test_without_javascript_the_four_fields_are_all_there_is(
    client, live_server, chromium
):
    client.force_login(UserFactory(is_staff=True))
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, client, live_server)
    page.goto(f"{live_server.url}/galerie/")

    assert values(page) == ["10", "70", "10", "10"]
    assert page.locator("[data-handle]").is_hidden()
    assert page.locator("[data-balance]").is_hidden()
    context.close()
