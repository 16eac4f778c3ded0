"""Mistakes on who is missing around the table."""

from types import SimpleNamespace

from alliances.models import Exclusion, Organisation
from matching.explanations import tables as sentences
from matching.selectors import tables as selectors
from matching.views import lists, tables
from tests.authorisation.faults import fault, telling

PAGES = ("matching:table_territory", "matching:table_pair")


@fault("matching:table_pair")
def archived_organisations_are_named(patch):
    patch.setattr(lists, "visible", lambda person, queryset: queryset)
    queryset = Organisation.objects.all().__class__
    patch.setattr(queryset, "active", lambda self: self.all())


@fault(*PAGES)
def the_table_says_who_refuses_whom(patch):
    def tell(found, request, *_):
        words = Exclusion.objects.values_list("sector", flat=True)
        return {**found, "subject": f"{found['subject']} {' '.join(words)}"}

    telling(patch, tables, "_context", tell)
    patch.setattr(tables, "_speak_together", lambda *_: True)


@fault(*PAGES)
def values_are_told_as_what_somebody_brings(patch):
    """The role of a seat is made of the whole row of the organisation."""
    values = " ".join(
        value for one in Organisation.objects.all() for value in one.values
    )
    wrong = SimpleNamespace(functions="", brings=values, alone="", territory="")
    patch.setattr(sentences, "role", lambda *_: wrong)
    patch.setattr(sentences, "adds", lambda *_: values)
    patch.setattr(sentences, "missing", lambda *_: values)


@fault("matching:table_territory")
def the_private_reason_of_a_refusal_is_told(patch):
    original = selectors.around_territory

    def wrong(territory, **kwargs):
        found = original(territory, **kwargs)
        reasons = Exclusion.objects.values_list("reason", flat=True)
        patch.setitem(tables.words.DOMAINS, found.domain, " ".join(reasons))
        return found

    patch.setattr(selectors, "around_territory", wrong)
