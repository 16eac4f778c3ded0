import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory

from portal.templatetags.navigation import aria_current, nav_link, page_range


@pytest.mark.parametrize(
    ("path", "url", "expected"),
    [
        ("/organisations/", "/organisations/", "page"),
        ("/organisations/abc/", "/organisations/", "true"),
        ("/territoires/", "/organisations/", ""),
        ("/organisations/", "/", ""),
    ],
)
def test_a_link_knows_the_page_it_stands_on(path, url, expected):
    assert aria_current(RequestFactory().get(path), url) == expected


def test_a_link_without_a_request_is_never_current():
    assert aria_current(None, "/") == ""


def test_the_current_page_is_said_to_a_screen_reader():
    context = {"request": RequestFactory().get("/")}

    assert nav_link(context, "portal:home", "Accueil") == (
        '<li><a href="/" aria-current="page">Accueil</a></li>'
    )


def test_a_label_is_escaped():
    assert nav_link({}, "portal:home", "<b>") == '<li><a href="/">&lt;b&gt;</a></li>'


def test_a_page_that_does_not_exist_has_no_entry():
    assert nav_link({}, "portal:nowhere", "Nulle part") == ""


def test_a_long_list_prints_its_ends_and_the_pages_around():
    pages = page_range(Paginator(range(200), 10), 10)

    assert [str(page) for page in pages] == ["1", "…", "9", "10", "11", "…", "20"]
