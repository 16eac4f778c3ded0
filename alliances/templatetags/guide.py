"""Addresses of the steps of a guided form."""

from typing import Protocol

from django import template

register = template.Library()


class Guided(Protocol):
    """What a guided form describes (alliances.views.guide)."""

    def step_url(self, step: str, name: str = "step") -> str: ...


@register.simple_tag
def step_url(guide: Guided, step: str, name: str = "step") -> str:
    """Return the address of a step of what ``guide`` describes."""
    return guide.step_url(step, name)
