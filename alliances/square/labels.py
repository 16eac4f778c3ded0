"""The words of the square for each kind of actor; its positions never change.

Labels marked METHOD come from the sources, those marked INFERENCE attach words of the
sources to the corners, those marked PLATFORM are this site's own wording and say so
(docs/sources.md). The help sentences are written for this site, after the
cited source.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.enums import ActorKind
from alliances.square.geometry import Corner

Text = str | Promise


class Origin(StrEnum):
    """Where a wording comes from, and so how it is shown."""

    METHOD = "method"
    INFERENCE = "inference"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Source:
    """A document and the place in it."""

    document: Text
    section: Text

    def __str__(self) -> str:
        return f"{self.document}, {self.section}"


@dataclass(frozen=True, slots=True)
class CornerWords:
    """What one objective is called for one kind of actor."""

    short: Text
    label: Text
    help: Text


@dataclass(frozen=True, slots=True)
class AxisWords:
    """The ends of the two axes: on the drawing, then in a sentence."""

    left: Text
    right: Text
    top: Text
    bottom: Text
    towards_left: Text
    towards_right: Text
    towards_top: Text
    towards_bottom: Text


@dataclass(frozen=True, slots=True)
class SquareWords:
    """Every word of the square for one kind of actor."""

    corners: dict[Corner, CornerWords]
    axes: AxisWords
    source: Source
    origin: Origin

    @property
    def is_our_wording(self) -> bool:
        """Whether the page must say « formulation propre à la plateforme »."""
        return self.origin is Origin.PLATFORM


GUIDE = _("« Coopérer efficacement », ORSE et Le RAMEAU, 2023")
NOTE = _("« La co-construction en territoire », Le RAMEAU, 2014")

AXES = AxisWords(
    left=_("mobilisation"),
    right=_("performance"),
    top=_("l’organisation"),
    bottom=_("l’écosystème"),
    towards_left=_("la mobilisation des acteurs"),
    towards_right=_("la performance des actions"),
    towards_top=_("l’organisation elle-même"),
    towards_bottom=_("son écosystème"),
)

AUTHORITY_AXES = AxisWords(
    left=_("enjeux sociaux"),
    right=_("enjeux économiques"),
    top=_("besoins du territoire"),
    bottom=_("territoire performant"),
    towards_left=_("les enjeux sociaux"),
    towards_right=_("les enjeux économiques"),
    towards_top=_("les besoins du territoire"),
    towards_bottom=_("un territoire performant"),
)

GENERIC = SquareWords(
    corners={
        Corner.HR: CornerWords(
            short=_("Ressources humaines"),
            label=_("Ressources humaines et fonctionnement"),
            help=_(
                "Réunir et faire grandir les personnes qui font vivre l’organisation."
            ),
        ),
        Corner.STK: CornerWords(
            short=_("Ancrage"),
            label=_("Parties prenantes et ancrage"),
            help=_("Se faire connaître, écouter et compter sur son territoire."),
        ),
        Corner.ECO: CornerWords(
            short=_("Modèle économique"),
            label=_("Modèle économique"),
            help=_("Consolider ce qui fait vivre l’organisation dans la durée."),
        ),
        Corner.INN: CornerWords(
            short=_("Innovation"),
            label=_("Innovation"),
            help=_("Inventer avec d’autres des réponses qui n’existent pas encore."),
        ),
    },
    axes=AXES,
    source=Source(GUIDE, _("partie 2, « Le carré magique des objectifs »")),
    origin=Origin.METHOD,
)

COMPANY = SquareWords(
    corners={
        Corner.HR: CornerWords(
            short=_("Impliquer ses équipes"),
            label=_("Impliquer ses ressources humaines"),
            help=_(
                "Donner du sens, souder les équipes, développer des compétences "
                "autour d’un projet utile."
            ),
        ),
        Corner.STK: CornerWords(
            short=_("Dialoguer, s’ancrer"),
            label=_("Dialoguer avec les parties prenantes externes"),
            help=_(
                "Échanger autrement avec clients, fournisseurs, élus et voisins, "
                "et s’ancrer sur le territoire."
            ),
        ),
        Corner.ECO: CornerWords(
            short=_("Performance économique"),
            label=_("Renforcer sa performance économique"),
            help=_(
                "Réduire des coûts, toucher de nouveaux clients, mieux répondre aux "
                "appels d’offres à clauses sociales ou environnementales."
            ),
        ),
        Corner.INN: CornerWords(
            short=_("Innover"),
            label=_("Innover"),
            help=_(
                "S’appuyer sur celles et ceux qui connaissent le terrain pour repérer "
                "les besoins et faire évoluer produits, services et pratiques."
            ),
        ),
    },
    axes=AXES,
    source=Source(GUIDE, _("partie 2, « Objectifs pour les entreprises »")),
    origin=Origin.METHOD,
)

ASSOCIATION = SquareWords(
    corners={
        Corner.HR: CornerWords(
            short=_("Compétences"),
            label=_("Mobiliser des compétences et des richesses humaines"),
            help=_(
                "Trouver des bras pour un temps fort, une expertise, un savoir-faire "
                "de métier."
            ),
        ),
        Corner.STK: CornerWords(
            short=_("Acteurs et réseaux"),
            label=_("Impliquer les acteurs et réseaux de l’acteur économique"),
            help=_(
                "Toucher de nouveaux réseaux et faire porter la cause par d’autres "
                "que soi."
            ),
        ),
        Corner.ECO: CornerWords(
            short=_("Financements"),
            label=_("Diversifier les sources de financement"),
            help=_(
                "Un apport direct, un effet de levier sur d’autres financeurs, ou "
                "des dépenses en moins."
            ),
        ),
        Corner.INN: CornerWords(
            short=_("Innover"),
            label=_("Innover"),
            help=_(
                "Expérimenter sur le terrain, puis déployer avec celles et ceux qui "
                "savent changer d’échelle."
            ),
        ),
    },
    axes=AXES,
    source=Source(
        GUIDE, _("partie 2, « Objectifs pour les acteurs d’intérêt général »")
    ),
    origin=Origin.METHOD,
)

LOCAL_AUTHORITY = SquareWords(
    corners={
        Corner.HR: CornerWords(
            short=_("Cohésion sociale"),
            label=_("Cohésion sociale"),
            help=_(
                "Amener des mondes qui s’ignorent à se connaître et à agir ensemble."
            ),
        ),
        Corner.STK: CornerWords(
            short=_("Qualité de vie"),
            label=_("Qualité de vie"),
            help=_("Améliorer le cadre et les conditions de vie de la population."),
        ),
        Corner.ECO: CornerWords(
            short=_("Développement économique"),
            label=_("Développement économique"),
            help=_("Répondre aux besoins locaux en créant de la valeur sur place."),
        ),
        Corner.INN: CornerWords(
            short=_("Attractivité"),
            label=_("Attractivité du territoire"),
            help=_("Donner envie de venir s’installer, entreprendre et rester."),
        ),
    },
    axes=AUTHORITY_AXES,
    source=Source(NOTE, _("§ 2.a, « Les objectifs des territoires »")),
    origin=Origin.INFERENCE,
)

FOUNDATION = SquareWords(
    corners={
        Corner.HR: CornerWords(
            short=_("Équipes et experts"),
            label=_("Mobiliser ses collaborateurs et ses experts"),
            help=_(
                "Faire participer les personnes proches de la fondation aux projets."
            ),
        ),
        Corner.STK: CornerWords(
            short=_("Réseaux et territoire"),
            label=_("Mobiliser ses réseaux et son territoire"),
            help=_("Ouvrir des portes et relier les projets aux acteurs du lieu."),
        ),
        Corner.ECO: CornerWords(
            short=_("Effet de levier"),
            label=_("Renforcer l’effet de levier de ses soutiens"),
            help=_("Faire qu’un soutien en attire d’autres, prêt ou investissement."),
        ),
        Corner.INN: CornerWords(
            short=_("Expérimentation"),
            label=_("Soutenir l’expérimentation et l’innovation"),
            help=_("Donner sa chance à ce que personne ne finance encore."),
        ),
    },
    axes=AXES,
    source=Source(NOTE, _("« Le cas des fondations territoriales »")),
    origin=Origin.PLATFORM,
)

# The other kinds have no square of their own in the sources: the generic one.
WORDS: dict[str, SquareWords] = {
    ActorKind.ASSOCIATION: ASSOCIATION,
    ActorKind.COMPANY: COMPANY,
    ActorKind.LOCAL_AUTHORITY: LOCAL_AUTHORITY,
    ActorKind.FOUNDATION: FOUNDATION,
}


def words_for(kind: str) -> SquareWords:
    """Return the words of ``kind``; the generic ones when it has none of its own."""
    return WORDS.get(kind, GENERIC)


def words_shared_by(kinds: list[str]) -> SquareWords:
    """Return the words under which squares of several kinds are read together."""
    return words_for(kinds[0]) if len(set(kinds)) == 1 else GENERIC
