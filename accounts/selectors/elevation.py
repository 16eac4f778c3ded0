"""Extended access, as it stands."""

from django.utils import timezone

from accounts.models import Elevation, User
from accounts.policy import Person, is_administrator


def current_elevation(person: Person) -> Elevation | None:
    """Return the extended access that ``person`` holds at this moment."""
    if not (isinstance(person, User) and is_administrator(person)):
        return None
    live = Elevation.objects.live(timezone.now()).filter(user=person)
    return live.order_by("-ends_at").first()
