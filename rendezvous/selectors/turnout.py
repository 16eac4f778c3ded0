"""Who came, as far as the door knows: without a word of it, one came."""

from collections import Counter
from collections.abc import Collection

from rendezvous.models import Attendee, Registration
from rendezvous.models.attendance import stay_of


def people_who_came(registrations: Collection[Registration]) -> Counter[int]:
    """Return how many people of each registration were there, for some round at least."""
    people = Attendee.objects.filter(registration__in=[one.pk for one in registrations])
    return Counter(
        one.registration_id
        for one in people.select_related("attendance")
        if stay_of(one).rounds
    )
