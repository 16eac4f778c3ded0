"""Mistakes on whom an organisation set aside, or is in touch with."""

from types import SimpleNamespace

from alliances.models import Block, Interest, Organisation
from alliances.selectors import relations
from alliances.selectors.aside import Cause, SetAside
from alliances.views import introductions
from matching.views import lists
from tests.authorisation.faults import fault


def somebody(name):
    return SimpleNamespace(organisation=Organisation(name=name, kind="company"), url="")


@fault("matching:proposal_list")
def the_list_tells_everybody_why_others_were_declined(patch):
    reasons = Interest.objects.values_list("reason", flat=True)
    patch.setattr(lists, "partners_of", lambda _: [somebody(r) for r in reasons])


@fault("matching:proposal_list")
def the_list_tells_everybody_who_is_blocked_and_why(patch):
    reasons = Block.objects.values_list("reason", flat=True)
    patch.setattr(lists, "partners_of", lambda _: [somebody(r) for r in reasons])


@fault("alliances:relation_list")
def the_page_of_relations_tells_who_set_us_aside(patch):
    def wrong(organisation, *, viewer):
        return [
            SetAside(
                Organisation(name=block.reason, kind="company", public_id="x"),
                Cause.BLOCKED,
            )
            for block in Block.objects.all()
        ]

    original = relations.relation_page

    def always_aside(own, listing, **asked):
        return original(own, relations.Listing.ASIDE, **asked)

    patch.setattr(relations, "set_aside", wrong)
    patch.setattr(introductions, "relation_page", always_aside)
