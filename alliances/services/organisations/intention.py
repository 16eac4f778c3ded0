"""Saves what the default intention holds in its own row, and its domains."""

import datetime as dt

from alliances.description.parts import Domains, Openness, Square, Terms, Visibility
from alliances.models import Organisation
from alliances.selectors.parts import (
    default_intention,
    domains_of,
    openness_of,
    square_of,
    visibility_of,
)
from alliances.services.organisations.aims import (
    write_domains,
    write_square,
    write_terms,
)
from alliances.services.organisations.editing import saving


@saving(domains_of)
def save_domains(organisation: Organisation, domains: Domains) -> None:
    """Save the domains and their weights."""
    write_domains(default_intention(organisation), domains)


@saving(square_of)
def save_square(organisation: Organisation, square: Square) -> None:
    """Save the four weights."""
    write_square(default_intention(organisation), square)


@saving(openness_of)
def save_openness(organisation: Organisation, openness: Openness) -> None:
    """Save types, phase, maturity, general interest, values."""
    organisation.maturity = openness.maturity
    organisation.general_interest = openness.general_interest
    organisation.values = list(openness.values)
    organisation.save(update_fields=["maturity", "general_interest", "values"])
    write_terms(default_intention(organisation), Terms(openness.types, openness.phase))


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
