"""How a person is called: by their name, where they agreed to it."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.models import Consent, User
from alliances.models import Organisation


def publishing(people: Collection[int], organisation: Organisation) -> set[int]:
    """Return those of ``people`` who agree to be named for ``organisation``.

    The last answer given for this organisation holds; without one, the last given for
    all of them; without any, the name is not shown.
    """
    given = Consent.objects.filter(
        user__in=people,
        purpose=Consent.Purpose.PUBLISH_NAME,
        scope__in=("", organisation.public_id),
    )
    last: dict[int, tuple[bool, bool]] = {}
    for user, scope, is_given in given.order_by("pk").values_list(
        "user", "scope", "is_given"
    ):
        known = last.get(user)
        if scope or known is None or not known[0]:
            last[user] = (bool(scope), is_given)
    return {user for user, (_is_own, is_given) in last.items() if is_given}


def somebody_of(organisation: Organisation) -> str:
    return _("Une personne de %s") % organisation.name


def name_of(person: User, organisation: Organisation, *, is_named: bool) -> str:
    """Return how ``person`` is shown; never by their address.

    Of somebody erased, the page says so: nobody is to be asked for there any more.
    """
    if person.erased_at is not None:
        return _("Personne effacée")
    return person.name if is_named and person.name else somebody_of(organisation)
