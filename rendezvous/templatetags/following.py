"""Finding, in a programme, what follows with each of those one met."""

from collections.abc import Mapping

from django import template

from rendezvous.selectors.afterwards import Afterwards

register = template.Library()


@register.filter
def about(
    afterwards: Mapping[int, Afterwards], registration_id: int
) -> Afterwards | None:
    """Return what follows with a registration; nothing before its round."""
    return afterwards.get(registration_id) if afterwards else None
