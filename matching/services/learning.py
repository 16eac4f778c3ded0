"""Accepting the weights that signals propose: a person does it, and says why."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import Configuration
from matching.selectors.learning import Lessons
from matching.services.configuration import activate_configuration
from matching.services.runs import active_configuration


class NothingToAcceptError(ValueError):
    """The signals propose no change."""


@transaction.atomic
def accept_lessons(lessons: Lessons, *, reason: str) -> Configuration:
    """Make the proposed weights a new active version, with its reason and its origin.

    Raises
    ------
    NothingToAcceptError
        If nothing is proposed.
    ValueError
        If the reason is empty.
    """
    if lessons.proposed is None:
        raise NothingToAcceptError
    content = _changed(active_configuration(), lessons.proposed, lessons=lessons)
    return activate_configuration(content, reason=reason)


def _changed(
    active: Configuration, weights: Mapping[str, float], *, lessons: Lessons
) -> dict[str, object]:
    source = _("signaux de %(good)s paires qui se sont parlé et de %(poor)s autres") % {
        "good": lessons.good,
        "poor": lessons.poor,
    }
    settings = dict(active.content["settings"])
    for name, value in weights.items():
        settings[f"weight.{name}"] = {
            "value": value,
            "origin": "DERIVED",
            "source": f"manage.py learn_weights, {source}",
        }
    return {"version": _next_version(active.version), "settings": settings}


def _next_version(version: str) -> str:
    """Number what is learnt after the published version it started from."""
    base = version.partition("+")[0]
    count = Configuration.objects.filter(version__startswith=f"{base}+").count()
    return f"{base}+{count + 1}"
