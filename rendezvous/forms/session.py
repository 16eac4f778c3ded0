"""The form by which a catalyst prepares a session."""

import datetime as dt
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.enums import ActorKind
from rendezvous.enums import EventType, Language, Zone
from rendezvous.forms.fields import WholeNumberField
from rendezvous.forms.session_options import OptionsForm, options_of
from rendezvous.forms.session_values import (
    WHO_MEETS_WHOM,
    initial_of,
    pairs,
    usual,
)
from rendezvous.models import Session
from rendezvous.models.session import MAX_PLACES, MAX_ROUNDS, MAX_TABLES
from rendezvous.services.sessions import KindPairs, Plan
from territories.models import Territory

USUAL_KINDS = (ActorKind.ASSOCIATION, ActorKind.COMPANY, ActorKind.LOCAL_AUTHORITY)
USUAL_PLACES = 12


class SessionForm(OptionsForm):
    """Where, when, who, how; everything can be changed until the session."""

    titre = forms.CharField(max_length=160, label=_("Intitulé"))
    territoire = forms.ChoiceField(label=_("Territoire"))
    forme = forms.ChoiceField(choices=EventType.choices, label=_("Forme"))
    presentation = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Présentation"),
        help_text=_(
            "Ce qu’on vient y chercher, en quelques lignes : tout le monde la lit."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    lieu = forms.CharField(
        max_length=300, label=_("Lieu"), help_text=_("Salle, adresse, étage.")
    )
    jour = forms.DateField(
        label=_("Jour"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("Écrivez la date ainsi : 12/03/2026.")},
    )
    heure = forms.TimeField(
        label=_("Heure de la première rencontre"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%Hh%M", "%H:%M:%S"],
        error_messages={"invalid": _("Écrivez l’heure ainsi : 18:30.")},
    )
    fuseau = forms.ChoiceField(choices=Zone.choices, label=_("À l’heure de"))
    langues = forms.MultipleChoiceField(
        choices=Language.choices,
        label=_("Langues parlées aux tables"),
        widget=forms.CheckboxSelectMultiple,
    )
    tables = WholeNumberField(label=_("Tables"), min_value=1, max_value=MAX_TABLES)
    tours = WholeNumberField(label=_("Tours"), min_value=1, max_value=MAX_ROUNDS)
    minutes = WholeNumberField(label=_("Minutes par tour"), min_value=1, max_value=120)
    pause = WholeNumberField(
        label=_("Minutes entre deux tours"),
        max_value=60,
        help_text=_("Le temps de changer de table."),
    )
    au_moins = WholeNumberField(
        label=_("Rencontres garanties à chacun"),
        max_value=MAX_ROUNDS,
        help_text=_("Le programme vous dira si c’est impossible, et pourquoi."),
    )
    au_plus = WholeNumberField(
        label=_("Rencontres au plus"), min_value=1, max_value=MAX_ROUNDS
    )
    rencontres = forms.ChoiceField(
        choices=WHO_MEETS_WHOM, label=_("Qui rencontre qui"), widget=forms.RadioSelect
    )
    regles = forms.CharField(
        max_length=2000,
        label=_("Règles du jeu"),
        help_text=_("Chacun les accepte en s’inscrivant."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        territories: QuerySet[Territory],
        session: Session | None = None,
        model: Session | None = None,
    ) -> None:
        self.session = session
        source = session or model
        super().__init__(
            data,
            initial={
                **(initial_of(source) if source else usual()),
                **options_of(source),
            },
            use_required_attribute=False,
        )
        self._arrange(territories, source)
        if model is not None:
            del self.initial["jour"]  # the same session, another day

    def _arrange(
        self, territories: QuerySet[Territory], source: Session | None
    ) -> None:
        if self.session is not None:
            del self.fields["territoire"]
        else:
            self.by_reference = {one.reference: one for one in territories}
            field = cast("forms.ChoiceField", self.fields["territoire"])
            field.choices = [(one.reference, one.name) for one in territories]
        known = (
            {one.kind: one.places for one in source.capacities.all()} if source else {}
        )
        for kind in ActorKind:
            usual = USUAL_PLACES if not source and kind in USUAL_KINDS else 0
            self.fields[_places(kind)] = WholeNumberField(
                required=False,
                max_value=MAX_PLACES,
                label=kind.label,
                initial=known.get(kind, usual),
            )

    @property
    def places(self) -> list[forms.BoundField]:
        """The lines of figures by kind, for the template."""
        return [self[_places(kind)] for kind in ActorKind]

    @property
    def territory(self) -> Territory:
        return self.by_reference[self.cleaned_data["territoire"]]

    def clean_jour(self) -> dt.date:
        day: dt.date = self.cleaned_data["jour"]
        today = timezone.localdate()
        is_kept = (
            self.session is not None and day == self.session.local_begins_at.date()
        )
        if not is_kept and not today <= day <= today + dt.timedelta(days=3 * 366):
            raise forms.ValidationError(
                _("Choisissez un jour à venir, dans les trois ans.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        rounds, most = data.get("tours"), data.get("au_plus")
        if rounds and most and most > rounds:
            self.add_error("au_plus", _("Il n’y a pas autant de tours."))
        if most and data.get("au_moins", 0) > most:
            self.add_error("au_moins", _("C’est plus que le maximum."))
        self._check_minimum(data)
        if not self.capacities():
            self.add_error(
                None, _("Donnez des places à au moins une nature d’acteurs.")
            )
        elif not self.kindpairs():
            self.add_error(
                "rencontres",
                _("Avec ces places, personne ne rencontrerait personne."),
            )
        self.check_trios(self.capacities(), self.kindpairs())
        return data

    def _check_minimum(self, data: dict[str, Any]) -> None:
        """Refuse what no programme could give, with the figures that say why."""
        people, least = sum(self.capacities().values()), data.get("au_moins") or 0
        tables, rounds = data.get("tables"), data.get("tours")
        if tables and rounds and people * least > 2 * tables * rounds:
            said = _(
                "Avec %(tables)d tables et %(rounds)d tours, %(people)d organisations ne "
                "peuvent pas toutes avoir %(least)d rencontres : %(most)d au plus."
            )
            figures = {"tables": tables, "rounds": rounds, "people": people}
            most = 2 * tables * rounds // people
            self.add_error("au_moins", said % {**figures, "least": least, "most": most})

    def capacities(self) -> dict[str, int]:
        typed = {kind.value: self.cleaned_data.get(_places(kind)) for kind in ActorKind}
        return {kind: places for kind, places in typed.items() if places}

    def kindpairs(self) -> KindPairs:
        return pairs(self.cleaned_data.get("rencontres", ""), self.capacities())

    def plan(self) -> Plan:
        data = self.cleaned_data
        zone = ZoneInfo(data["fuseau"])
        begins = dt.datetime.combine(data["jour"], data["heure"], tzinfo=zone)
        step = data["minutes"] + data["pause"]
        minutes = data["tours"] * step - data["pause"]
        # In universal time: a night when clocks change lasts what it lasts.
        begins = begins.astimezone(dt.UTC)
        return Plan(
            title=data["titre"],
            event_type=data["forme"],
            description=data["presentation"],
            place=data["lieu"],
            zone=data["fuseau"],
            begins_at=begins,
            ends_at=begins + dt.timedelta(minutes=minutes),
            languages=data["langues"],
            rules_text=data["regles"],
            tables=data["tables"],
            rounds=data["tours"],
            round_minutes=data["minutes"],
            break_minutes=data["pause"],
            meetings_min=data["au_moins"],
            meetings_max=data["au_plus"],
            capacities=self.capacities(),
            kind_pairs=self.kindpairs(),
            arrangement=self.arrangement(),
        )


def _places(kind: ActorKind) -> str:
    return f"places_{kind}"
