"""Mistakes on what catalysts suggest."""

import rules
from rules.permissions import permissions

from alliances.models import Suggestion
from alliances.models.suggestion import SuggestionQuerySet
from alliances.selectors import profile
from alliances.selectors import suggestions as selectors
from alliances.views import directory, suggestions
from tests.authorisation.faults import fault, telling


def everything(person, queryset):
    return queryset


@fault("alliances:suggestion_list")
def what_another_catalyst_suggested(patch):
    """The list forgets whose it is, and whom it is for."""

    def of_anybody(person, sort, number):
        page = selectors.made_page(person, sort, number)
        rows = Suggestion.objects.select_related("low", "high", "territory")
        page.lines[:] = [selectors.Made(one, sort) for one in rows]
        return page

    patch.setattr(suggestions, "made_page", of_anybody)
    patch.setattr(suggestions, "can", lambda *_: True)


@fault("alliances:suggestion_withdraw")
def anybody_withdraws(patch):
    patch.setattr(suggestions, "visible", everything)
    patch.setattr(suggestions, "can", lambda *_: True)


@fault("alliances:suggestion_choose")
def whoever_signs_in_is_a_catalyst(patch):
    for name in ("view_suggestions", "suggest_introduction"):
        patch.setitem(permissions, f"alliances.{name}", rules.is_authenticated)


@fault("alliances:suggestion_create")
def whoever_signs_in_suggests(patch):
    patch.setattr(suggestions, "can", lambda *_: True)


@fault("alliances:interest_answer")
def what_is_held_back_is_read(patch):
    """Both sides read what a rule of one of them holds back."""
    patch.setattr(SuggestionQuerySet, "delivered", lambda queryset: queryset)
    patch.setattr(selectors, "visible", everything)


@fault("alliances:organisation_detail")
def suggestions_on_the_sheet(patch):
    def tell(found, read):
        rows = Suggestion.objects.of(read.organisation.pk)
        words = " ".join(rows.values_list("reason", flat=True))
        return [*found, profile.Fact("Suggestions", words)]

    telling(patch, directory, "facts", tell)
