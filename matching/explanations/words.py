"""Means, domains and types as they stand inside a sentence."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.enums import FragilityDomain, Means, PartnershipType

Text = str | Promise

MEANS: dict[str, Text] = {
    Means.DONATION: gettext_lazy("un don"),
    Means.LOAN: gettext_lazy("un prêt"),
    Means.EQUITY: gettext_lazy("une prise de participation"),
    Means.SERVICE_PAYMENT: gettext_lazy("l’achat de prestations"),
    Means.CO_FUNDING_LEVERAGE: gettext_lazy(
        "un effet de levier sur d’autres financements"
    ),
    Means.COST_SAVING: gettext_lazy("des économies de coûts"),
    Means.DEDICATED_TEAM: gettext_lazy("une équipe dédiée"),
    Means.CORE_BUSINESS_SKILLS: gettext_lazy("des compétences cœur de métier"),
    Means.SKILLS_PATRONAGE: gettext_lazy("du mécénat de compétences"),
    Means.SKILLS_VOLUNTEERING: gettext_lazy("du bénévolat de compétences"),
    Means.ONE_OFF_MOBILISATION: gettext_lazy("une mobilisation ponctuelle d’équipes"),
    Means.MENTORING: gettext_lazy("du mentorat"),
    Means.PUBLICS_KNOWLEDGE: gettext_lazy("une connaissance des publics fragiles"),
    Means.PARTICIPATORY_ENGINEERING: gettext_lazy("de l’ingénierie participative"),
    Means.MANAGEMENT_TIME: gettext_lazy("du temps de direction"),
    Means.PREMISES: gettext_lazy("des locaux"),
    Means.EQUIPMENT: gettext_lazy("du matériel ou des produits"),
    Means.LOGISTICS: gettext_lazy("un soutien logistique"),
    Means.DATA_TOOLS: gettext_lazy("des outils et des données"),
    Means.NETWORKS: gettext_lazy("des réseaux"),
    Means.COMMUNICATION_RELAY: gettext_lazy("des relais de communication"),
    Means.CREDIBILITY: gettext_lazy("une caution"),
    Means.MARKET_ACCESS: gettext_lazy("l’accès à un marché"),
    Means.PUBLIC_POLICY_FIT: gettext_lazy(
        "l’inscription dans les politiques publiques"
    ),
}
DOMAINS: dict[str, Text] = {
    FragilityDomain.EMPLOYMENT: gettext_lazy("l’emploi et l’insertion"),
    FragilityDomain.ECONOMIC_DEVELOPMENT: gettext_lazy("le développement économique"),
    FragilityDomain.LIVING_STANDARDS: gettext_lazy("le niveau de vie"),
    FragilityDomain.POVERTY_EXCLUSION: gettext_lazy("la pauvreté et l’exclusion"),
    FragilityDomain.POOR_HOUSING: gettext_lazy("le mal-logement"),
    FragilityDomain.DISABILITY_DIVERSITY: gettext_lazy("la diversité et le handicap"),
    FragilityDomain.AGEING: gettext_lazy("le vieillissement"),
    FragilityDomain.ISOLATION_SOCIAL_LINK: gettext_lazy(
        "l’isolement et le lien social"
    ),
    FragilityDomain.EDUCATION: gettext_lazy("l’éducation"),
    FragilityDomain.HEALTH: gettext_lazy("la santé"),
    FragilityDomain.SAFETY: gettext_lazy("la sécurité"),
    FragilityDomain.MOBILITY: gettext_lazy("la mobilité"),
    FragilityDomain.DIGITAL_ACCESS: gettext_lazy("l’accès au numérique"),
    FragilityDomain.CULTURE_LEISURE: gettext_lazy("la culture et les loisirs"),
    FragilityDomain.ENVIRONMENT: gettext_lazy("l’environnement"),
    FragilityDomain.ENERGY_TRANSITION: gettext_lazy("la transition énergétique"),
}
TYPES: dict[str, Text] = {
    PartnershipType.PATRONAGE: gettext_lazy("le mécénat"),
    PartnershipType.RESPONSIBLE_PRACTICES: gettext_lazy("les pratiques responsables"),
    PartnershipType.ECONOMIC_COOPERATION: gettext_lazy("la coopération économique"),
    PartnershipType.SOCIETAL_INNOVATION: gettext_lazy("l’innovation sociétale"),
}
TO_TYPES: dict[str, Text] = {
    PartnershipType.PATRONAGE: gettext_lazy("au mécénat"),
    PartnershipType.RESPONSIBLE_PRACTICES: gettext_lazy("aux pratiques responsables"),
    PartnershipType.ECONOMIC_COOPERATION: gettext_lazy("à la coopération économique"),
    PartnershipType.SOCIETAL_INNOVATION: gettext_lazy("à l’innovation sociétale"),
}
COMPONENTS: dict[str, Text] = {
    "objectives": gettext_lazy("Objectifs"),
    "needs": gettext_lazy("Besoins couverts"),
    "domains": gettext_lazy("Domaines communs"),
    "territory": gettext_lazy("Territoire"),
    "proximity": gettext_lazy("Proximité"),
}

LAST = gettext_lazy("%(first)s et %(last)s")
LAST_DOMAIN = gettext_lazy("%(first)s, ainsi que %(last)s")
OTHERS = gettext_lazy("%(n)d autres")
OTHER_MEANS = gettext_lazy("%(n)d autres moyens")
OTHER_DOMAINS = gettext_lazy("%(n)d autres sujets")

VOWELS = tuple("aàâäeéèêëiîïoôöuùûüyAÀÂÄEÉÈÊËIÎÏOÔÖUÙÛÜYœŒ")


def of(name: str) -> str:
    """Return the name after « de », elided where French elides."""
    return f"d’{name}" if name.startswith(VOWELS) else f"de {name}"


def that(name: str) -> str:
    """Return the name after « que », elided where French elides."""
    return f"qu’{name}" if name.startswith(VOWELS) else f"que {name}"


def listed(
    items: Sequence[Text], *, most: int = 3, others: Text = OTHERS, last: Text = LAST
) -> str:
    """Return ``a``, ``a et b``, ``a, b et c``; beyond ``most``, ``others`` counts."""
    texts = [str(item) for item in items]
    if len(texts) > most:
        hidden = len(texts) - most + 1
        texts = [*texts[: most - 1], str(others) % {"n": hidden}]
    if len(texts) < 2:  # noqa: PLR2004 - one item, or none
        return "".join(texts)
    return str(last) % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def means(codes: Sequence[str], *, most: int = 3) -> str:
    return listed([MEANS[code] for code in codes], most=most, others=OTHER_MEANS)


def domains(codes: Sequence[str], *, most: int = 3) -> str:
    """Join domains; several of their names already hold « et »."""
    names = [DOMAINS[code] for code in codes]
    return listed(names, most=most, others=OTHER_DOMAINS, last=LAST_DOMAIN)


def percent(share: float) -> str:
    """Return a share as people read it; never 100 when something is missing."""
    rounded = round(100 * share)
    if share < 1:
        rounded = min(rounded, 99)
    return _("%(n)s %%") % {"n": max(rounded, 1) if share > 0 else 0}


def kilometres(distance_km: float) -> str:
    if distance_km < 1:
        return _("moins d’un kilomètre")
    return _("%(n)d km") % {"n": round(distance_km)}
