"""Whom an organisation is in touch with, and what it answered: for its members."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import can, visible
from alliances.enums import RefusalReason
from alliances.models import Introduction, Organisation
from alliances.selectors.contacts import contacts_of
from alliances.selectors.introductions import room_of
from alliances.selectors.profile import Profile, facts, profile
from alliances.selectors.relations import Listing, relation_page, turn_of
from alliances.selectors.suggestions import answered_of
from alliances.views.threads import introduction_or_404, thread_context


@require_safe
def relation_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the organisation answered, and whom it is in touch with."""
    own = own_or_404(request, public_id)
    listing = _listing(request)
    found = relation_page(
        own, listing, viewer=request.user, number=request.GET.get("page")
    )
    context = {
        "own": own,
        "found": found,
        "tabs": [
            (one, one.label, found.counts[one], one is listing) for one in Listing
        ],
        "room": room_of(own),
        "suggestions": answered_of(own, request.user)
        if listing is Listing.SUGGESTED
        else None,
        "reasons": RefusalReason.choices,
        "back": request.get_full_path(),
        "can_decide": can(request.user, "alliances.answer_interest", own),
        "crumbs": crumbs(own),
    }
    return render(request, "alliances/introductions/relation_list.html", context)


@require_safe
def introduction_detail(
    request: HttpRequest, public_id: str, introduction_id: str
) -> HttpResponse:
    """Show one introduction: who they are, what both said, what comes next."""
    own = own_or_404(request, public_id)
    introduction = introduction_or_404(request, own, introduction_id)
    context = thread_context(request, own, introduction)
    return introduction_page(request, own, introduction, context)


def introduction_page(
    request: HttpRequest,
    own: Organisation,
    introduction: Introduction,
    conversation: dict[str, Any],
) -> HttpResponse:
    """Show the page of an introduction around its ``conversation``."""
    context = _introduction_context(request, own, introduction) | conversation
    return render(request, "alliances/introductions/introduction_detail.html", context)


def _introduction_context(
    request: HttpRequest, own: Organisation, introduction: Introduction
) -> dict[str, Any]:
    other = introduction.other_than(own)
    read = profile(other, request.user)
    is_open = introduction.state == Introduction.State.OPEN
    is_our_turn, is_silent = turn_of(introduction, own)
    mine = profile(own, request.user)
    return {
        "own": own,
        "other": other,
        "introduction": introduction,
        "is_open": is_open,
        "is_our_turn": is_our_turn,
        "is_silent": is_silent,
        "profile": read,
        "facts": facts(read),
        "squares": _squares(mine, read),
        "contacts": contacts_of(other, request.user),
        "crumbs": crumbs(own, other.name),
        "today": timezone.localdate(),
    }


def _squares(mine: Profile, theirs: Profile) -> list[dict[str, Any]]:
    """Return both main squares, none when theirs is not shown."""
    drawn = [one.projects[0] for one in (mine, theirs) if one.projects]
    if len(drawn) < len((mine, theirs)) or drawn[1].square is None:
        return []
    return [
        {
            "name": one.organisation.name,
            "kind": one.organisation.kind,
            "weights": project.square,
        }
        for one, project in zip((mine, theirs), drawn, strict=True)
    ]


def own_or_404(request: HttpRequest, public_id: str) -> Organisation:
    """Return an organisation of this person; any other does not exist for them."""
    active = Organisation.objects.active().for_list()
    own = get_object_or_404(visible(request.user, active), public_id=public_id)
    if not can(request.user, "alliances.view_relations", own):
        raise Http404
    return own


def _listing(request: HttpRequest) -> Listing:
    asked = request.GET.get("liste", Listing.OPEN)
    return Listing(asked) if asked in set(Listing) else Listing.OPEN


def introduction_url(own: Organisation, introduction: Introduction) -> str:
    return reverse(
        "alliances:introduction_detail", args=[own.public_id, introduction.public_id]
    )


def crumbs(own: Organisation, here: str = "") -> list[dict[str, str]]:
    home = reverse("alliances:relation_list", args=[own.public_id])
    mine = reverse("alliances:my_organisations")
    way = [
        {"label": _("Mes organisations"), "url": mine},
        {"label": _("Relations de %s") % own.name, "url": home if here else ""},
    ]
    return [*way, {"label": here, "url": ""}] if here else way
