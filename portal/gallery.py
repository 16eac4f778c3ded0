"""Examples of every component, for the gallery; every organisation here is fictitious."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator

from alliances.enums import ActorKind, Means, PartnershipType
from alliances.square.field import SquareField

REPAIR_CAFE = SimpleNamespace(
    name="L’Atelier des deux roues",
    kind="association",
    get_kind_display=ActorKind.ASSOCIATION.label,
    summary="Répare des vélos et forme des personnes en recherche d’emploi, dans un "
    "quartier où un ménage sur trois n’a pas de voiture.",
)
FACTORY = SimpleNamespace(
    name="Chantiers de l’Estuaire",
    kind="company",
    get_kind_display=ActorKind.COMPANY.label,
    summary="Construction métallique, 900 salariés sur quatre sites.",
)
TOWN = SimpleNamespace(
    name="Commune de Rive-Neuve",
    kind="local_authority",
    get_kind_display=ActorKind.LOCAL_AUTHORITY.label,
    summary="",
)

SQUARES = [
    {"name": REPAIR_CAFE.name, "kind": "association", "weights": (20, 20, 50, 10)},
    {"name": FACTORY.name, "kind": "company", "weights": (10, 70, 10, 10)},
    {"name": TOWN.name, "kind": "local_authority", "weights": (40, 10, 25, 25)},
    {"name": "Fonds des Marais", "kind": "foundation", "weights": None},
]

COMPONENTS = [
    {
        "label": "Objectifs",
        "value": 0.867,
        "weight": 0.25,
        "sentence": "Vous cherchez d’abord des financements ; le mécénat y répond.",
    },
    {
        "label": "Besoins couverts",
        "value": 0.5,
        "weight": 0.3,
        "sentence": "Un de vos deux besoins est offert : un don.",
    },
    {
        "label": "Domaines",
        "value": 1.0,
        "weight": 0.25,
        "sentence": "Vous agissez tous deux pour la mobilité.",
    },
    {
        "label": "Territoire",
        "value": 0.08,
        "weight": 0.15,
        "sentence": "Leur périmètre touche le vôtre sur deux communes.",
    },
    {"label": "Proximité", "value": None, "weight": 0.05, "sentence": ""},
]

STEPS = [
    {"label": "Se connaître soi-même", "state": "done"},
    {"label": "Dialoguer", "state": "done"},
    {"label": "Choisir", "state": "current"},
    {"label": "Définir le contenu", "state": "todo"},
    {"label": "S’engager", "state": "todo"},
    {"label": "Mettre en œuvre", "state": "todo"},
    {"label": "Évaluer", "state": "todo"},
]

POINTS = [
    {
        "severity": "block",
        "sentence": "Le mécénat demande une structure d’intérêt général.",
        "lift": "dites si votre association peut délivrer des reçus fiscaux.",
        "source": "« Coopérer efficacement », ORSE et Le RAMEAU, 2023, annexe 1",
    },
    {
        "severity": "warn",
        "sentence": "Vos tailles sont très différentes : convenez du rythme de décision.",
    },
    {"severity": "inform", "sentence": "C’est en général l’association qui propose."},
]

CHART = [
    {"label": "Emploi, insertion", "value": "42", "share_pct": 100},
    {"label": "Mobilité, transports", "value": "27", "share_pct": 64.3},
    {"label": "Vieillissement, intergénérationnel", "value": "9", "share_pct": 21.4},
    {"label": "Accès au numérique", "value": "", "share_pct": None},
]

COMPARISON = {
    "columns": [{"label": FACTORY.name, "url": "#"}, {"label": TOWN.name}],
    "rows": [
        {"label": "Ce qu’ils apportent", "cells": ["Don, réseaux", "Locaux"]},
        {"label": "Ce qu’ils attendent", "cells": ["Réseaux, crédibilité", ""]},
        {"label": "Distance", "cells": ["6 km", "sur place"]},
    ],
}


class ExampleForm(forms.Form):
    """One field of each kind."""

    place = forms.CharField(
        label="Où agissez-vous ?", help_text="Trois lettres suffisent."
    )
    summary = forms.CharField(
        label="En une phrase", widget=forms.Textarea({"rows": 3}), required=False
    )
    kind = forms.ChoiceField(label="Nature", choices=ActorKind.choices)
    means = forms.MultipleChoiceField(
        label="Ce que vous pouvez offrir",
        choices=Means.choices[:4],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="Recevoir un résumé chaque mois", required=False)


class FilterForm(forms.Form):
    """A short filter, as above a list."""

    q = forms.CharField(label="Nom ou mot", required=False)
    kind = forms.ChoiceField(
        label="Nature",
        choices=[("", "Toutes"), *ActorKind.choices],
        required=False,
    )


class SquareForm(forms.Form):
    """The square to fill in, in the words of a company."""

    square = SquareField(kind="company")


def examples() -> dict[str, Any]:
    """Return the context of the gallery."""
    return {
        "association": REPAIR_CAFE,
        "company": FACTORY,
        "town": TOWN,
        "organisations": [REPAIR_CAFE, FACTORY, TOWN],
        "kinds": [*ActorKind.choices, ("catalyst", "Catalyseur")],
        "types": PartnershipType.choices,
        "offers": [Means.SKILLS_PATRONAGE.label, Means.PREMISES.label],
        "needs": [Means.DONATION.label, Means.NETWORKS.label],
        "squares": SQUARES,
        "pair": SQUARES[:2],
        "example_square": SQUARES[0]["weights"],
        "components": COMPONENTS,
        "steps": STEPS,
        "points": POINTS,
        "chart": CHART,
        "comparison": COMPARISON,
        "chips": [
            {"label": "Entreprise", "remove_url": "?"},
            {"label": "À moins de 20 km de Clisson", "remove_url": "?"},
        ],
        "crumbs": [
            {"label": "Accueil", "url": "/"},
            {"label": "Galerie des composants", "url": ""},
        ],
        "page": Paginator(range(200), 20).page(4),
        "form": ExampleForm({"place": "", "kind": "company"}),
        "filter_form": FilterForm(auto_id="filter_%s"),
        "square_form": SquareForm(initial={"square": (10, 70, 10, 10)}),
        "today": dt.date(2026, 3, 12),
        "items": [
            {"label": "Pays de la Loire", "note": "12 organisations"},
            {"label": "Bretagne", "note": "9 organisations"},
        ],
    }
