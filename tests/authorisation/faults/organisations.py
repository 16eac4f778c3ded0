"""Mistakes on the directory, the guided form, the proposals and the API."""

from types import SimpleNamespace

import rules
from rules.permissions import permissions

import accounts.middleware.policy
import accounts.policy
import alliances.enums
from alliances import api as alliances_api
from alliances.models import Exclusion, Membership, Organisation
from alliances.policy import organisations as policy
from alliances.selectors import lines, pages, profile
from alliances.views import directory, edition, guided
from matching import api as matching_api
from matching.views import comparison, lists, pair, refreshing
from territories.models import Territory
from tests.authorisation.faults import fault, telling

DIRECTORY = ("alliances:organisation_detail", "alliances:organisation_places")


def everything(person, queryset):
    return queryset


def refusals_of(organisation):
    found = Exclusion.objects.filter(organisation=organisation)
    return " ".join(found.values_list("sector", flat=True))


def members_of(organisation):
    found = Membership.objects.filter(organisation=organisation)
    return " ".join(found.values_list("user__email", flat=True))


# The door.


@fault("portal:gallery")
def every_address_open(patch):
    patch.setattr(accounts.middleware.policy, "may_open", lambda person, name: True)


# What is archived, on each way to it.


def all_rows_in(patch, module):
    patch.setattr(module, "visible", everything)
    queryset = Organisation.objects.all().__class__
    patch.setattr(queryset, "active", lambda self: self.all())


for _module, _names in (
    (directory, DIRECTORY),
    (alliances_api, ("api:organisation-detail",)),
    (matching_api, ("api:proposal-list",)),
    (lists, ("matching:proposal_list", "matching:proposal_preview")),
):

    def _archived(patch, module=_module):
        all_rows_in(patch, module)

    _archived.__name__ = f"archived_organisations_in_{_module.__name__}"
    fault(*_names)(_archived)


# Rights.


@fault("alliances:organisation_step")
def anybody_edits(patch):
    patch.setattr(guided, "can", lambda *_: True)


@fault("alliances:organisation_next")
def whoever_signs_in_is_a_member(patch):
    patch.setitem(permissions, "alliances.edit_organisation", rules.is_authenticated)


@fault("alliances:organisation_step")
def a_member_of_one_edits_all(patch):
    of_any = rules.predicate(
        lambda person, _: Membership.objects.filter(user=person.pk).exists()
    )
    patch.setitem(permissions, "alliances.edit_organisation", of_any)


@fault("matching:proposal_progress")
def progress_of_anybody(patch):
    patch.setattr(refreshing, "can", lambda *_: True)


@fault("matching:proposal_progress")
def progress_without_asking(patch):
    patch.setattr(refreshing, "_own_or_404", lists.organisation_or_404)


@fault("alliances:organisation_step")
def the_object_is_not_checked(patch):
    patch.setattr(
        edition,
        "editable_or_404",
        lambda _, key: Organisation.objects.get(public_id=key),
    )


# Parts.


@fault("alliances:organisation_detail")
def every_part_shown_to_all(patch):
    patch.setattr(profile, "visible_parts", lambda *_: policy.EVERY_PART)


@fault("alliances:organisation_detail")
def values_among_the_public_parts(patch):
    parts = policy.PUBLIC_PARTS | {alliances.enums.Part.VALUES}
    patch.setattr(policy, "PUBLIC_PARTS", parts)


@fault("alliances:organisation_detail")
def whoever_signs_in_reads_everything(patch):
    patch.setattr(policy, "is_member", lambda person, _: person.pk)


def field_of_the_interface(patch, name, value):
    serializer = alliances_api.OrganisationSerializer
    fields = serializer.Meta.fields
    patch.setattr(serializer.Meta, "fields", (*fields, name))
    if value is None:
        return
    method = alliances_api.serializers.SerializerMethodField()
    patch.setitem(serializer._declared_fields, name, method)
    patch.setattr(serializer, f"get_{name}", value, raising=False)


@fault("api:organisation-detail")
def values_in_the_interface(patch):
    field_of_the_interface(patch, "values", None)


@fault("api:organisation-list")
def values_in_the_lists_of_the_interface(patch):
    field_of_the_interface(patch, "values", None)


@fault("api:organisation-detail")
def refusals_in_the_interface(patch):
    field_of_the_interface(patch, "refusals", lambda self, one: refusals_of(one))


@fault("api:organisation-list")
def members_in_the_interface(patch):
    field_of_the_interface(patch, "members", lambda self, one: members_of(one))


# Each channel tells something private.


@fault("alliances:organisation_detail")
def refusals_on_the_sheet(patch):
    def tell(found, read):
        return [*found, profile.Fact("Refus", refusals_of(read.organisation))]

    telling(patch, directory, "facts", tell)


@fault("alliances:organisation_detail")
def members_on_the_sheet(patch):
    def tell(found, read):
        return [*found, profile.Fact("Membres", members_of(read.organisation))]

    telling(patch, directory, "facts", tell)


@fault("alliances:organisation_places")
def refusals_on_a_map(patch):
    def tell(found, read):
        return {**found, "refusals": refusals_of(read.organisation)}

    telling(patch, directory, "place_points", tell)


@fault("alliances:organisation_points")
def members_on_the_map_of_all(patch):
    def tell(found, *_):
        people = Membership.objects.values_list("user__email", flat=True)
        return {**found, "members": list(people)}

    telling(patch, directory, "points", tell)


@fault("alliances:organisation_list")
def values_on_the_lines(patch):
    def tell(found, organisation, *_):
        values = tuple(Organisation.objects.get(pk=organisation.pk).values)
        return lines.replace(found, reasons=values)

    telling(patch, lines, "_line", tell)


@fault("portal:territory_detail")
def refusals_on_the_page_of_a_territory(patch):
    def tell(self):
        return Exclusion.objects.first().sector

    patch.setattr(Territory, "__str__", tell)
    patch.setattr(Territory, "name", property(tell))


def all_refusals():
    return " ".join(Exclusion.objects.values_list("reason", flat=True))


def crumbs_of(patch, module):
    telling(
        patch,
        module,
        "crumbs",
        lambda found, *_: [*found, {"label": all_refusals(), "url": ""}],
    )


@fault("matching:proposal_list")
def refusals_above_the_proposals(patch):
    crumbs_of(patch, lists)


@fault("matching:proposal_compare")
def refusals_above_a_comparison(patch):
    crumbs_of(patch, comparison)


@fault("matching:proposal_detail")
def refusals_where_a_pair_is_absent(patch):
    patch.setattr(pair, "why_not", lambda *_, **__: [all_refusals()])


@fault("matching:comparison_export")
def refusals_in_a_file(patch):
    patch.setattr(comparison, "origin_words", lambda _: all_refusals())


# Harm.


@fault("alliances:organisation_detail")
def reading_writes(patch):
    def tell(found, read):
        Organisation.objects.filter(pk=read.organisation.pk).update(staff=1)
        return found

    telling(patch, directory, "facts", tell)


@fault("alliances:organisation_detail")
def an_unknown_identifier_shows_the_first(patch):
    patch.setattr(
        directory, "_organisation", lambda *_: Organisation.objects.active().first()
    )


@fault("alliances:organisation_points")
def an_address_that_fails(patch):
    patch.setattr(directory, "points", lambda *_, **__: 1 / 0)


@fault("alliances:organisation_list")
def a_list_that_fails(patch):
    patch.setattr(pages, "lines", SimpleNamespace())
