from alliances import signals
from alliances.models import Intention, Organisation


class GoneError(LookupError):
    """The project was deleted meanwhile."""


def locked_project(intention_id: int) -> Intention:
    """Lock the organisation, then read its project: one writer at a time.

    Raises
    ------
    GoneError
        If the project no longer exists.
    """
    owner = Organisation.objects.filter(intentions=intention_id)
    organisation = owner.select_for_update(of=("self",)).first()
    intention = Intention.objects.filter(pk=intention_id).first()
    if organisation is None or intention is None:
        raise GoneError
    intention.organisation = organisation
    return intention


def announce_project(intention: Intention) -> None:
    """Touch the organisation and have the project matched again, in the transaction.

    A draft is nobody else's business: nothing outside it changes.
    """
    if intention.state == Intention.State.DRAFT:
        return
    intention.organisation.save(update_fields=["updated_at"])
    signals.intentions_changed.send(sender=Intention, intention_ids=[intention.pk])
