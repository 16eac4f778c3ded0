"""One vintage of the reference geography, read from its files. Pure: no Django.

A vintage is a folder with a ``manifest.json`` that names each file and its SHA-256;
``territories/data`` is the one of 2026. The files are those of the publishers,
unchanged: codes of the Code officiel géographique, columns in French.
"""

import csv
import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
OVERSEAS_COLLECTIVITY = "com"
FORMER_KINDS = {
    "ancien-code": "former",
    "commune-deleguee": "delegated",
    "commune-associee": "associated",
    "arrondissement-municipal": "arrondissement",
}

Row = dict[str, str]


class VintageError(Exception):
    """A file of the vintage is missing, altered, or does not say what it should."""


@dataclass(frozen=True)
class Commune:
    """A commune in force.

    Attributes
    ----------
    department : str
        Code of its département, or of its overseas collectivity.
    region : str
        Code of its région; empty in an overseas collectivity.
    population : int or None
        Municipal population, in inhabitants.
    latitude_deg, longitude_deg : float or None
        Centroid of its outline, WGS 84.
    """

    code: str
    name: str
    department: str
    region: str
    population: int | None
    postal_codes: tuple[str, ...]
    latitude_deg: float | None
    longitude_deg: float | None


@dataclass(frozen=True)
class Division:
    """A région, a département or an overseas collectivity."""

    code: str
    name: str
    is_collectivity: bool


@dataclass(frozen=True)
class Group:
    """An EPCI or an EPT, and the codes of its communes."""

    code: str
    name: str
    communes: tuple[str, ...]
    latitude_deg: float | None = None
    longitude_deg: float | None = None


@dataclass(frozen=True)
class FormerCommune:
    """A code no longer in force, and the commune that took its place."""

    code: str
    kind: str
    name: str
    successor: str


@dataclass(frozen=True)
class Petr:
    """A pôle d'équilibre territorial et rural, and the SIREN of its members."""

    siren: str
    name: str
    population: int | None
    members: tuple[str, ...]


class Vintage:
    """The files of one vintage.

    Parameters
    ----------
    folder : Path
        Folder of the files and of their ``manifest.json``.

    Raises
    ------
    VintageError
        If the manifest cannot be read, or a file is missing or altered.
    """

    def __init__(self, folder: Path = DATA) -> None:
        self.folder = folder
        try:
            manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
            self.valid_from = dt.date.fromisoformat(manifest["valid_from"])
            self._files: dict[str, dict[str, str]] = manifest["files"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"unreadable manifest in {folder}: {error}"
            raise VintageError(message) from error

    def path(self, role: str) -> Path | None:
        """Return the file that plays ``role``, or None when the vintage has none."""
        entry = self._files.get(role)
        return self.folder / entry["path"] if entry else None

    def fingerprint(self) -> str:
        """Return the SHA-256 of the whole, after checking that of every file.

        Raises
        ------
        VintageError
            If a file is missing, or is not the one that the manifest describes.
        """
        whole = hashlib.sha256(self.valid_from.isoformat().encode())
        for role, entry in sorted(self._files.items()):
            digest = hashlib.sha256(self._bytes(role)).hexdigest()
            if digest != entry["sha256"]:
                message = f"{entry['path']} is not the file that the manifest describes"
                raise VintageError(message)
            whole.update(f"{role} {digest}\n".encode())
        return whole.hexdigest()

    def communes(self) -> list[Commune]:
        """Read the communes in force."""
        return [_commune(row) for row in self._rows("communes")]

    def departments(self) -> list[Division]:
        """Read the départements, then the overseas collectivités."""
        return [_division(row) for row in self._rows("departments")]

    def regions(self) -> list[Division]:
        """Read the régions; the overseas collectivités stand there too."""
        return [_division(row) for row in self._rows("regions")]

    def epcis(self) -> list[Group]:
        """Read the EPCI with their communes."""
        communes = _grouped(self._rows("epci_communes"), "siren_epci", "code_commune")
        return [
            Group(
                row["siren"],
                _name(row["nom"]),
                communes.get(row["siren"], ()),
                *_coordinates(row),
            )
            for row in self._rows("epcis")
        ]

    def epts(self) -> list[Group]:
        """Read the établissements publics territoriaux with their communes."""
        rows = list(self._rows("ept_communes"))
        names = {row["siren_ept"]: _name(row["nom_ept"]) for row in rows}
        communes = _grouped(rows, "siren_ept", "code_commune")
        return [Group(code, names[code], communes[code]) for code in names]

    def former_communes(self) -> list[FormerCommune]:
        """Read the former codes, each with the commune that took its place."""
        return [
            FormerCommune(
                row["ancien_code"],
                FORMER_KINDS[row["type"]],
                _name(row["nom_ancien"]),
                row["code_actuel"],
            )
            for row in self._rows("former_codes")
        ]

    def petrs(self) -> list[Petr]:
        """Read the PETR and the groupings that belong to them."""
        members = _grouped(
            self._rows("memberships"), "adhesion_siren", "groupement_siren"
        )
        return [
            Petr(
                row["siren"],
                _name(row["libelle"]),
                _integer(row["population"]),
                members.get(row["siren"], ()),
            )
            for row in self._rows("petrs")
        ]

    def _bytes(self, role: str) -> bytes:
        path = self.path(role)
        if path is None:
            message = f"the manifest of {self.folder} names no file for {role}"
            raise VintageError(message)
        try:
            return path.read_bytes()
        except OSError as error:
            message = f"{path.name} cannot be read: {error.strerror}"
            raise VintageError(message) from error

    def text(self, role: str) -> str:
        """Return the text of the file that plays ``role``, uncompressed."""
        content = self._bytes(role)
        if str(self.path(role)).endswith(".gz"):
            content = gzip.decompress(content)
        return content.decode("utf-8")

    def _rows(self, role: str) -> Iterator[Row]:
        if self.path(role) is None:
            return
        try:
            yield from csv.DictReader(self.text(role).splitlines())
        except (KeyError, ValueError, csv.Error) as error:
            message = f"the file of {role} is not readable: {error}"
            raise VintageError(message) from error


def _commune(row: Row) -> Commune:
    latitude_deg, longitude_deg = _coordinates(row)
    is_collectivity = row["zone"] == OVERSEAS_COLLECTIVITY
    return Commune(
        code=row["code"],
        name=_name(row["nom"]),
        department=row["dep"] or row["reg"],
        region="" if is_collectivity else row["reg"],
        population=_integer(row["population"]),
        postal_codes=tuple(filter(None, row["codes_postaux"].split("|"))),
        latitude_deg=latitude_deg,
        longitude_deg=longitude_deg,
    )


def _division(row: Row) -> Division:
    return Division(
        row["code"], _name(row["nom"]), row["zone"] == OVERSEAS_COLLECTIVITY
    )


def _name(text: str) -> str:
    """Return ``text`` with typographic apostrophes, as French is written."""
    return text.replace("'", "’").strip()


def _integer(text: str) -> int | None:
    return int(text) if text else None


def _coordinates(row: Row) -> tuple[float | None, float | None]:
    if not row["lat"] or not row["lon"]:
        return None, None
    return float(row["lat"]), float(row["lon"])


def _grouped(
    rows: Iterator[Row] | list[Row], key: str, value: str
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row[value])
    return {group: tuple(values) for group, values in found.items()}
