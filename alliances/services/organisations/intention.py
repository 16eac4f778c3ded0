"""Saves what the default intention holds in its own row, and its domains."""

import datetime as dt

from alliances.description.parts import Domains, Openness, Square, Visibility
from alliances.models import IntentionDomain, Organisation
from alliances.models.intention import SQUARE_FIELDS
from alliances.selectors.parts import (
    default_intention,
    domains_of,
    openness_of,
    square_of,
    visibility_of,
)
from alliances.services.organisations.editing import saving


@saving(domains_of)
def save_domains(organisation: Organisation, domains: Domains) -> None:
    """Save the domains and their weights."""
    intention = default_intention(organisation)
    intention.domains.all().delete()
    IntentionDomain.objects.bulk_create(
        IntentionDomain(intention=intention, domain=domain, weight=weight)
        for domain, weight in domains.weights
    )


@saving(square_of)
def save_square(organisation: Organisation, square: Square) -> None:
    """Save the four weights."""
    intention = default_intention(organisation)
    weights = square.weights or (None,) * len(SQUARE_FIELDS)
    for name, weight in zip(SQUARE_FIELDS, weights, strict=True):
        setattr(intention, name, weight)
    intention.save(update_fields=[*SQUARE_FIELDS, "updated_at"])


@saving(openness_of)
def save_openness(organisation: Organisation, openness: Openness) -> None:
    """Save types, phase, maturity, general interest, values."""
    organisation.maturity = openness.maturity
    organisation.general_interest = openness.general_interest
    organisation.values = list(openness.values)
    organisation.save(update_fields=["maturity", "general_interest", "values"])
    intention = default_intention(organisation)
    intention.types = list(openness.types)
    intention.phase = openness.phase
    intention.save(update_fields=["types", "phase", "updated_at"])


@saving(visibility_of)
def save_visibility(organisation: Organisation, visibility: Visibility) -> None:
    """Save what is hidden, and whether partners are looked for."""
    organisation.hidden_parts = list(visibility.hidden_parts)
    organisation.solicitation_budget = visibility.solicitation_budget
    organisation.save(update_fields=["hidden_parts", "solicitation_budget"])
    intention = default_intention(organisation)
    until = visibility.paused_until
    intention.state = visibility.state
    intention.paused_until = dt.date.fromisoformat(until) if until else None
    intention.save(update_fields=["state", "paused_until", "updated_at"])
