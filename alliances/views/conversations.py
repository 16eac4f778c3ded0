"""Writing in an introduction, taking a message back, taking leave."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from accounts.policy import can, visible
from accounts.throttling import allow_request
from alliances.forms.conversations import BlockForm, ClosingForm, MessageForm
from alliances.models import Introduction, Message, Organisation
from alliances.services import conversations as services
from alliances.views.introductions import introduction_page
from alliances.views.threads import acting_or_404, posted, signed_in, thread_context

WRITE, CLOSE = "alliances.write_message", "alliances.close_introduction"
BLOCK = "alliances.block_organisation"


@require_POST
def message_send(
    request: HttpRequest, public_id: str, introduction_id: str
) -> HttpResponse:
    own, introduction = acting_or_404(
        request, public_id, introduction_id, permission=WRITE
    )
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid() or not _sent(request, own, introduction, form):
        introduction.refresh_from_db()
        return _page(request, own, introduction, form=form)
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, own, introduction, is_sent=True)
    messages.success(request, _("Votre message est parti."))
    return _back(own, introduction)


def _sent(
    request: HttpRequest,
    own: Organisation,
    introduction: Introduction,
    form: MessageForm,
) -> bool:
    """Send what the form holds, or say in it why not: what was typed stays there."""
    if not allow_request(request, "message"):
        form.refuse(MessageForm.TOO_MANY)
        return False
    try:
        services.send_message(
            introduction.pk, own, author=signed_in(request), written=form.written()
        )
    except services.QuotaError:
        form.refuse(MessageForm.QUOTA)
    except services.ClosedError:
        form.refuse(MessageForm.CLOSED)
    return form.is_valid()


@require_POST
def message_withdraw(
    request: HttpRequest, public_id: str, introduction_id: str, message_id: str
) -> HttpResponse:
    own, introduction = acting_or_404(
        request, public_id, introduction_id, permission=WRITE
    )
    message = message_or_404(request, introduction, message_id)
    if message.organisation_id != own.pk or not can(
        request.user, "alliances.withdraw_message", message
    ):
        raise Http404
    services.withdraw_message(message)
    messages.success(request, _("Votre message est retiré, avec ses pièces jointes."))
    return _back(own, introduction)


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_close(
    request: HttpRequest, public_id: str, introduction_id: str
) -> HttpResponse:
    own, introduction = acting_or_404(
        request, public_id, introduction_id, permission=CLOSE
    )
    form = ClosingForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return _leaving(request, own, introduction, page="close", form=form)
    try:
        services.close_introduction(introduction.pk, own, form.closing())
    except services.ClosedError:
        messages.info(request, _("Cette mise en relation était déjà close."))
        return _back(own, introduction)
    messages.success(request, _("La mise en relation est close. C’est une réponse."))
    return _back(own, introduction)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_block(
    request: HttpRequest, public_id: str, introduction_id: str
) -> HttpResponse:
    own, introduction = acting_or_404(
        request, public_id, introduction_id, permission=BLOCK
    )
    form = BlockForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return _leaving(request, own, introduction, page="block", form=form)
    services.block(
        introduction.pk, own, by=signed_in(request), reason=form.cleaned_data["reason"]
    )
    other = introduction.other_than(own)
    messages.success(
        request,
        _("Vous ne recevrez plus rien de %s, qui ne le saura pas.") % other.name,
    )
    return _back(own, introduction)


@require_POST
def organisation_unblock(
    request: HttpRequest, public_id: str, introduction_id: str
) -> HttpResponse:
    own, introduction = acting_or_404(
        request, public_id, introduction_id, permission=BLOCK
    )
    other = introduction.other_than(own)
    if services.unblock(own, other.pk):
        messages.success(request, _("%s n’est plus bloquée.") % other.name)
    return _back(own, introduction)


def message_or_404(
    request: HttpRequest, introduction: Introduction, message_id: str
) -> Message:
    """Return a message of this introduction; of another one, it does not exist."""
    rows = Message.objects.filter(
        public_id=message_id, conversation__introduction=introduction
    )
    found = visible(request.user, rows.select_related("conversation", "organisation"))
    message = found.first()
    if message is None:
        raise Http404
    return message


def _page(
    request: HttpRequest,
    own: Organisation,
    introduction: Introduction,
    *,
    form: MessageForm | None = None,
    is_sent: bool = False,
) -> HttpResponse:
    """Show the conversation: alone when htmx asks, on its page otherwise."""
    context = thread_context(request, own, introduction, form=form)
    context["is_sent"] = is_sent
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "alliances/conversations/_thread.html", context)
    sentence = _(
        "Votre message n’est pas parti\u202f: votre texte est gardé, plus bas."
    )
    messages.error(request, sentence)
    return introduction_page(request, own, introduction, context)


def _leaving(
    request: HttpRequest,
    own: Organisation,
    introduction: Introduction,
    *,
    page: str,
    form: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "own": own,
        "other": introduction.other_than(own),
        "introduction": introduction,
    }
    return render(request, f"alliances/conversations/{page}.html", context)


def _back(own: Organisation, introduction: Introduction) -> HttpResponse:
    return redirect(
        "alliances:introduction_detail", own.public_id, introduction.public_id
    )
