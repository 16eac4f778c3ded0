"""The partners proposed to an organisation, and the way to them."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.policy import can, visible
from alliances.enums import Part, RefusalReason
from alliances.models import Organisation
from alliances.policy import shown_to_all
from alliances.selectors.completeness import progress_by_organisation
from alliances.selectors.introductions import standings
from alliances.selectors.projects import proposed_projects
from matching.explanations.types import DEFINITIONS
from matching.forms import PartnerSearchForm, ProposalForm
from matching.selectors.asked import Asked
from matching.selectors.chances import chances
from matching.selectors.lists import (
    ProposalPage,
    computed_at,
    organisations_named,
    proposal_page,
)
from matching.selectors.proposals import progress_of
from matching.views.addresses import chips, list_url, query_of, type_links, without
from matching.views.shown import lines_of, partners_of
from matching.views.trials import trial_context, trial_form

MAX_COMPARED = 4
PREVIEWED = 3


def organisation_or_404(request: HttpRequest, public_id: str) -> Organisation:
    active = Organisation.objects.active().for_list()
    return get_object_or_404(visible(request.user, active), public_id=public_id)


def kept_ids(request: HttpRequest) -> tuple[str, ...]:
    """Return the partners kept in the address, once each, four at most."""
    asked = (text for text in request.GET.getlist("avec") if text.isalnum())
    return tuple(dict.fromkeys(asked))[:MAX_COMPARED]


def form_for(request: HttpRequest, organisation: Organisation) -> ProposalForm:
    """Return the filters of the address, with the projects to choose from."""
    projects = proposed_projects(organisation, timezone.localdate())
    return ProposalForm(request.GET, projects=projects)


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asks for the part of the page that changes."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.history_restore_request)


def origin_of(request: HttpRequest, organisation: Organisation) -> Organisation | None:
    """Return the organisation when its seat may serve to count distances."""
    is_member = can(request.user, "matching.view_proposals", organisation)
    is_shown = is_member or Part.PLACES in shown_to_all(organisation)
    return organisation if is_shown else None


@login_not_required
@require_safe
def my_proposals(request: HttpRequest) -> HttpResponse:
    """Lead to one's proposals: at once with one organisation, else by a choice."""
    user = request.user
    mine: list[Organisation] = []
    if user.is_authenticated:
        rows = Organisation.objects.active().filter(memberships__user=user)
        mine = list(visible(user, rows).for_list().order_by("search_key", "pk"))
    if len(mine) == 1:
        return redirect(list_url(mine[0]))
    form = PartnerSearchForm(request.GET if "q" in request.GET else None)
    text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    context = {
        "mine": mine,
        "form": form,
        "text": text,
        "found": organisations_named(text, viewer=user) if text else [],
    }
    return render(request, "matching/my_proposals.html", context)


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def proposal_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the best partners of an organisation, the reasons first."""
    organisation = organisation_or_404(request, public_id)
    form, trial = form_for(request, organisation), trial_form(request)
    asked = form.asked(partial(origin_of, request, organisation))
    asked = replace(asked, trial=trial.trial())
    found = proposal_page(
        organisation,
        viewer=request.user,
        asked=asked,
        number=request.GET.get("page"),
    )
    context = _list_context(request, form, asked, found)
    context |= trial_context(trial, asked)
    template = "matching/proposal_list.html"
    context["is_fragment"] = wants_fragment(request)
    part = "#fragment" if context["is_fragment"] else ""
    return render(request, f"{template}{part}", context)


@login_not_required
@require_safe
def proposal_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the page of an organisation its first partners (a fragment)."""
    organisation = organisation_or_404(request, public_id)
    found = proposal_page(organisation, viewer=request.user, asked=Asked())
    cards = found.cards[:PREVIEWED]
    context = {
        "found": found,
        "lines": lines_of(cards, query=QueryDict(), is_public=found.is_public),
        "all_url": list_url(organisation),
    }
    return render(request, "matching/_preview.html", context)


@login_not_required
@require_safe
def partner_search(request: HttpRequest, public_id: str) -> HttpResponse:
    """Find an organisation by its name, to ask why it is proposed or not."""
    organisation = organisation_or_404(request, public_id)
    form = PartnerSearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = organisations_named(text, viewer=request.user) if text else []
    context = {
        "organisation": organisation,
        "form": form,
        "text": text,
        "found": [one for one in found if one != organisation],
        "crumbs": crumbs(organisation, _("Chercher une organisation")),
    }
    return render(request, "matching/partner_search.html", context)


def crumbs(organisation: Organisation, here: str = "") -> list[dict[str, str]]:
    """Return the way to a page of an organisation's proposals."""
    name = organisation.name
    way = [{"label": _("Propositions"), "url": reverse("matching:my_proposals")}]
    way.append({"label": name, "url": list_url(organisation) if here else ""})
    return [*way, {"label": here, "url": ""}] if here else way


def _list_context(
    request: HttpRequest, form: ProposalForm, asked: Asked, found: ProposalPage
) -> dict[str, Any]:
    organisation = found.organisation
    kept = kept_ids(request)
    query = query_of(asked, kept)
    return {
        "organisation": organisation,
        "found": found,
        "form": form,
        "asked": asked,
        "lines": lines_of(
            found.cards,
            query=without(query, "avec"),
            is_public=found.is_public,
            kept=kept,
            moves=found.moves,
            standings=standings(
                organisation,
                [card.organisation for card in found.cards],
                viewer=request.user,
            ),
        ),
        "partners": partners_of(found),
        "reasons": RefusalReason.choices,
        "back": request.get_full_path(),
        "kept": kept_names(request, kept, found),
        "kept_here": [
            card.organisation
            for card in found.cards
            if card.organisation.public_id in kept
        ],
        "types": type_links(organisation, query),
        "definitions": DEFINITIONS,
        "chips": chips(organisation, asked, query),
        "clear_url": list_url(organisation),
        "crumbs": crumbs(organisation),
        "computed_at": computed_at(),
        "progress": progress_of(organisation, viewer=request.user),
        "completeness": completeness_of(organisation, found),
        "chances": chances(found, asked, viewer=request.user),
    }


def kept_names(
    request: HttpRequest, kept: tuple[str, ...], found: ProposalPage
) -> list[Organisation]:
    """Return the organisations kept on other pages of the list."""
    here = {card.organisation.public_id for card in found.cards}
    elsewhere = [public_id for public_id in kept if public_id not in here]
    if not elsewhere:
        return []
    rows = Organisation.objects.active().filter(public_id__in=elsewhere)
    return list(visible(request.user, rows).order_by("search_key"))


def completeness_of(organisation: Organisation, found: ProposalPage) -> Any:
    """Return what is missing to be proposed, for members whose list is empty."""
    if found.is_public or found.unfiltered:
        return None
    return progress_by_organisation([organisation]).get(organisation.pk)
