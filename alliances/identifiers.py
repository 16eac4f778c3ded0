"""French identifiers: SIREN and SIRET with their key, RNA by its shape."""

import re

LA_POSTE_SIREN = "356000000"
_SIREN = re.compile(r"[0-9]{9}\Z")
_SIRET = re.compile(r"[0-9]{14}\Z")
_RNA = re.compile(r"W[0-9A-Z]{9}\Z")


def _luhn_sum(digits: str) -> int:
    doubled = (int(each) * (1 + index % 2) for index, each in enumerate(digits[::-1]))
    return sum(each - 9 if each > 9 else each for each in doubled)  # noqa: PLR2004


def is_siren(text: str) -> bool:
    """Tell whether ``text`` is a SIREN, Luhn key included."""
    return bool(_SIREN.match(text)) and _luhn_sum(text) % 10 == 0


def is_siret(text: str) -> bool:
    """Tell whether ``text`` is a SIRET; La Poste's establishments sum to 5 n."""
    if not _SIRET.match(text):
        return False
    if _luhn_sum(text) % 10 == 0:
        return True
    return text.startswith(LA_POSTE_SIREN) and sum(map(int, text)) % 5 == 0


def is_rna(text: str) -> bool:
    """Tell whether ``text`` has the shape of an RNA number."""
    return bool(_RNA.match(text))
