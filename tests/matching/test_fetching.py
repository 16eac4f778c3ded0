"""Columns read by binary COPY are what the ORM reads."""

import math

import pytest
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from matching.models import ListEnd
from matching.services.fetching import fetch

pytestmark = pytest.mark.django_db

RUN = 1
WIDTHS = {"intention_id": ">i8", "first": ">f8"}
OTHERS = [("first", {"intention_id": ">i4", "first": ">f8"}), ("scores__1", WIDTHS)]


@pytest.fixture(autouse=True)
def _ends():
    ListEnd.objects.bulk_create(
        ListEnd(run_id=RUN, intention_id=7 - number, scores=scores)
        for number, scores in enumerate(
            [[0.25, None, 1.0, 0.5], [None, 0.5, None, None], [1 / 3, 0.0, 0.0, 0.0]]
        )
    )


def ends(name="first"):
    known = ListEnd.objects.filter(run=RUN).order_by("intention_id")
    first = Coalesce(F("scores__0"), Value(-math.inf))
    return known.annotate(first=first).values_list("intention_id", name)


def test_rows_come_as_they_are_stored_to_the_last_bit():
    found = fetch(ends(), WIDTHS)

    assert found.tolist() == list(ends())
    assert found["first"].tolist() == [1 / 3, -math.inf, 0.25]


@pytest.mark.parametrize("nobody", [ends().none(), ends().filter(intention_id=0)])
def test_no_row_is_no_row(nobody):
    assert fetch(nobody, WIDTHS)["first"].tolist() == []


@pytest.mark.parametrize(("name", "widths"), OTHERS)
def test_a_null_and_another_width_are_a_mistake_of_whoever_asks(name, widths):
    with pytest.raises(ValueError, match=r"rows are not|is not always"):
        fetch(ends(name), widths)
