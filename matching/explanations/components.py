"""One sentence per component, built from the figures that were used."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.square.geometry import Corner
from alliances.square.labels import words_for
from matching.explanations import words

if TYPE_CHECKING:
    from matching.kernel import Reason

WELL, PARTLY = 0.67, 0.34  # wording only: the figure is always shown beside


@dataclass(frozen=True)
class Speaker:
    """Who a sentence speaks of: ``you`` for the reader's side, else by name."""

    name: str
    other: str
    kind: str
    is_reader: bool

    def say(self, to_reader: str, of_others: str, **values: Any) -> str:
        template = to_reader if self.is_reader else of_others
        names = {
            "name": self.name,
            "of_name": words.of(self.name),
            "that_name": words.that(self.name),
            "other": self.other,
            "that_other": words.that(self.other),
            "of_other": words.of(self.other),
        }
        return template % {**names, **values}


def component_sentence(reason: "Reason", speaker: Speaker, *, type_code: str) -> str:
    """Return what a component says of one side, in French."""
    if reason.value is None:
        return UNKNOWN[reason.component](speaker)
    return SENTENCES[reason.component](reason, speaker, type_code)


def _objectives(reason: "Reason", speaker: Speaker, type_code: str) -> str:
    corners = words_for(speaker.kind).corners
    main = max(reason.facts["quadrants"], key=lambda q: (q["weight"], q["part"]))
    values = {
        "label": corners[Corner(main["code"])].label,
        "points": round(main["weight"]),
        "type": words.TO_TYPES[type_code],
        "fit": _fit(reason.value or 0.0),
    }
    return speaker.say(
        _(
            "Votre premier objectif est « %(label)s » (%(points)d points sur 100) ; "
            "l’ensemble de vos objectifs correspond %(fit)s %(type)s."
        ),
        _(
            "Premier objectif %(of_name)s : « %(label)s » (%(points)d points sur "
            "100) ; l’ensemble de ses objectifs correspond %(fit)s %(type)s."
        ),
        **values,
    )


def _fit(value: float) -> str:
    if value >= WELL:
        return _("bien")
    return _("en partie") if value >= PARTLY else _("peu")


def _needs(reason: "Reason", speaker: Speaker, type_code: str) -> str:
    covered = [item["means"] for item in reason.facts["covered"]]
    uncovered = reason.facts["uncovered"]
    if not covered:
        return speaker.say(
            _("Les offres %(of_other)s ne couvrent pas vos besoins : %(needs)s."),
            _("Les offres %(of_other)s ne couvrent pas ses besoins : %(needs)s."),
            needs=words.means(uncovered),
        )
    total = len(covered) + len(uncovered)
    if total == 1:
        return speaker.say(
            _("Vous cherchez %(means)s, %(that_other)s propose."),
            _("%(name)s cherche %(means)s, %(that_other)s propose."),
            means=words.means(covered),
        )
    return speaker.say(
        ngettext(
            "Sur vos %(total)d besoins, %(other)s en couvre %(n)d : %(means)s.",
            "Sur vos %(total)d besoins, %(other)s en couvre %(n)d : %(means)s.",
            len(covered),
        ),
        ngettext(
            "Sur les %(total)d besoins %(of_name)s, %(other)s en couvre %(n)d : "
            "%(means)s.",
            "Sur les %(total)d besoins %(of_name)s, %(other)s en couvre %(n)d : "
            "%(means)s.",
            len(covered),
        ),
        total=total,
        n=len(covered),
        means=words.means(covered),
    )


def _domains(reason: "Reason", speaker: Speaker, type_code: str) -> str:
    common = reason.facts["common"]
    if not common:
        return speaker.say(
            _("Vous n’avez pas de domaine en commun."),
            _("%(name)s et %(other)s n’ont pas de domaine en commun."),
        )
    return speaker.say(
        _("Vous agissez l’un et l’autre sur %(domains)s."),
        _("%(name)s et %(other)s agissent sur %(domains)s."),
        domains=words.domains(common),
    )


def _territory(reason: "Reason", speaker: Speaker, type_code: str) -> str:
    facts = reason.facts
    overlap, distance_km = facts["overlap"], facts["distance_km"]
    if overlap:
        return _overlap(overlap)
    if distance_km is not None:
        return (
            _(
                "Vos périmètres ne se touchent pas ; vos lieux les plus proches sont à "
                "%(distance)s."
            )
            % {"distance": words.kilometres(distance_km)}
            if speaker.is_reader
            else _(
                "Les périmètres ne se touchent pas ; les lieux les plus proches sont à "
                "%(distance)s."
            )
            % {"distance": words.kilometres(distance_km)}
        )
    if facts["is_far"]:
        return _(
            "Les périmètres ne se touchent pas, et plus de %(distance)s les séparent."
        ) % {"distance": words.kilometres(facts["ceiling_km"])}
    return _("Les périmètres ne se touchent pas.")


def _overlap(overlap: float) -> str:
    if overlap >= 1:
        return _("Le plus petit des deux périmètres est tout entier dans l’autre.")
    return _(
        "%(share)s de la population du plus petit des deux périmètres est commune."
    ) % {"share": words.percent(overlap)}


def _proximity(reason: "Reason", speaker: Speaker, type_code: str) -> str:
    facts = reason.facts
    said = []
    one, other = facts["sizes"]
    if one and other:
        said.append(_("même taille") if one == other else _("tailles différentes"))
    common = len(facts["common_values"])
    if common:
        said.append(
            ngettext("%(n)d valeur partagée", "%(n)d valeurs partagées", common)
            % {"n": common}
        )
    if facts["is_linked"]:
        said.append(_("même réseau"))
    if not said:
        return _("Pas de valeur partagée.")
    return _("Ce qui rapproche ou sépare : %s.") % words.listed(said)


def _unknown(to_reader: str, of_others: str) -> Callable[[Speaker], str]:
    return lambda speaker: speaker.say(_(to_reader), _(of_others))


SENTENCES: dict[str, Callable[["Reason", Speaker, str], str]] = {
    "objectives": _objectives,
    "needs": _needs,
    "domains": _domains,
    "territory": _territory,
    "proximity": _proximity,
}
# Marked for translation where they are used, through ``_unknown``.
UNKNOWN: dict[str, Callable[[Speaker], str]] = {
    "objectives": _unknown(
        "Votre carré des objectifs n’est pas renseigné : il n’est pas compté.",
        "Le carré des objectifs %(of_name)s n’est pas connu : il n’est pas compté.",
    ),
    "needs": _unknown(
        "Sans besoin de votre part ou sans offre en face, rien n’est compté ici.",
        "Sans besoin %(of_name)s ou sans offre en face, rien n’est compté ici.",
    ),
    "domains": _unknown(
        "Les domaines de l’un des deux ne sont pas connus : rien n’est compté ici.",
        "Les domaines de l’un des deux ne sont pas connus : rien n’est compté ici.",
    ),
    "territory": _unknown(
        "Les lieux de l’un des deux ne sont pas connus : rien n’est compté ici.",
        "Les lieux de l’un des deux ne sont pas connus : rien n’est compté ici.",
    ),
    "proximity": _unknown(
        "Ni les tailles, ni les valeurs, ni un lien ne sont connus : "
        "rien n’est compté ici.",
        "Ni les tailles, ni les valeurs, ni un lien ne sont connus : "
        "rien n’est compté ici.",
    ),
}
