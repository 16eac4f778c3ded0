"""Mistakes on what a person decides about themselves."""

from accounts.models import Absence, Consent, ErasureRequest
from alliances.selectors import contacts
from alliances.selectors.contacts import Contact
from portal.views import personal
from tests.authorisation.faults import fault, telling


def everything(person, queryset):
    return queryset


@fault("portal:copy_download")
def the_copy_of_anybody(patch):
    patch.setattr(personal, "visible", everything)


@fault("portal:consent_list")
def the_answers_of_everybody(patch):
    patch.setattr(personal, "visible", everything)


@fault("portal:absence_remove")
def the_absence_of_anybody(patch):
    patch.setattr(
        personal, "visible", lambda person, rows: Absence.objects.order_by("pk")
    )


@fault("alliances:organisation_detail")
def contacts_without_consent(patch):
    patch.setattr(contacts, "live_consents", lambda users, *_: set(users))


@fault("alliances:organisation_detail")
def the_team_shown_to_all(patch):
    patch.setattr(contacts, "is_member", lambda *_: True)


@fault("alliances:organisation_detail")
def absences_told_to_all(patch):
    def nameless(members, *_):
        return [
            Contact("", away_until=one.away_until) for one in contacts._for_own(members)
        ]

    patch.setattr(contacts, "_for_others", nameless)


@fault("portal:consent_list")
def former_answers_kept_of_others(patch):
    def tell(found, _request):
        return [(row, row.text_version) for row in Consent.objects.all()]

    telling(patch, personal, "_log", tell)


@fault("portal:erasure_cancel")
def the_erasure_of_another_cancelled(patch):
    def cancel(_user):
        return bool(ErasureRequest.objects.all().delete())

    patch.setattr(personal, "cancel_erasure", cancel)
