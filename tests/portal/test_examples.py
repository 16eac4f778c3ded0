import hashlib
import re

import pytest
from django.urls import reverse

from portal.examples import FILE, SHOWN, example_of, examples, filtered

ROWS = sorted(SHOWN)


def test_the_rows_shown_are_those_that_need_no_caveat():
    assert [each.slug.upper() for each in examples()] == ROWS
    assert not SHOWN & {"P038", "P044"}


def test_the_file_is_the_one_whose_origin_is_written():
    readme = (FILE.parent / "README.md").read_text()

    assert hashlib.sha256(FILE.read_bytes()).hexdigest() in readme


def test_a_type_that_no_source_gives_is_not_shown():
    types = {each.slug: (each.type, each.is_type_proposed) for each in examples()}

    assert types["p003"] == ("societal_innovation", False)
    assert types["p001"] == ("responsible_practices", True)
    assert types["p045"] == types["p013"] == types["p005"] == ("", False)


def test_every_example_names_parties_and_cites_a_source():
    assert [each.slug for each in examples() if not (each.sides and each.sources)] == []


def test_filters_meet():
    found = filtered(domain="mobility", type_="societal_innovation")

    assert [each.slug for each in found] == ["p003", "p007", "p008"]


def test_what_was_sought_is_the_platforms_reading_when_the_source_is_silent(client):
    page = client.get(reverse("portal:example_detail", args=["p008"])).content.decode()

    assert example_of("p008").are_seeks_proposed
    assert page.count("selon la lecture de la plateforme") == 2
    assert "recherché ou trouvé" not in page


def test_the_list_says_who_proposes_the_type(client):
    page = client.get(reverse("portal:example_list"), {"type": "patronage"})
    text = page.content.decode()

    assert page.status_code == 200
    assert re.findall(r'href="/exemples/(p[0-9]+)/"', text) == ["p043"]
    assert "type proposé par la plateforme" in text


@pytest.mark.parametrize(
    "query", ["?domaine=bus", "?type=%00", "?domaine=mobility&type=patronage", "?x=1"]
)
def test_a_strange_filter_is_left_out(client, query):
    assert client.get(reverse("portal:example_list") + query).status_code in {200, 400}


def test_an_unknown_or_hidden_example_is_not_found(client):
    answers = [client.get(f"/exemples/{slug}/").status_code for slug in ("p038", "x")]

    assert answers == [404, 404]


def test_titles_name_the_parties_that_made_the_alliance():
    titles = {each.slug: each.title for each in examples()}

    assert titles["p003"] == "Wimoov – Renault (programme Mobilize)"
    assert titles["p045"].startswith("Guinée 44 – ")
    assert titles["p018"].startswith("PlaNet Adam – École de Management")


@pytest.mark.django_db
def test_a_demonstration_does_not_call_real_partnerships_fictitious(client, settings):
    settings.DEMONSTRATION = True

    pages = [
        client.get(reverse(name)).text
        for name in ("portal:example_list", "portal:method")
    ]

    assert ["présentées ici sont fictives" in page for page in pages] == [False, True]
