from django.db import transaction

from alliances.models import Intention, Organisation
from alliances.selectors.aims import (
    domains_in,
    means_in,
    reach_in,
    square_in,
    terms_in,
)
from alliances.services.organisations.aims import (
    write_domains,
    write_means,
    write_reach,
    write_square,
    write_terms,
)
from alliances.services.projects.naming import SameNameError, namesake
from alliances.services.projects.problems import TooManyError

# DESIGN: what a busy network head may need; a stored list has thirty places, that the
# projects of one partner must not fill (docs/decisions/0158).
MAX_PROJECTS = 10


@transaction.atomic
def create_project(organisation_id: int, title: str) -> Intention:
    """Add a draft that starts as a copy of the main project.

    Sent twice, it designates the draft already made: a name is borne once.

    Raises
    ------
    SameNameError
        If a project that is no draft bears this name.
    TooManyError
        If the organisation has as many projects as one may have.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    other = namesake(organisation.pk, title)
    if other is not None:
        if other.state == Intention.State.DRAFT:
            return other
        raise SameNameError(other)
    check_room(organisation.pk)
    made = Intention.objects.create(
        organisation=organisation, title=title, state=Intention.State.DRAFT
    )
    _copy_default(organisation, made)
    return made


def check_room(organisation_id: int) -> None:
    """Refuse one project too many; closed ones do not count."""
    living = Intention.objects.filter(organisation=organisation_id).exclude(
        state=Intention.State.CLOSED
    )
    if living.count() >= MAX_PROJECTS:
        raise TooManyError


def _copy_default(organisation: Organisation, made: Intention) -> None:
    default = organisation.intentions.filter(is_default=True).first()
    if default is None:
        return
    write_reach(made, reach_in(default))
    write_domains(made, domains_in(default))
    write_square(made, square_in(default))
    write_means(made, means_in(default))
    write_terms(made, terms_in(default))
