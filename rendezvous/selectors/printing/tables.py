"""What is put on tables and pinned up: cards, the whole grid, cards to sign."""

from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from rendezvous.selectors.cards import card_code
from rendezvous.selectors.printing.heading import hour_of, round_name, values_for
from rendezvous.selectors.printing.room import Room, Seated


def card_values(room: Room) -> dict[str, Any]:
    """One card for each table: the rounds and who sits."""
    values = values_for(_("Cartes de table"), room.session, room.schedule)
    values["cards"] = [
        {
            "table": str(table),
            "rounds": [
                {
                    "round": str(number),
                    "hour": hour_of(room.hours(number)[0]),
                    "names": _names(by_round.get(number)),
                }
                for number in room.rounds
            ],
        }
        for table, by_round in room.tables.items()
    ]
    return values


def grid_values(room: Room) -> dict[str, Any]:
    """Tables in rows, rounds in columns."""
    values = values_for(
        _("Le programme de toutes les tables"), room.session, room.schedule
    )
    values["rounds"] = [
        {"hour": hour_of(room.hours(number)[0]), "round": round_name(number)}
        for number in room.rounds
    ]
    values["tables"] = [
        {
            "table": str(table),
            "cells": [_names(by_round.get(number)) for number in room.rounds],
        }
        for table, by_round in room.tables.items()
    ]
    return values


def commitment_values(room: Room) -> dict[str, Any]:
    """A card for each meeting, table by table: what was promised, and two signatures."""
    values = values_for(_("Fiches d’engagement"), room.session, room.schedule)
    values["words"] |= {
        "commitment": _("Ce que nous nous promettons"),
        "what": _("Quoi\u202f?"),
        "who": _("Qui appelle qui\u202f?"),
        "deadline": _("Avant quelle date\u202f?"),
        "code": _("Code"),
        "rule": _(
            "Chacun en garde une photo. Pour la recopier\u202f: « Votre programme », "
            "« Une fiche d’engagement sur papier »."
        ),
    }
    values["cards"] = [
        {
            "when": _("%(hour)s, %(round)s, table %(table)d")
            % {
                "hour": hour_of(room.hours(one.round)[0]),
                "round": round_name(one.round),
                "table": one.table,
            },
            "names": _names(one),
            "codes": _codes(room, one),
        }
        for one in sorted(room.seated, key=lambda seated: (seated.table, seated.round))
    ]
    return values


def _codes(room: Room, seated: Seated) -> list[str]:
    """The code of the card of each two who sit there."""
    pairs = combinations([one.pk for one in seated.registrations], 2)
    return [card_code(room.session, low, high) for low, high in pairs]


def _names(seated: Seated | None) -> list[str]:
    if seated is None:
        return []
    return [one.organisation.name for one in seated.registrations]
