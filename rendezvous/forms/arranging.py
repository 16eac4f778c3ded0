"""Numbers of meetings by kind, and by participant; who keeps a table."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alliances.enums import ActorKind
from rendezvous.forms.fields import WholeNumberField
from rendezvous.models import Attendee, KindPair, Session
from rendezvous.services.arranging import Bounds, OfPerson
from rendezvous.wording import KIND_WORDS

KindPairs = dict[tuple[str, str], Bounds]


class QuotaForm(forms.Form):
    """For each kind, how many of each kind that it may meet; empty: as it comes."""

    def __init__(self, data: Any = None, *, session: Session) -> None:
        super().__init__(data, use_required_attribute=False)
        known = {(one.kind, one.other): one for one in session.quotas.all()}
        self.pairs = _ordered_pairs(session)
        for kind, other in self.pairs:
            quota = known.get((kind, other))
            _add(
                self,
                f"{kind}-{other}",
                session.rounds,
                _told(quota.minimum or None, quota.maximum) if quota else {},
            )

    @property
    def lines(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [
            (
                _("Chaque %(kind)s rencontre des %(others)s")
                % {
                    "kind": KIND_WORDS[ActorKind(kind)][0],
                    "others": KIND_WORDS[ActorKind(other)][1],
                },
                self[f"min_{kind}-{other}"],
                self[f"max_{kind}-{other}"],
            )
            for kind, other in self.pairs
        ]

    def clean(self) -> dict[str, Any]:
        for kind, other in self.pairs:
            _check(self, f"{kind}-{other}")
        return self.cleaned_data

    def quotas(self) -> KindPairs:
        """Return what was asked, without the lines that ask nothing."""
        found = {pair: _read(self, "-".join(pair)) for pair in self.pairs}
        return {pair: bounds for pair, bounds in found.items() if any_of(bounds)}


class PeopleForm(forms.Form):
    """For each programme of a page: its table, its numbers of meetings."""

    def __init__(
        self, data: Any = None, *, session: Session, people: Sequence[Attendee]
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.people = people
        for one in people:
            self.fields[f"table_{one.pk}"] = WholeNumberField(
                required=False,
                min_value=1,
                max_value=session.tables,
                label=_("Table gardée"),
                initial=one.table,
            )
            told = _told(one.meetings_min, one.meetings_max)
            _add(self, f"{one.pk}", session.rounds, told)

    @property
    def lines(self) -> list[tuple[Attendee, list[forms.BoundField]]]:
        return [
            (one, [self[f"{name}_{one.pk}"] for name in ("table", "min", "max")])
            for one in self.people
        ]

    def clean(self) -> dict[str, Any]:
        for one in self.people:
            _check(self, f"{one.pk}")
        return self.cleaned_data

    def asked(self) -> dict[int, OfPerson]:
        """Return what was asked of each programme."""
        return {
            one.pk: OfPerson(
                self.cleaned_data[f"table_{one.pk}"], _read(self, f"{one.pk}")
            )
            for one in self.people
        }


def any_of(bounds: Bounds) -> bool:
    return bool(bounds.minimum) or bounds.maximum is not None


def _ordered_pairs(session: Session) -> list[tuple[str, str]]:
    """List who may meet whom, both ways, among the kinds that are invited."""
    pairs = KindPair.objects.filter(session=session).values_list("low", "high")
    both = {pair for low, high in pairs for pair in ((low, high), (high, low))}
    order = ActorKind.values
    return sorted(both, key=lambda pair: tuple(order.index(kind) for kind in pair))


def _add(form: forms.Form, name: str, most: int, told: dict[str, int | None]) -> None:
    for which, label in (("min", _("Au moins")), ("max", _("Au plus"))):
        form.fields[f"{which}_{name}"] = WholeNumberField(
            required=False, max_value=most, label=label, initial=told.get(which)
        )


def _told(minimum: int | None, maximum: int | None) -> dict[str, int | None]:
    return {"min": minimum, "max": maximum}


def _check(form: forms.Form, name: str) -> None:
    least = form.cleaned_data.get(f"min_{name}")
    most = form.cleaned_data.get(f"max_{name}")
    if least is not None and most is not None and least > most:
        form.add_error(f"min_{name}", _("C’est plus que le maximum."))


def _read(form: forms.Form, name: str) -> Bounds:
    data = form.cleaned_data
    return Bounds(data[f"min_{name}"], data[f"max_{name}"])
