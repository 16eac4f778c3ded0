"""From references to territories, one by one or thousands at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from territories.models import FormerCode, Territory
from territories.references import Reference, parse


class UnknownTerritoryError(LookupError):
    """A reference that designates nothing; the message is for people, in French."""


@dataclass(frozen=True)
class Resolution:
    """The territory that a reference designates today.

    ``notice`` says, in French, what was replaced: a former commune by its successor,
    a municipal arrondissement by its commune; it is empty otherwise.
    """

    territory: Territory
    notice: str = ""


Outcome = Resolution | UnknownTerritoryError


def resolve(reference: str) -> Resolution:
    """Return what ``reference`` designates.

    Raises
    ------
    UnknownTerritoryError
        If it is malformed, or designates nothing.
    """
    outcome = resolve_many([reference])[reference]
    if isinstance(outcome, UnknownTerritoryError):
        raise outcome
    return outcome


def resolve_many(references: Iterable[str]) -> dict[str, Outcome]:
    """Resolve every reference, in three queries at most whatever their number.

    Each one that designates nothing gets an error rather than raising it, so that an
    import reports all its lines at once.
    """
    parsed = {text: parse(text) for text in references}
    wanted = [reference for reference in parsed.values() if reference]
    current = _territories(wanted)
    former = _former_codes(wanted, current)
    return {
        text: _outcome(text, reference, current, former)
        for text, reference in parsed.items()
    }


Known = dict[tuple[str, str], Territory]


def _territories(wanted: list[Reference]) -> Known:
    codes = {reference.code for reference in wanted}
    kinds = {kind for reference in wanted for kind in reference.kinds}
    if not codes:
        return {}
    rows = Territory.objects.filter(kind__in=kinds, code__in=codes)
    return {
        (territory.kind, territory.code): territory
        for territory in rows.select_related("successor")
    }


def _former_codes(wanted: list[Reference], current: Known) -> dict[str, FormerCode]:
    missing: dict[str, set[str]] = defaultdict(set)
    for reference in wanted:
        for kind in reference.kinds:
            if (kind, reference.code) not in current:
                missing[kind].add(reference.code)
    if not missing[Territory.Kind.COMMUNE]:
        return {}
    rows = FormerCode.objects.filter(code__in=missing[Territory.Kind.COMMUNE])
    return {former.code: former for former in rows.select_related("territory")}


def _outcome(
    text: str,
    reference: Reference | None,
    current: Known,
    former: dict[str, FormerCode],
) -> Outcome:
    if reference is None:
        return UnknownTerritoryError(malformed_sentence(text))
    for kind in reference.kinds:
        if territory := current.get((kind, reference.code)):
            return _in_force(territory)
    if reference.kinds == (Territory.Kind.COMMUNE,) and reference.code in former:
        replaced = former[reference.code]
        return Resolution(replaced.territory, former_sentence(replaced))
    return UnknownTerritoryError(
        _("Aucun territoire ne porte la référence « %(reference)s ».")
        % {"reference": text.strip()[:64]}
    )


def _in_force(territory: Territory) -> Resolution:
    if territory.valid_until is None:
        return Resolution(territory)
    values = {
        "name": territory.name,
        "code": territory.code,
        "day": date_format(territory.valid_until, "j F Y"),
    }
    if territory.successor is None:
        ended = _("%(name)s (%(code)s) n’existe plus depuis le %(day)s.")
        return Resolution(territory, ended % values)
    values["successor"] = territory.successor.name
    replaced = _(
        "%(name)s (%(code)s) n’existe plus depuis le %(day)s : %(successor)s a "
        "pris sa suite."
    )
    return Resolution(territory.successor, replaced % values)


def malformed_sentence(text: str) -> str:
    return _(
        "« %(reference)s » n’est pas une référence de territoire. Écrivez par "
        "exemple COM-44109, DEP-44, EPCI-244400404, REG-52 ou FR."
    ) % {"reference": text.strip()[:64]}


def former_sentence(former: FormerCode) -> str:
    """Say what took the place of a former code, for a person."""
    values = {
        "name": former.name or _("L’ancienne commune"),
        "code": former.code,
        "commune": former.territory.name,
        "commune_code": former.territory.code,
    }
    sentences = {
        FormerCode.Kind.FORMER: _(
            "Le code %(code)s n’est plus en vigueur : %(commune)s (%(commune_code)s) "
            "le remplace."
        ),
        FormerCode.Kind.ARRONDISSEMENT: _(
            "%(name)s est un arrondissement municipal : la commune de %(commune)s "
            "(%(commune_code)s) est retenue."
        ),
    }
    merged = _(
        "%(name)s (%(code)s) fait aujourd’hui partie de la commune de %(commune)s "
        "(%(commune_code)s)."
    )
    return sentences.get(FormerCode.Kind(former.kind), merged) % values
