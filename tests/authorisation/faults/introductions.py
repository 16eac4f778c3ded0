"""Mistakes on answers and introductions."""

import rules
from rules.permissions import permissions

import accounts.policy
import alliances.policy
from alliances.models import Interest, Introduction, Organisation
from alliances.selectors import profile, relations
from alliances.selectors import introductions as selectors
from alliances.views import introductions, relations as pages
from tests.authorisation.faults import fault, telling

LIST = "alliances:relation_list"
DETAIL = "alliances:introduction_detail"
ANSWER = "alliances:interest_answer"


def everything(person, queryset):
    return queryset


@fault(LIST)
def relations_of_anybody(patch):
    patch.setattr(pages, "can", lambda *_: True)


@fault(LIST, DETAIL, ANSWER)
def whoever_signs_in_sees_relations(patch):
    patch.setitem(permissions, "alliances.view_relations", rules.is_authenticated)
