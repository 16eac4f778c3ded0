"""What is read about people."""

from django.utils import timezone

from accounts.models import Elevation
from accounts.policy import Person, is_administrator


def current_elevation(person: Person) -> Elevation | None:
    """Return the extended access that ``person`` holds at this moment."""
    if not is_administrator(person):
        return None
    live = Elevation.objects.live(timezone.now()).filter(user_id=person.pk)
    return live.order_by("-ends_at").first()
