"""Why this type: what the typology says, entry doors, phase (docs/sources.md)."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.enums import ActorKind, PartnershipType
from matching.explanations import words
from matching.explanations.words import Text

# What the partnership changes for the economic actor (« Coopérer efficacement »,
# l.228-232 and l.411-421).
CHANGES: dict[str, Text] = {
    PartnershipType.PATRONAGE: gettext_lazy(
        "il s’agit de renforcer son positionnement, par un soutien sans contrepartie"
    ),
    PartnershipType.RESPONSIBLE_PRACTICES: gettext_lazy(
        "il s’agit d’améliorer sa chaîne de valeur, grâce au savoir-faire de l’autre"
    ),
    PartnershipType.ECONOMIC_COOPERATION: gettext_lazy(
        "il s’agit de faire évoluer son modèle socio-économique, par une offre commune"
    ),
    PartnershipType.SOCIETAL_INNOVATION: gettext_lazy(
        "il s’agit d’enrichir sa proposition de valeur, par une solution nouvelle"
    ),
}
PHASES: dict[str, Text] = {
    "phase_deployment": gettext_lazy(
        "Vous en êtes au déploiement : l’innovation sociétale laisse la place à la "
        "coopération économique, avec d’autres règles juridiques, sociales et fiscales."
    ),
    "phase_r_and_d": gettext_lazy(
        "Vous en êtes à l’expérimentation : l’innovation sociétale convient mieux "
        "que la coopération économique."
    ),
    "entry_door": gettext_lazy(
        "L’innovation sociétale demande de l’expérience à toutes les parties : "
        "commencez par une porte d’entrée, mécénat ou pratiques responsables."
    ),
}
ENTRY_DOOR = gettext_lazy(
    "Pour un premier partenariat, le mécénat (le plus naturel pour une association) "
    "et les pratiques responsables (pour une entreprise) sont les portes d’entrée ; "
    "les autres types touchent aux enjeux stratégiques."
)
DEEPER_TYPES = frozenset(
    {PartnershipType.ECONOMIC_COOPERATION, PartnershipType.SOCIETAL_INNOVATION}
)
BEGINNER = 1  # maturity up to which an entry door is recommended (docs/sources.md)


def type_sentences(
    type_code: str,
    *,
    is_named: bool,
    kinds: Sequence[str],
    naming_reasons: Collection[str],
    maturities: Sequence[int | None] = (),
) -> list[str]:
    """Say why the pair is named so, and where to begin; the first one always stands."""
    said = [_typology(type_code, kinds, is_named=is_named)]
    said += [str(PHASES[reason]) for reason in PHASES if reason in naming_reasons]
    begins = any(m is not None and m <= BEGINNER for m in maturities)
    is_classic = set(kinds) == {ActorKind.ASSOCIATION, ActorKind.COMPANY}
    if begins and is_classic and type_code in DEEPER_TYPES:
        said.append(str(ENTRY_DOOR))
    return said


def _typology(type_code: str, kinds: Sequence[str], *, is_named: bool) -> str:
    name = str(words.TYPES[type_code])
    title = name[0].upper() + name[1:]
    if list(kinds).count(ActorKind.COMPANY) == 1:
        return _("%(type)s, du côté de l’entreprise : %(change)s.") % {
            "type": title,
            "change": CHANGES[type_code],
        }
    if is_named:
        return _(
            "%(type)s : c’est le type pour lequel les attentes se répondent le mieux."
        ) % {"type": title}
    return _("%(type)s : un autre type possible entre les deux.") % {"type": title}
