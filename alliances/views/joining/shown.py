"""What these pages share: finding the object or nothing, telling a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import Http404, HttpRequest

from accounts.models import User
from accounts.policy import can, visible
from alliances.models import Organisation
from alliances.services.membership import RefusedError


def own_organisation(
    request: HttpRequest, public_id: str, permission: str
) -> Organisation:
    """Return the organisation if this person may; otherwise it does not exist."""
    found = visible(request.user, Organisation.objects.active())
    organisation = found.filter(public_id=public_id).for_list().first()
    if organisation is None or not can(request.user, permission, organisation):
        raise Http404
    return organisation


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; the policy of these addresses lets nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in, says the policy
    return request.user


@contextmanager
def telling(request: HttpRequest, done: str) -> Iterator[None]:
    """Say ``done`` when what is inside was done, or why it was not."""
    try:
        yield
    except RefusedError as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, done)
