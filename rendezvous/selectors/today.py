"""What is left of a session to schedule, as the room is. Imports the solver."""

from rendezvous.models import Attendee, Session
from rendezvous.scheduling.problem import Problem
from rendezvous.scheduling.today import Today, rest_of_day
from rendezvous.selectors.picture import Picture, followed_meetings, picture_of
from rendezvous.selectors.problem import problem_of


def problem_today(session: Session, picture: Picture | None = None) -> Problem:
    """Return what is left to schedule; as registered, while nothing has happened."""
    picture = picture or picture_of(session)
    group, kind = _homes(session)
    return rest_of_day(
        problem_of(session),
        Today(
            published=followed_meetings(picture),
            next_round=picture.next_round,
            presence=picture.presence,
            lost=picture.lost,
            group=group,
            kind=kind,
        ),
    )


def _homes(session: Session) -> tuple[dict[str, int], dict[str, str]]:
    """Return the registration and the kind of everybody whom the day may name."""
    rows = Attendee.objects.filter(registration__session=session).values_list(
        "pk", "registration_id", "registration__kind"
    )
    homes = {str(pk): (registration, kind) for pk, registration, kind in rows}
    return (
        {name: registration for name, (registration, _kind) in homes.items()},
        {name: kind for name, (_registration, kind) in homes.items()},
    )
