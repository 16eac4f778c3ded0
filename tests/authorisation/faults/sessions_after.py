"""Mistakes on what follows a meeting."""

from dataclasses import replace

import rules
from rules.permissions import permissions

from rendezvous.models import Feedback, FollowUp
from rendezvous.selectors import afterwards
from rendezvous.views import aftercare, following, shared
from tests.authorisation.faults import fault, telling


def everything(person, queryset):
    return queryset


@fault("rendezvous:followup_detail")
def anybody_reads_what_follows(patch):
    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr("rendezvous.selectors.registrations.visible", everything)
    patch.setattr(afterwards, "visible", everything)


@fault("rendezvous:followup_detail")
def an_answer_is_read_before_ones_own(patch):
    def tell(found, own, *_args):
        """Show the other side's line as if it were told, whoever has answered."""
        told = {
            one.registration_id: one
            for one in Feedback.objects.filter(other__session=own.session, outcome="")
        }
        return {
            pk: replace(one, own=next(iter(told.values()), one.own))
            for pk, one in found.items()
        }

    telling(patch, following, "afterwards_of", tell)


@fault("rendezvous:followup_list")
def whoever_signs_in_reads_the_board(patch):
    patch.setitem(permissions, "rendezvous.organise_session", rules.is_authenticated)
    patch.setattr("rendezvous.selectors.aftercare.visible", everything)


@fault("rendezvous:followup_act")
def anybody_writes_the_note(patch):
    def steal(_person, queryset):
        FollowUp.objects.update(note="Volée")
        return queryset

    patch.setattr(shared, "can", lambda *_: True)
    patch.setattr(aftercare, "visible", steal)


@fault("rendezvous:session_figures")
def anybody_reads_the_figures(patch):
    patch.setattr(aftercare, "can", lambda *_: True)
