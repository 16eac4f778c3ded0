"""The pages of real partnerships: a list with two filters, and each one alone."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alliances.enums import ActorKind, FragilityDomain, PartnershipType
from portal.examples import Example, example_of, examples, filtered

# Types that the four do not hold.
TYPES = {
    **dict(PartnershipType.choices),
    "peer_alliance": gettext_lazy("Alliance entre pairs"),
    "multi_actor": gettext_lazy("Alliance à plusieurs"),
}
PLURAL = 2  # in French, none and one are singular
PARTIES = {
    "association": ActorKind.ASSOCIATION.label,
    "company": ActorKind.COMPANY.label,
    "local_authority": ActorKind.LOCAL_AUTHORITY.label,
    "other": gettext_lazy("Avec"),
}


class ExampleFilter(forms.Form):
    """Only what at least one example has is offered."""

    domaine = forms.ChoiceField(label=gettext_lazy("Domaine"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        every = gettext_lazy("Tous")
        domains = {domain for each in examples() for domain in each.domains}
        types = {each.type for each in examples()}
        self.fields["domaine"].choices = [  # type: ignore[attr-defined]
            ("", every),
            *(each for each in FragilityDomain.choices if each[0] in domains),
        ]
        self.fields["type"].choices = [  # type: ignore[attr-defined]
            ("", every),
            *(each for each in TYPES.items() if each[0] in types),
        ]


@login_not_required
@require_safe
def example_list(request: HttpRequest) -> HttpResponse:
    """List the partnerships; a filter that does not exist is left out."""
    form = ExampleFilter(request.GET)
    form.is_valid()
    domain = form.cleaned_data.get("domaine", "")
    type_ = form.cleaned_data.get("type", "")
    found = filtered(domain=domain, type_=type_)
    context = {
        "form": form,
        "examples": [_shown(each) for each in found],
        "result_count": len(found),
        "result_label": _("partenariat") if len(found) < PLURAL else _("partenariats"),
        "chips": _chips(domain, type_),
        "clear_url": reverse("portal:example_list"),
    }
    return render(request, "portal/example_list.html", context)


@login_not_required
@require_safe
def example_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell one partnership, with its sources and what is not certain."""
    example = example_of(slug)
    if example is None:
        raise Http404
    crumbs = [
        {"label": _("Partenariats réels"), "url": reverse("portal:example_list")},
        {"label": example.title},
    ]
    context = {"example": _shown(example), "crumbs": crumbs}
    return render(request, "portal/example_detail.html", context)


def _shown(example: Example) -> dict[str, object]:
    """Return an example with its codes in words."""
    domains = dict(FragilityDomain.choices)
    return {
        "source": example,
        "type": TYPES.get(example.type, ""),
        "domains": [domains[code] for code in example.domains],
        "sides": [(PARTIES[side.label], side) for side in example.sides],
    }


def _chips(domain: str, type_: str) -> list[dict[str, object]]:
    """Return the filters that are on, and the address without each."""
    here = reverse("portal:example_list")
    chips: list[dict[str, object]] = []
    if domain:
        rest = f"?type={type_}" if type_ else ""
        label = dict(FragilityDomain.choices)[domain]
        chips.append({"label": label, "remove_url": here + rest})
    if type_:
        rest = f"?domaine={domain}" if domain else ""
        chips.append({"label": TYPES[type_], "remove_url": here + rest})
    return chips
