"""What an organisation answers about another: yes, no, or proposed to who decides."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.policy import can, visible
from alliances.enums import RefusalReason
from alliances.forms.interest import AnswerForm
from alliances.models import Interest, Organisation
from alliances.selectors.introductions import standing
from alliances.services import introductions as services
from alliances.views.introductions import crumbs, introduction_url, own_or_404

Answer = Interest.Answer


@require_http_methods(["GET", "HEAD", "POST"])
def interest_answer(
    request: HttpRequest, public_id: str, other_id: str
) -> HttpResponse:
    """Answer about another organisation: yes, no, or propose it to who decides."""
    own = own_or_404(request, public_id)
    other = _other(request, own, other_id)
    if request.method != "POST":
        return _answer_page(request, own, other, AnswerForm())
    form = AnswerForm(_answer_data(request))
    if not form.is_valid():
        return _answer_page(
            request, own, other, form, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    said = form.said()
    if said.answer != Answer.PROPOSED and not can(
        request.user, "alliances.answer_interest", own
    ):
        raise PermissionDenied
    return _answered(request, own, other, said)


@require_POST
def interest_withdraw(
    request: HttpRequest, public_id: str, other_id: str
) -> HttpResponse:
    """Take back one's own answer, whatever it was."""
    own = own_or_404(request, public_id)
    other = _other(request, own, other_id)
    now_said = standing(own, other, viewer=request.user)
    if now_said is None or not _may_withdraw(request, now_said.answer, own):
        raise PermissionDenied
    if services.withdraw(own, other):
        text = _("Votre réponse au sujet de %s est retirée : personne ne le saura.")
        messages.success(request, text % other.name)
    else:
        messages.info(request, _("Il n’y avait plus de réponse à retirer."))
    return redirect(_back(request, own, other))


def _may_withdraw(request: HttpRequest, answer: str, own: Organisation) -> bool:
    """A proposal is withdrawn by any member, an answer by who gives answers."""
    decides = can(request.user, "alliances.answer_interest", own)
    return decides or answer in ("", Answer.PROPOSED)


def _answered(
    request: HttpRequest, own: Organisation, other: Organisation, said: services.Said
) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101 - signed in, says the policy
    try:
        opened = services.answer(own, other, by=request.user, said=said)
    except services.AlreadyIntroducedError as error:
        return redirect(introduction_url(own, error.introduction))
    except services.AlreadyDecidedError:
        text = _("Une personne référente a déjà répondu : sa réponse est gardée.")
        messages.warning(request, text)
        return redirect(_back(request, own, other))
    except services.OwnRefusalError as error:
        messages.error(request, _refused(error) % other.name)
        return redirect(_back(request, own, other))
    if opened is not None:
        messages.success(request, _("%s avait dit oui aussi.") % other.name)
        return redirect(introduction_url(own, opened))
    messages.success(request, _told(said.answer) % {"other": other.name})
    return redirect(_back(request, own, other))


def _refused(error: services.OwnRefusalError) -> str:
    """Say which refusal of one's own is in the way, and where it is taken back."""
    if isinstance(error, services.OwnBlockError):
        return _(
            "Vous avez bloqué %s : rien n’a changé. Levez d’abord ce blocage, sous "
            "« Relations », « Mises de côté », ou répondez « pas pour nous »."
        )
    return _(
        "Vos critères de refus écartent %s : rien n’a changé. Retirez d’abord ce "
        "refus de votre fiche, ou répondez « pas pour nous »."
    )


def _told(answer: str) -> str:
    """Return what is told after an answer: the same whatever the other side said."""
    return {
        Answer.YES: _(
            "C’est noté. %(other)s n’en saura rien, sauf si elle dit oui de son côté : "
            "vous serez alors mis en relation, et prévenus tous les deux."
        ),
        Answer.NO: _(
            "C’est noté, pour vous seuls : %(other)s n’en saura rien. Vous pourrez "
            "changer d’avis."
        ),
        Answer.PROPOSED: _(
            "Votre proposition attend une personne référente de votre organisation. "
            "%(other)s n’en sait rien."
        ),
    }[Answer(answer)]


def _answer_page(
    request: HttpRequest,
    own: Organisation,
    other: Organisation,
    form: AnswerForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "own": own,
        "other": other,
        "form": form,
        "standing": standing(own, other, viewer=request.user),
        "reasons": RefusalReason.choices,
        "back": "",
        "crumbs": crumbs(own, other.name),
    }
    return render(
        request, "alliances/introductions/interest_answer.html", context, status=status
    )


def _other(request: HttpRequest, own: Organisation, other_id: str) -> Organisation:
    """Return any organisation of the directory: a refusal must not be guessed here."""
    active = Organisation.objects.active().for_list().exclude(pk=own.pk)
    return get_object_or_404(visible(request.user, active), public_id=other_id)


def _answer_data(request: HttpRequest) -> QueryDict:
    """Return what was posted; the buttons of a list put the type in the address."""
    data = request.POST.copy()
    if "type" not in data and "type" in request.GET:
        data["type"] = request.GET["type"]
    return data


def _back(request: HttpRequest, own: Organisation, other: Organisation) -> str:
    """Return where the answer was given, at the place of this organisation."""
    asked = request.POST.get("retour", "")
    if not url_has_allowed_host_and_scheme(asked, None) or not asked.startswith("/"):
        asked = reverse(
            "alliances:interest_answer", args=[own.public_id, other.public_id]
        )
    return f"{asked}#reponse-{other.public_id}"
