"""What the keys of a change stand for, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from alliances.models import Claim, Intention, Membership, Organisation
from alliances.selectors.journal.reading import Change, Row
from alliances.selectors.journal.sources import READS
from territories.models import Territory

Key = tuple[str, int]


@dataclass(frozen=True)
class Names:
    """Texts by model and primary key; what is gone has a text of its own."""

    found: dict[Key, str] = field(default_factory=dict)
    reader_id: int | None = None  # the organisation whose journal it is

    def of(self, model: str, pk: object) -> str:
        """Return what ``pk`` of ``model`` is called."""
        if not isinstance(pk, int):
            return _("rien")
        return self.found.get((model, pk)) or str(GONE.get(model, _("retiré depuis")))

    def author(self, said: Row) -> str:
        """Return who made a change, from what was written with it."""
        if (user := said.get("user")) is not None:
            return self.of("accounts.User", user)
        if said.get("source"):
            return _("Import")
        if job := said.get("job"):
            is_score = str(job).startswith("matching.")
            return _("Calcul") if is_score else _("Tâche automatique")
        return _("Visiteur") if said.get("page") else _("Opération technique")


ERASED = _("Personne effacée")
GONE = {
    "accounts.User": ERASED,
    "alliances.Organisation": _("une organisation retirée depuis"),
    "alliances.Intention": _("un projet retiré depuis"),
    "territories.Territory": _("un territoire retiré depuis"),
}


def names_for(
    changes: Iterable[Change], organisation: Organisation | None = None
) -> Names:
    """Load the names that ``changes`` need, as ``organisation`` may read them.

    Without an organisation, as an administrator reads them.
    """
    keys = _keys(changes)
    found: dict[Key, str] = {}
    found |= _people(keys["accounts.User"], organisation)
    for model, rows in _NAMED.items():
        named: models.QuerySet[Any] = models.QuerySet(rows).filter(pk__in=keys[model])
        found |= {
            (model, pk): text for pk, text in named.values_list("pk", _NAME_OF[model])
        }
    _name_main_projects(found)
    return Names(found, organisation.pk if organisation else None)


_NAMED: dict[str, type[models.Model]] = {
    "alliances.Organisation": Organisation,
    "alliances.Intention": Intention,
    "territories.Territory": Territory,
}
_NAME_OF = {
    "alliances.Organisation": "name",
    "alliances.Intention": "title",
    "territories.Territory": "name",
}


def _name_main_projects(found: dict[Key, str]) -> None:
    for (model, pk), text in list(found.items()):
        if model == "alliances.Intention" and not text:
            found[model, pk] = _("projet principal")


def _keys(changes: Iterable[Change]) -> dict[str, set[int]]:
    keys: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        keys["accounts.User"] |= _numbers([change.author.get("user")])
        keys["alliances.Organisation"] |= _numbers([change.organisation_id])
        for name, model in _references(change.model).items():
            keys[model] |= _numbers([change.before.get(name), change.after.get(name)])
    return keys


def _numbers(values: Iterable[object]) -> set[int]:
    return {value for value in values if isinstance(value, int)}


def _references(label: str) -> dict[str, str]:
    """Return the model that each foreign key of a model points to."""
    if label == READS:
        return {}
    return {
        each.attname: each.remote_field.model._meta.label
        for each in apps.get_model(label)._meta.concrete_fields
        if isinstance(each, models.ForeignKey)
    }


def _people(ids: AbstractSet[int], organisation: Organisation | None) -> dict[Key, str]:
    """Name who acts or acted for the organisation; not those of others."""
    known = _known_to(ids, organisation) if organisation else ids
    people = User.objects.filter(pk__in=ids).only(
        "name", "email", "is_staff", "erased_at"
    )
    return {
        ("accounts.User", person.pk): _called(person, is_known=person.pk in known)
        for person in people
    }


def _known_to(ids: AbstractSet[int], organisation: Organisation) -> set[int]:
    past = apps.get_model("alliances", "MembershipEvent").objects
    here = Q(organisation=organisation, user__in=ids)
    sources = (Membership.objects, past, Claim.objects)
    found = [
        source.filter(here).order_by().values_list("user_id") for source in sources
    ]
    return {pk for (pk,) in found[0].union(*found[1:])}


def _called(person: User, *, is_known: bool) -> str:
    if person.erased_at is not None:
        return ERASED
    if is_known:
        return str(person)
    if person.is_staff:
        return _("Administration")
    return _("Une personne extérieure à l’organisation")
