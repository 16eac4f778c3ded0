"""Mistakes on the projects of an organisation."""

from alliances.models import Intention, IntentionQuerySet, Organisation
from alliances.selectors import profile, projects
from alliances.views import guided
from alliances.views import projects as views
from tests.authorisation.faults import fault, telling


def everything(person, queryset):
    return queryset


def every_project(self):
    return self.all()


@fault("alliances:organisation_detail")
def drafts_on_the_sheet(patch):
    """The rows of intentions are not asked for."""
    original = profile.visible

    def wrong(person, queryset):
        is_intentions = queryset.model is Intention
        return queryset if is_intentions else original(person, queryset)

    patch.setattr(profile, "visible", wrong)


@fault("api:organisation-detail")
def drafts_and_closed_ones_told_to_programs(patch):
    patch.setattr(IntentionQuerySet, "public", every_project)


@fault("alliances:project_list", "alliances:project_create")
def whoever_signs_in_looks_after_any_project(patch):
    patch.setattr(guided, "can", lambda *_: True)


@fault("alliances:project_edit", "alliances:project_step")
def anybody_describes_a_project(patch):
    """The address names the organisation, and who asks is forgotten."""

    def found(request, public_id):
        return Organisation.objects.get(public_id=public_id)

    patch.setattr(views, "editable_or_404", found)
    patch.setattr(views, "visible", everything)


@fault("matching:proposal_list")
def what_is_not_proposed_may_be_chosen(patch):
    """The filter of the list offers every project, drafts and closed ones included."""
    from matching.views import lists  # noqa: PLC0415

    def wrong(organisation, day):
        return list(organisation.intentions.all())

    patch.setattr(lists, "proposed_projects", wrong)


@fault("alliances:organisation_detail")
def the_projects_of_members_on_the_sheet(patch):
    from alliances.views import directory  # noqa: PLC0415

    def tell(found, read):
        rows = projects.projects_by_organisation([read.organisation], _member(read))
        words = " ".join(one.name for one in rows[read.organisation.pk])
        return [*found, profile.Fact("Projets", words)]

    telling(patch, directory, "facts", tell)


def _member(read):
    return read.organisation.memberships.first().user
