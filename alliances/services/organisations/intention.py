"""Saves what the default intention holds in its own row, and its domains."""

import datetime as dt

from django.db import transaction

from alliances.description.parts import Domains, Openness, Square, Visibility
from alliances.models import IntentionDomain
from alliances.models.intention import SQUARE_FIELDS
from alliances.selectors.parts import (
    default_intention,
    domains_of,
    openness_of,
    square_of,
    visibility_of,
)
from alliances.services.organisations.editing import announce, lock_for


@transaction.atomic
def save_domains(
    organisation_id: int, domains: Domains, *, seen: str | None = None
) -> bool:
    """Save the domains and their weights; tell whether anything changed.

    Raises
    ------
    ChangedMeanwhileError
        If somebody else saved them since ``seen``.
    """
    organisation, differs = lock_for(
        organisation_id, domains, read=domains_of, seen=seen
    )
    if differs:
        intention = default_intention(organisation)
        intention.domains.all().delete()
        IntentionDomain.objects.bulk_create(
            IntentionDomain(intention=intention, domain=domain, weight=weight)
            for domain, weight in domains.weights
        )
        announce(organisation)
    return differs


@transaction.atomic
def save_square(
    organisation_id: int, square: Square, *, seen: str | None = None
) -> bool:
    """Save the four weights; tell whether anything changed.

    Raises
    ------
    ChangedMeanwhileError
        If somebody else saved them since ``seen``.
    """
    organisation, differs = lock_for(organisation_id, square, read=square_of, seen=seen)
    if differs:
        intention = default_intention(organisation)
        weights = square.weights or (None,) * len(SQUARE_FIELDS)
        for name, weight in zip(SQUARE_FIELDS, weights, strict=True):
            setattr(intention, name, weight)
        intention.save(update_fields=[*SQUARE_FIELDS, "updated_at"])
        announce(organisation)
    return differs


@transaction.atomic
def save_openness(
    organisation_id: int, openness: Openness, *, seen: str | None = None
) -> bool:
    """Save types, phase, maturity, general interest, values; tell if anything changed.

    Raises
    ------
    ChangedMeanwhileError
        If somebody else saved them since ``seen``.
    """
    organisation, differs = lock_for(
        organisation_id, openness, read=openness_of, seen=seen
    )
    if differs:
        organisation.maturity = openness.maturity
        organisation.general_interest = openness.general_interest
        organisation.values = list(openness.values)
        organisation.save(update_fields=["maturity", "general_interest", "values"])
        intention = default_intention(organisation)
        intention.types = list(openness.types)
        intention.phase = openness.phase
        intention.save(update_fields=["types", "phase", "updated_at"])
        announce(organisation)
    return differs


@transaction.atomic
def save_visibility(
    organisation_id: int, visibility: Visibility, *, seen: str | None = None
) -> bool:
    """Save what is hidden, and whether partners are looked for; tell if it changed.

    Raises
    ------
    ChangedMeanwhileError
        If somebody else saved them since ``seen``.
    """
    organisation, differs = lock_for(
        organisation_id, visibility, read=visibility_of, seen=seen
    )
    if differs:
        organisation.hidden_parts = list(visibility.hidden_parts)
        organisation.solicitation_budget = visibility.solicitation_budget
        organisation.save(update_fields=["hidden_parts", "solicitation_budget"])
        intention = default_intention(organisation)
        until = visibility.paused_until
        intention.state = visibility.state
        intention.paused_until = dt.date.fromisoformat(until) if until else None
        intention.save(update_fields=["state", "paused_until", "updated_at"])
        announce(organisation)
    return differs
