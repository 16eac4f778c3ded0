"""The versions of the score: one is active, none is ever rewritten."""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from matching.models import Configuration
from matching.services.runs import request_run

logger = logging.getLogger(__name__)


class VersionTakenError(ValueError):
    """The version exists with another content: numbers change under a new version."""


@transaction.atomic
def activate_configuration(content: Mapping[str, Any], *, reason: str) -> Configuration:
    """Make ``content`` the active configuration and ask for a whole computation.

    Safe to run twice. The row keeps the reason; the former ones stay, with the
    proposals that they made until those are computed again.

    Raises
    ------
    ValueError
        If the content is not a valid configuration, or the reason is empty.
    VersionTakenError
        If the version exists with another content.
    """
    from matching import kernel  # noqa: PLC0415 - NumPy only when it is needed

    checked = kernel.Configuration.from_mapping(content).to_mapping()
    if not reason.strip():
        message = "A change of configuration needs its reason."
        raise ValueError(message)
    known = Configuration.objects.filter(version=checked["version"]).first()
    if known is not None and _completed(known.content) != checked:
        message = f"Version {known.version} exists with another content."
        raise VersionTakenError(message)
    Configuration.objects.filter(is_active=True).update(is_active=False)
    row, _ = Configuration.objects.update_or_create(
        version=checked["version"],
        defaults={"is_active": True, "reason": reason},
        create_defaults={"content": checked, "is_active": True, "reason": reason},
    )
    logger.info("Configuration %s is active: %s", row.version, reason)
    request_run()
    return row


def _completed(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a stored version reads as today."""
    from matching import kernel  # noqa: PLC0415 - NumPy only when it is needed

    return kernel.Configuration.from_mapping(content).to_mapping()
