"""Two descriptions of one organisation become one, with everything attached."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policy import can
from alliances import notices
from alliances.models import Merge, Organisation
from alliances.selectors.merging import Obstacle, obstacle_between
from alliances.services.membership.locking import ensure_lead
from alliances.services.membership.refusals import (
    AlreadyDoneError,
    NotAllowedError,
    RefusedError,
)
from alliances.services.membership.telling import members_of
from alliances.services.merging.describing import complete_description
from alliances.services.merging.moving import move_everything
from alliances.services.organisations.editing import announce
from notifications.services import notify

__all__ = ["ObstacleError", "merge_organisations"]


class ObstacleError(RefusedError):
    """These two cannot be merged; nothing was written."""

    sentence = _("Ces deux organisations ne peuvent pas être réunies.")

    def __init__(self, obstacle: Obstacle) -> None:
        self.sentence = obstacle.label
        super().__init__()


@transaction.atomic
def merge_organisations(kept_id: int, absorbed_id: int, *, by: User) -> Merge:
    """Give everything of ``absorbed`` to ``kept``, and lead its address there.

    One transaction, under the locks that members' changes take too. Nothing undoes it.

    Raises
    ------
    RefusedError
        If ``by`` may not, if one was merged meanwhile, or if both are partners.
    """
    kept, absorbed = _locked(kept_id, absorbed_id)
    if not can(by, "alliances.merge_organisations", kept):
        raise NotAllowedError
    obstacle = obstacle_between(kept, absorbed)
    if obstacle is not None:
        raise ObstacleError(obstacle)
    people = {
        person.pk: person for one in (kept, absorbed) for person in members_of(one)
    }
    moved = move_everything(kept, absorbed)
    filled = complete_description(kept, absorbed)
    _archive(absorbed, into=kept)
    ensure_lead(kept)
    merge = Merge.objects.create(
        kept=kept, absorbed=absorbed, by=by, moved={"rows": moved, "filled": filled}
    )
    announce(kept)
    _tell(people.values(), kept, absorbed)
    return merge


def _locked(kept_id: int, absorbed_id: int) -> tuple[Organisation, Organisation]:
    """Lock both, in the order of their keys: two opposite merges do not wait for ever."""
    rows = Organisation.objects.select_for_update().defer("search_vector")
    both = rows.filter(pk__in=(kept_id, absorbed_id)).order_by("pk").in_bulk()
    if kept_id == absorbed_id:
        raise ObstacleError(Obstacle.SAME)
    kept, absorbed = both.get(kept_id), both.get(absorbed_id)
    if kept is None or absorbed is None or kept.archived_at or absorbed.archived_at:
        raise AlreadyDoneError
    return kept, absorbed


def _archive(absorbed: Organisation, *, into: Organisation) -> None:
    absorbed.archived_at = timezone.now()
    absorbed.merged_into = into
    absorbed.save(update_fields=["archived_at", "merged_into", "updated_at"])


def _tell(people: Iterable[User], kept: Organisation, absorbed: Organisation) -> None:
    notify(
        notices.MERGED,
        people,
        key=f"merge:{absorbed.public_id}",
        path=reverse("alliances:organisation_detail", args=[kept.public_id]),
        context={"organisation": kept.name, "absorbed": absorbed.name},
    )
