"""Plans to rows, in bulk; the caller holds the transaction."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models

from alliances.models import (
    Exclusion,
    Intention,
    IntentionDomain,
    Need,
    Offer,
    Organisation,
)
from alliances.services.imports.plans import (
    INTENTION_FIELDS,
    ORGANISATION_FIELDS,
    Plan,
)
from alliances.services.imports.snapshot import keys_of
from alliances.services.statistics import update_statistics

BATCH_ROWS = 2_000
IDENTITY = [
    *(name.removesuffix("_id") for name, _ in ORGANISATION_FIELDS.values()),
    "exclusions_answered_at",
    "is_fictitious",
    "updated_at",
]
AIMS = [*(name for name, _ in INTENTION_FIELDS.values()), "updated_at"]


def write(plans: Sequence[Plan], source: str) -> list[int]:
    """Store what changes; return the intentions that matching must read again."""
    changed = [plan for plan in plans if plan.is_new or plan.is_changed]
    _write_organisations(changed)
    _write_intentions(changed)
    for name, line in _LINES.items():
        _write_lines(changed, name, line)
    _write_exclusions(changed, source)
    if len(changed) >= BATCH_ROWS:
        update_statistics()
    return [plan.intention.pk for plan in changed]


def _write_organisations(plans: Sequence[Plan]) -> None:
    Organisation.objects.bulk_create(
        [plan.organisation for plan in plans if plan.is_new], batch_size=BATCH_ROWS
    )
    changed = [
        plan.organisation for plan in plans if not plan.is_new and plan.has_new_identity
    ]
    _release_identifiers(changed)
    _rewrite(Organisation.objects, changed, IDENTITY)


def _release_identifiers(organisations: Sequence[Organisation]) -> None:
    """Let two organisations of a file exchange identifiers, unique at any time."""
    Organisation.objects.filter(pk__in=[each.pk for each in organisations]).update(
        siren="", siret="", rna=""
    )


def _rewrite(
    manager: models.Manager[Any], rows: Sequence[Any], fields: Sequence[str]
) -> None:
    """Update many rows: one statement per batch, where bulk_update grows with each."""
    manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=fields,
        batch_size=BATCH_ROWS,
    )


def _write_intentions(plans: Sequence[Plan]) -> None:
    for plan in plans:
        plan.intention.organisation = plan.organisation
    known = [
        plan.intention for plan in plans if plan.intention.pk and plan.has_new_aims
    ]
    Intention.objects.bulk_create(
        [plan.intention for plan in plans if not plan.intention.pk],
        batch_size=BATCH_ROWS,
    )
    _rewrite(Intention.objects, known, AIMS)


_LINES: dict[str, Callable[[int, Any], models.Model]] = {
    "domains": lambda intention_id, line: IntentionDomain(
        intention_id=intention_id, domain=line[0], weight=line[1]
    ),
    "needs": lambda intention_id, line: Need(
        intention_id=intention_id, means=line[0], territory_id=line[1]
    ),
    "offers": lambda intention_id, line: Offer(
        intention_id=intention_id, means=line[0], territory_id=line[1]
    ),
    "perimeter": lambda intention_id, line: Intention.perimeter.through(
        intention_id=intention_id, territory_id=line
    ),
}
_ROWS: dict[str, models.Manager[Any]] = {
    "domains": IntentionDomain.objects,
    "needs": Need.objects,
    "offers": Offer.objects,
    "perimeter": Intention.perimeter.through.objects,
    "exclusions": Exclusion.objects,
}


def _write_lines(
    plans: Sequence[Plan], name: str, line: Callable[[int, Any], models.Model]
) -> None:
    """Delete the lines a file no longer states, create those it adds."""
    _delete_lines(plans, name)
    _ROWS[name].bulk_create(
        [
            line(plan.intention.pk, said)
            for plan in plans
            for said in _added(plan, name)
        ],
        batch_size=BATCH_ROWS,
    )


def _added(plan: Plan, name: str) -> list[Any]:
    return sorted(plan.final(name) - set(plan.held_lines(name)), key=repr)


def _delete_lines(plans: Iterable[Plan], name: str) -> None:
    gone = [
        pk
        for plan in plans
        for said, pk in plan.held_lines(name).items()
        if said not in plan.final(name)
    ]
    if gone:
        _ROWS[name].filter(pk__in=gone).delete()


def _write_exclusions(plans: Sequence[Plan], source: str) -> None:
    _delete_lines(plans, "exclusions")
    added = [(plan, said) for plan in plans for said in _added(plan, "exclusions")]
    created = {
        value for _, (what, value) in added if what == "key" and isinstance(value, str)
    }
    ids = keys_of(source, created)
    Exclusion.objects.bulk_create(
        [
            Exclusion(organisation=plan.organisation, **_criterion(said, ids))
            for plan, said in added
        ],
        batch_size=BATCH_ROWS,
    )


def _criterion(said: tuple[str, Any], ids: dict[str, int]) -> dict[str, Any]:
    what, value = said
    if what == "key":
        return {"other_id": ids[value] if isinstance(value, str) else value}
    return {what: value}
