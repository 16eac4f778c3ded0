"""Every kind that an application declares can be written."""

import pytest

from notifications import registry
from notifications.registry import DIGEST, Kind, UnknownKindError, declare, kind_of
from notifications.samples import preview
from tests.notifications.conftest import OF_APPLICATIONS


@pytest.fixture
def declared():
    registry._kinds.update(OF_APPLICATIONS)


@pytest.mark.parametrize("code", sorted(OF_APPLICATIONS) or ["test.answer"])
def test_a_kind_has_a_subject_a_sentence_and_a_body(declared, new_kind, code):
    kind = OF_APPLICATIONS.get(code) or new_kind(code)

    written = preview(kind)

    assert written.letter.subject
    assert written.sentence
    assert str(kind.label)
    assert "&lt;" not in written.fragment
    assert "&amp;" not in written.letter.text
    assert list(kind.reminders_days) == sorted(set(kind.reminders_days))


@pytest.mark.parametrize("code", ["test.twice", DIGEST])
def test_a_code_is_declared_once(code):
    declare(Kind("test.twice", "Deux fois"))

    with pytest.raises(ValueError, match=code):
        declare(Kind(code, "Encore"))


def test_a_kind_that_nobody_declared_is_unknown():
    with pytest.raises(UnknownKindError):
        kind_of("test.unheard")
