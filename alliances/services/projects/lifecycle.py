"""What becomes of a project: proposed, paused, closed, main, deleted."""

import datetime as dt

from django.db import transaction

from alliances.models import Intention
from alliances.services.projects.creating import check_room
from alliances.services.projects.locking import announce_project, locked_project
from alliances.services.projects.naming import check_name
from alliances.services.projects.problems import (
    DefaultError,
    IncompleteError,
    PublishedError,
    UnpublishedError,
)

State = Intention.State
PUBLISHED = (State.OPEN, State.PAUSED)


@transaction.atomic
def open_project(intention_id: int) -> bool:
    """Propose a draft, or take up again what was paused or closed; False if it is open.

    Raises
    ------
    IncompleteError
        If what matching needs is not all there.
    SameNameError, TooManyError
        If a project made since bears its name, or takes the last place.
    """
    intention = locked_project(intention_id)
    if intention.state == State.OPEN:
        return False
    if not Intention.objects.complete().filter(pk=intention.pk).exists():
        raise IncompleteError
    if intention.state == State.CLOSED:
        check_name(intention, intention.title)
        check_room(intention.organisation_id)
    return _become(intention, State.OPEN, None)


@transaction.atomic
def pause_project(intention_id: int, until: dt.date) -> bool:
    """Stop proposing it until the end of the day ``until``.

    Raises
    ------
    UnpublishedError
        If it is a draft or closed.
    """
    intention = locked_project(intention_id)
    if intention.state not in PUBLISHED:
        raise UnpublishedError
    if (intention.state, intention.paused_until) == (State.PAUSED, until):
        return False
    return _become(intention, State.PAUSED, until)


@transaction.atomic
def close_project(intention_id: int) -> bool:
    """Stop proposing it, and show it to members alone; False if it was closed.

    Raises
    ------
    UnpublishedError
        If it is a draft: that is deleted.
    """
    intention = locked_project(intention_id)
    if intention.state == State.CLOSED:
        return False
    if intention.state not in PUBLISHED:
        raise UnpublishedError
    return _become(intention, State.CLOSED, None)


def _become(intention: Intention, state: str, until: dt.date | None) -> bool:
    intention.state, intention.paused_until = state, until
    intention.save(update_fields=["state", "paused_until", "updated_at"])
    announce_project(intention)
    return True


@transaction.atomic
def make_default(intention_id: int) -> bool:
    """Make it the main project, the one that the short form describes.

    Raises
    ------
    UnpublishedError
        If it is a draft or closed.
    """
    intention = locked_project(intention_id)
    if intention.is_default:
        return False
    if intention.state not in PUBLISHED:
        raise UnpublishedError
    # The former one first: one main project at most is a constraint.
    for former in intention.organisation.intentions.filter(is_default=True):
        former.is_default = False
        former.save(update_fields=["is_default", "updated_at"])
    intention.is_default = True
    intention.save(update_fields=["is_default", "updated_at"])
    intention.organisation.save(update_fields=["updated_at"])
    return True


@transaction.atomic
def delete_draft(intention_id: int) -> None:
    """Delete a draft.

    Raises
    ------
    DefaultError
        If it is the main project.
    PublishedError
        If it is no draft.
    """
    intention = locked_project(intention_id)
    if intention.is_default:
        raise DefaultError
    if intention.state != State.DRAFT:
        raise PublishedError
    intention.delete()
