import pytest

from alliances.enums import ActorKind
from alliances.models.intention import SQUARE_FIELDS
from alliances.square.geometry import Corner
from alliances.square.labels import (
    GENERIC,
    Origin,
    words_for,
    words_shared_by,
)

MAX_SHORT = 26  # what fits in a corner on a 360-pixel screen, on two lines


def test_the_corners_are_those_of_the_domain_in_the_order_of_storage():
    assert [f"square_{corner.value}" for corner in Corner] == list(SQUARE_FIELDS)


@pytest.mark.parametrize("kind", [*ActorKind.values, ""])
def test_every_kind_has_words_for_every_corner(kind):
    words = words_for(kind)

    assert list(words.corners) == list(Corner)
    for corner in words.corners.values():
        assert str(corner.label)
        assert str(corner.help).endswith(".")
        assert 0 < len(str(corner.short)) <= MAX_SHORT


def test_only_the_words_of_foundations_are_the_platforms_own():
    ours = {kind for kind in ActorKind.values if words_for(kind).is_our_wording}

    assert ours == {ActorKind.FOUNDATION}


def test_what_was_attached_by_inference_says_so():
    assert words_for(ActorKind.LOCAL_AUTHORITY).origin is Origin.INFERENCE


def test_squares_of_different_kinds_are_read_under_the_generic_words():
    assert words_shared_by(["company", "association"]) is GENERIC
    assert words_shared_by(["company", "company"]) is words_for("company")
