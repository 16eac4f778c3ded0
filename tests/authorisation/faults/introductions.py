"""Mistakes on answers and introductions."""

import rules
from rules.permissions import permissions

from alliances.models import Interest, Introduction, Organisation
from alliances.selectors import introductions as selectors
from alliances.selectors import profile
from alliances.views import directory, interests, introductions, threads
from tests.authorisation.faults import fault, telling

LIST = "alliances:relation_list"
DETAIL = "alliances:introduction_detail"
ANSWER = "alliances:interest_answer"


def any_organisation(request, public_id):
    return Organisation.objects.get(public_id=public_id)


def reasons_about(organisation):
    found = Interest.objects.filter(other=organisation)
    return " ".join(found.values_list("reason", flat=True))


@fault(LIST)
def relations_of_anybody(patch):
    patch.setattr(introductions, "can", lambda *_: True)


@fault(LIST)
def whoever_signs_in_sees_relations(patch):
    patch.setitem(permissions, "alliances.view_relations", rules.is_authenticated)


@fault(ANSWER)
def anybody_answers(patch):
    patch.setattr(interests, "own_or_404", any_organisation)
    patch.setattr(selectors, "can", lambda *_: True)


@fault(DETAIL)
def introductions_of_anybody(patch):
    patch.setattr(introductions, "own_or_404", any_organisation)
    patch.setattr(threads, "visible", lambda _, queryset: queryset)


@fault(ANSWER)
def answers_of_the_other_side(patch):
    def theirs(own, others, viewer, now):
        rows = Interest.objects.filter(organisation__in=others, other=own)
        return {one.organisation_id: one for one in rows}

    patch.setattr(selectors, "_answers", theirs)


@fault("alliances:organisation_detail")
def reasons_on_the_sheet(patch):
    def tell(found, read):
        return [*found, profile.Fact("Raisons", reasons_about(read.organisation))]

    telling(patch, directory, "facts", tell)


@fault("alliances:organisation_detail")
def partners_of_everybody(patch):
    """Whoever is in touch with anybody reads what partners read."""
    patch.setattr(
        "alliances.policy.organisations.is_partner",
        lambda person, _: person.is_authenticated and Introduction.objects.exists(),
    )
