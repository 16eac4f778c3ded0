"""Who changed or read what: of one organisation, and of the whole site."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import can, visible
from alliances.forms.journal import JournalForm
from alliances.models import Organisation
from alliances.selectors.journal.names import names_for
from alliances.selectors.journal.overall import line, overall_page
from alliances.selectors.journal.reading import Page, journal_page, page_number
from alliances.selectors.journal.sources import Subject
from alliances.selectors.journal.wording import Told, told
from alliances.services.privileged import record_reads


@require_safe
def organisation_journal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell those who decide for an organisation what happened to it."""
    active = Organisation.objects.active().for_list()
    organisation = get_object_or_404(visible(request.user, active), public_id=public_id)
    if not can(request.user, "alliances.view_journal", organisation):
        raise Http404
    subject = _subject(request.GET.get("sujet", ""))
    page = journal_page(
        organisation, subject=subject, number=page_number(request.GET.get("page", ""))
    )
    context = {
        "organisation": organisation,
        "page": page,
        "days": _by_day(page, organisation),
        "subject": subject,
        "subjects": Subject.choices,
        "today": timezone.localdate(),
        "crumbs": [
            {
                "label": organisation.name,
                "url": reverse("alliances:organisation_detail", args=[public_id]),
            },
            {"label": _("Journal"), "url": ""},
        ],
    }
    return render(request, "alliances/journal.html", context)


def _subject(text: str) -> Subject | None:
    return Subject(text) if text in Subject.values else None


def _by_day(page: Page, organisation: Organisation) -> list[tuple[Any, list[Told]]]:
    names = names_for(page.changes, organisation)
    lines = [told(change, names) for change in page.changes]
    return [
        (day, list(each))
        for day, each in groupby(lines, key=lambda line: timezone.localdate(line.at))
    ]


@require_safe
def journal_overall(request: HttpRequest) -> HttpResponse:
    """Tell an administrator, during an extended access, what was touched by whom."""
    form = JournalForm(request.GET)
    page = overall_page(form.search(), number=page_number(request.GET.get("page", "")))
    owners = {each.organisation_id for each in page.changes if each.organisation_id}
    read = Organisation.objects.filter(pk__in=owners)
    record_reads(request.user, read, _("journal général"))
    names = names_for(page.changes)
    context = {
        "form": form,
        "page": page,
        "lines": [line(change, names) for change in page.changes],
    }
    return render(request, "alliances/journal_overall.html", context)
