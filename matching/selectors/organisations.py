"""Finding organisations as commands name them, and where they act."""

from django.utils.translation import gettext as _

from alliances.models import Organisation


class UnknownKeyError(LookupError):
    """No organisation, or several, bear this key; the message is for people."""


def organisation_of(key: str) -> Organisation:
    """Return the organisation that bears ``key``, or ``source:key``.

    Raises
    ------
    UnknownKeyError
        If none does, or several do.
    """
    found = list(Organisation.objects.filter(key=key)[:2]) if _is_storable(key) else []
    if not found and ":" in key and _is_storable(key):
        source, _colon, rest = key.partition(":")
        found = list(Organisation.objects.filter(source=source, key=rest)[:2])
    if not found:
        raise UnknownKeyError(_("Aucune organisation n’a la clé « %s ».") % key)
    if len(found) > 1:
        raise UnknownKeyError(
            _(
                "Plusieurs organisations ont la clé « %s » : "
                "précisez la source, comme dans « fichier:clé »."
            )
            % key
        )
    return found[0]


def _is_storable(text: str) -> bool:
    return "\0" not in text and text.isprintable()
