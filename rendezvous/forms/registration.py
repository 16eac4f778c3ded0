"""The form by which an organisation registers, filled on a phone in a minute."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from alliances.enums import Means
from alliances.models import Intention
from alliances.selectors.projects import name_of
from rendezvous.models import Attendee, Registration, Session
from rendezvous.models.registration import MAX_ATTENDEES
from rendezvous.selectors.live import hours_of
from rendezvous.services.registrations import Coming, Person

MAX_NAME = 120


@dataclass(frozen=True)
class Line:
    """One person of the form: the bound fields that the template lays out."""

    number: int
    name: forms.BoundField
    arrives: forms.BoundField
    leaves: forms.BoundField
    own_programme: forms.BoundField | None

    @property
    def is_filled(self) -> bool:
        return bool(self.name.value()) or bool(self.name.errors)


@dataclass(frozen=True)
class Known:
    """What the form is filled from."""

    session: Session
    projects: Sequence[Intention]
    members: Collection[User]
    registration: Registration | None = None
    attendees: Sequence[Attendee] = ()


class RegistrationForm(forms.Form):
    """Who comes, for how long, with which needs and offers; the rules are accepted."""

    projet = forms.ChoiceField(label=gettext_lazy("Votre projet du jour"))
    besoins = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Ce que vous cherchez ce jour-là"),
        widget=forms.CheckboxSelectMultiple,
    )
    offres = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Ce que vous apportez ce jour-là"),
        widget=forms.CheckboxSelectMultiple,
    )
    regles = forms.BooleanField(
        label=gettext_lazy("Nous acceptons les règles du jeu"),
        error_messages={
            "required": gettext_lazy("Acceptez les règles du jeu pour vous inscrire.")
        },
    )
    version = forms.RegexField(r"\A[0-9]{1,4}\Z", widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, known: Known, by: User) -> None:
        self.known = known
        super().__init__(data, initial=_initial_of(known), use_required_attribute=False)
        self._arrange_project()
        self._arrange_means()
        self._arrange_people(by)

    def _arrange_project(self) -> None:
        projects = self.known.projects
        if len(projects) < 2:  # noqa: PLR2004 - nothing to choose
            del self.fields["projet"]
            return
        field = self.fields["projet"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(one.public_id, name_of(one)) for one in projects]

    def _arrange_means(self) -> None:
        needs = _codes(
            line.means for one in self.known.projects for line in one.needs.all()
        )
        offers = _codes(
            line.means for one in self.known.projects for line in one.offers.all()
        )
        for name, codes in (("besoins", needs), ("offres", offers)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
            field.choices = [(code, Means(code).label) for code in codes]
            if self.known.registration is None:
                self.initial[name] = codes
            if not codes:
                del self.fields[name]

    def _arrange_people(self, by: User) -> None:
        told = _("%(hour)s (tour %(n)d)")
        rounds = hours_of(self.known.session, timezone.now())
        hours = [
            (n, told % {"n": n, "hour": date_format(one.begins_at, "TIME_FORMAT")})
            for n, one in enumerate(rounds[: self.known.session.rounds], start=1)
        ]
        for number in range(1, MAX_ATTENDEES + 1):
            self._arrange_person(number, hours)
        if self.known.registration is None:
            self.initial.setdefault("nom_1", by.name)

    def _arrange_person(self, number: int, hours: list[tuple[int, str]]) -> None:
        self.fields[f"nom_{number}"] = forms.CharField(
            required=number == 1,
            max_length=MAX_NAME,
            label=_("Prénom et nom"),
            widget=forms.TextInput(attrs={"list": "membres", "autocomplete": "off"}),
            error_messages={"required": _("Dites qui vient.")},
        )
        self.fields[f"arrive_{number}"] = forms.TypedChoiceField(
            choices=hours,
            coerce=int,
            empty_value=None,
            required=False,
            label=_("Dès le"),
        )
        self.fields[f"part_{number}"] = forms.TypedChoiceField(
            choices=hours,
            coerce=int,
            empty_value=None,
            required=False,
            initial=len(hours),
            label=_("Jusqu’au"),
        )
        if number > 1:
            self.fields[f"seul_{number}"] = forms.BooleanField(
                required=False,
                label=_("Son propre programme (sinon, avec la première personne)"),
            )

    @property
    def lines(self) -> list[Line]:
        return [
            Line(
                n,
                self[f"nom_{n}"],
                self[f"arrive_{n}"],
                self[f"part_{n}"],
                self[f"seul_{n}"] if n > 1 else None,
            )
            for n in range(1, MAX_ATTENDEES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        seen: set[str] = set()
        for n in range(1, MAX_ATTENDEES + 1):
            name = _tidy(data.get(f"nom_{n}", ""))
            if not name:
                continue
            if name.casefold() in seen:
                self.add_error(
                    f"nom_{n}", _("Cette personne est déjà inscrite au-dessus.")
                )
            seen.add(name.casefold())
            arrives, leaves = self._rounds(n)
            if arrives > leaves:
                self.add_error(
                    f"part_{n}", _("Cette personne partirait avant d’arriver.")
                )
        return data

    def coming(self) -> Coming:
        data = self.cleaned_data
        people = tuple(
            self._person(n) for n in range(1, MAX_ATTENDEES + 1) if data.get(f"nom_{n}")
        )
        return Coming(
            intention=self._project(),
            needs=tuple(data.get("besoins", ())),
            offers=tuple(data.get("offres", ())),
            people=people,
            rules_version=int(data["version"]),
        )

    def _project(self) -> Intention | None:
        chosen = self.cleaned_data.get("projet")
        for one in self.known.projects:
            if chosen in (None, one.public_id):
                return one
        return None

    def _rounds(self, n: int) -> tuple[int, int]:
        """The first and the last round of a person: all of them when nothing is said."""
        data, rounds = self.cleaned_data, self.known.session.rounds
        return data.get(f"arrive_{n}") or 1, data.get(f"part_{n}") or rounds

    def _person(self, n: int) -> Person:
        data = self.cleaned_data
        name = _tidy(data[f"nom_{n}"])
        arrives, leaves = self._rounds(n)
        by_name = {one.name.casefold(): one for one in self.known.members}
        return Person(
            name=name,
            user=by_name.get(name.casefold()),
            from_round=arrives,
            until_round=leaves,
            has_own_programme=bool(data.get(f"seul_{n}")),
        )


def _codes(codes: Any) -> list[str]:
    """Each once, in the order of the domain."""
    known = set(codes)
    return [code for code in Means.values if code in known]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _initial_of(known: Known) -> dict[str, Any]:
    initial: dict[str, Any] = {"version": known.session.rules_version}
    registration = known.registration
    if registration is None:
        return initial
    initial |= {
        "besoins": registration.needs,
        "offres": registration.offers,
        "regles": registration.accepted_rules == known.session.rules_version,
    }
    if registration.intention is not None:
        initial["projet"] = registration.intention.public_id
    for one in known.attendees:
        n = one.position
        initial |= {
            f"nom_{n}": one.name,
            f"arrive_{n}": one.from_round,
            f"part_{n}": one.until_round,
            f"seul_{n}": one.shares_with_id is None,
        }
    return initial
