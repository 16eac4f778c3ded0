"""The lists of the domain: codes in English, labels in French (docs/sources.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    """Who acts; chosen by economic model, not by legal form."""

    ASSOCIATION = "association", _("Association")
    COMPANY = "company", _("Entreprise")
    LOCAL_AUTHORITY = "local_authority", _("Collectivité")
    FOUNDATION = "foundation", _("Fondation")
    ACADEMIC = "academic", _("Acteur académique")
    INSTITUTION = "institution", _("Institution, service de l’État")
    CITIZEN_GROUP = "citizen_group", _("Collectif d’habitants")


class SubKind(models.TextChoices):
    """Finer kinds (docs/interchange.md)."""

    VOLUNTEER_ONLY = "volunteer_only", _("sans salarié")
    EMPLOYER = "employer", _("employeuse")
    NETWORK_HEAD = "network_head", _("tête de réseau")
    SIAE = "siae", _("insertion par l’activité économique")
    NGO_INTERNATIONAL = "ngo_international", _("solidarité internationale")
    ADVOCACY = "advocacy", _("plaidoyer")
    COMMERCIAL = "commercial", _("société commerciale")
    SOCIAL_ECONOMY = "social_economy", _("économie sociale et solidaire")
    COMPANY_NETWORK = "company_network", _("club ou fédération d’entreprises")
    PUBLIC_SERVICE = "public_service", _("entreprise de service public")
    COMMUNE = "commune", _("commune")
    EPCI = "epci", _("intercommunalité")
    PAYS_PETR = "pays_petr", _("pays ou pôle territorial")
    DEPARTEMENT = "departement", _("département")
    REGION = "region", _("région")
    METROPOLE = "metropole", _("métropole")
    CORPORATE = "corporate", _("fondation d’entreprise")
    FAMILY = "family", _("fondation familiale")
    SHELTERED = "sheltered", _("fondation abritée")
    PUBLIC_UTILITY = "public_utility", _("reconnue d’utilité publique")
    ENDOWMENT_FUND = "endowment_fund", _("fonds de dotation")
    TERRITORIAL = "territorial", _("fondation territoriale")


SUB_KINDS_OF: dict[str, tuple[str, ...]] = {
    ActorKind.ASSOCIATION: (
        SubKind.VOLUNTEER_ONLY,
        SubKind.EMPLOYER,
        SubKind.NETWORK_HEAD,
        SubKind.SIAE,
        SubKind.NGO_INTERNATIONAL,
        SubKind.ADVOCACY,
    ),
    ActorKind.COMPANY: (
        SubKind.COMMERCIAL,
        SubKind.SOCIAL_ECONOMY,
        SubKind.SIAE,
        SubKind.COMPANY_NETWORK,
        SubKind.PUBLIC_SERVICE,
    ),
    ActorKind.LOCAL_AUTHORITY: (
        SubKind.COMMUNE,
        SubKind.EPCI,
        SubKind.PAYS_PETR,
        SubKind.DEPARTEMENT,
        SubKind.REGION,
        SubKind.METROPOLE,
    ),
    ActorKind.FOUNDATION: (
        SubKind.CORPORATE,
        SubKind.FAMILY,
        SubKind.SHELTERED,
        SubKind.PUBLIC_UTILITY,
        SubKind.ENDOWMENT_FUND,
        SubKind.TERRITORIAL,
    ),
    ActorKind.ACADEMIC: (),
    ActorKind.INSTITUTION: (),
    ActorKind.CITIZEN_GROUP: (),
}


class EconomicModel(models.TextChoices):
    """Socio-economic model, needed by rule R01."""

    GENERAL_INTEREST = "ig_model", _("intérêt général")
    SOCIAL_UTILITY = "us_model", _("utilité sociale")


class Size(models.TextChoices):
    """Size of an organisation."""

    MICRO = "micro", _("très petite (moins de 10 salariés)")
    SME = "sme", _("petite ou moyenne (10 à 249)")
    MID_CAP = "mid_cap", _("intermédiaire (250 à 4 999)")
    LARGE = "large", _("grande (5 000 et plus)")


# French statistical definition (docs/sources.md): staff below -> size.
SIZE_BELOW_STAFF = ((10, Size.MICRO), (250, Size.SME), (5_000, Size.MID_CAP))


def size_of(staff: int) -> Size:
    """Return the size of an organisation of ``staff`` employees."""
    for limit, size in SIZE_BELOW_STAFF:
        if staff < limit:
            return size
    return Size.LARGE


class PartnershipType(models.TextChoices):
    """The four types of partnership."""

    PATRONAGE = "patronage", _("Mécénat")
    RESPONSIBLE_PRACTICES = "responsible_practices", _("Pratiques responsables")
    ECONOMIC_COOPERATION = "economic_cooperation", _("Coopération économique")
    SOCIETAL_INNOVATION = "societal_innovation", _("Innovation sociétale")


class FragilityDomain(models.TextChoices):
    """The sixteen domains."""

    EMPLOYMENT = "employment", _("Emploi, insertion")
    ECONOMIC_DEVELOPMENT = "economic_development", _("Développement économique")
    LIVING_STANDARDS = "living_standards", _("Niveau de vie, pouvoir d’achat")
    POVERTY_EXCLUSION = "poverty_exclusion", _("Pauvreté, exclusion")
    POOR_HOUSING = "poor_housing", _("Mal-logement")
    DISABILITY_DIVERSITY = "disability_diversity", _("Diversité, handicap")
    AGEING = "ageing", _("Vieillissement, intergénérationnel")
    ISOLATION_SOCIAL_LINK = "isolation_social_link", _("Isolement, lien social")
    EDUCATION = "education", _("Éducation")
    HEALTH = "health", _("Santé")
    SAFETY = "safety", _("Sécurité, délinquance")
    MOBILITY = "mobility", _("Mobilité, transports")
    DIGITAL_ACCESS = "digital_access", _("Accès au numérique")
    CULTURE_LEISURE = "culture_leisure", _("Culture, loisirs")
    ENVIRONMENT = "environment", _("Environnement")
    ENERGY_TRANSITION = "energy_transition", _("Transition énergétique")


class DomainGroup(models.TextChoices):
    """The four families of domains."""

    ECONOMIC = "economic", _("Économique")
    SOCIAL = "social", _("Social")
    SOCIETAL = "societal", _("Sociétal")
    ENVIRONMENTAL = "environmental", _("Environnemental")


_DOMAINS = list(FragilityDomain)
DOMAINS_OF_GROUP: dict[str, tuple[FragilityDomain, ...]] = {
    DomainGroup.ECONOMIC: tuple(_DOMAINS[:3]),
    DomainGroup.SOCIAL: tuple(_DOMAINS[3:8]),
    DomainGroup.SOCIETAL: tuple(_DOMAINS[8:14]),
    DomainGroup.ENVIRONMENTAL: tuple(_DOMAINS[14:]),
}


class Means(models.TextChoices):
    """What one brings or seeks."""

    DONATION = "donation", _("Don")
    LOAN = "loan", _("Prêt")
    EQUITY = "equity", _("Prise de participation")
    SERVICE_PAYMENT = "service_payment", _("Prestation, achat")
    CO_FUNDING_LEVERAGE = (
        "co_funding_leverage",
        _("Effet de levier sur d’autres financements"),
    )
    COST_SAVING = "cost_saving", _("Économie de coûts")
    DEDICATED_TEAM = "dedicated_team", _("Équipe dédiée, référent")
    CORE_BUSINESS_SKILLS = "core_business_skills", _("Compétences cœur de métier")
    SKILLS_PATRONAGE = "skills_patronage", _("Mécénat de compétences")
    SKILLS_VOLUNTEERING = "skills_volunteering", _("Bénévolat de compétences")
    ONE_OFF_MOBILISATION = (
        "one_off_mobilisation",
        _("Mobilisation ponctuelle d’équipes"),
    )
    MENTORING = "mentoring", _("Mentorat, parrainage")
    PUBLICS_KNOWLEDGE = "publics_knowledge", _("Connaissance des publics fragiles")
    PARTICIPATORY_ENGINEERING = (
        "participatory_engineering",
        _("Ingénierie participative"),
    )
    MANAGEMENT_TIME = "management_time", _("Temps de direction")
    PREMISES = "premises", _("Locaux, lieux")
    EQUIPMENT = "equipment", _("Matériel, produits")
    LOGISTICS = "logistics", _("Soutien logistique")
    DATA_TOOLS = "data_tools", _("Outils, données")
    NETWORKS = "networks", _("Réseaux, mise en relation")
    COMMUNICATION_RELAY = "communication_relay", _("Relais de communication")
    CREDIBILITY = "credibility", _("Caution, crédibilité")
    MARKET_ACCESS = "market_access", _("Accès à un marché, à des clients")
    PUBLIC_POLICY_FIT = (
        "public_policy_fit",
        _("Inscription dans les politiques publiques"),
    )


class MeansCategory(models.TextChoices):
    """Families of means."""

    FINANCIAL = "financial", _("Financiers")
    HUMAN = "human", _("Humains")
    MATERIAL = "material", _("Matériels")
    RELATIONAL = "relational", _("Relationnels")


_MEANS = list(Means)
MEANS_OF_CATEGORY: dict[str, tuple[Means, ...]] = {
    MeansCategory.FINANCIAL: tuple(_MEANS[:6]),
    MeansCategory.HUMAN: tuple(_MEANS[6:15]),
    MeansCategory.MATERIAL: tuple(_MEANS[15:19]),
    MeansCategory.RELATIONAL: tuple(_MEANS[19:]),
}


class Phase(models.TextChoices):
    """Phase of a project."""

    R_AND_D = "r_and_d", _("Expérimentation (R&D sociétale)")
    DEPLOYMENT = "deployment", _("Déploiement")


class Maturity(models.IntegerChoices):
    """Experience of partnerships; wording of the platform."""

    DISCOVERY = 0, _("Découverte")
    ENTRY_DOOR = 1, _("Premiers partenariats")
    CO_CONSTRUCTION = 2, _("Co-construction")
    STRATEGIC = 3, _("Partenariats stratégiques")


class MembershipRole(models.TextChoices):
    """Rights of a person in an organisation."""

    CONTRIBUTOR = "contributor", _("Membre")
    REFERENT = "referent", _("Personne référente")
    SIGNATORY = "signatory", _("Signataire")


# Who decides for the organisation: gives its answers, manages its members.
RESPONSIBLE_ROLES = (MembershipRole.REFERENT, MembershipRole.SIGNATORY)


class MandateRole(models.TextChoices):
    """Rights of a person over a territory."""

    CATALYST = "catalyst", _("Catalyseur")
    OBSERVER = "observer", _("Observateur")


class ClosingSentence(models.TextChoices):
    """How an organisation takes its leave, whole: the other side reads it as it is."""

    PLAIN = (
        "plain",
        _(
            "Merci pour votre intérêt. Nous ne donnerons pas suite à cette mise en "
            "relation ; nous vous souhaitons de trouver le bon partenaire."
        ),
    )
    NOT_NOW = (
        "not_now",
        _(
            "Merci de nous avoir écrit. Nous ne sommes pas disponibles en ce moment : "
            "nous préférons vous le dire que vous faire attendre."
        ),
    )
    OTHER_PATH = (
        "other_path",
        _(
            "Merci pour nos échanges. Nos projets prennent des chemins différents ; "
            "nous gardons un bon souvenir de cette rencontre."
        ),
    )
    DONE = (
        "done",
        _(
            "Nous nous sommes dit l’essentiel et nous poursuivons autrement. Merci pour "
            "ces échanges."
        ),
    )


class ClosingReason(models.TextChoices):
    """Why an organisation closes; the other side reads it if its author chose so."""

    NO_TIME = "no_time", _("Nous manquons de temps")
    OTHER_PRIORITY = "other_priority", _("Nos priorités ont changé")
    TOO_FAR = "too_far", _("Nos territoires sont trop éloignés")
    MEANS = "means", _("Nous n’avons pas les moyens recherchés")
    SUBJECT = "subject", _("Le sujet est trop éloigné du nôtre")
    FOUND = "found", _("Nous avons trouvé un autre partenaire")
    RULES = "rules", _("Nos règles internes ne le permettent pas")


class ReportReason(models.TextChoices):
    """What somebody tells the moderators."""

    SPAM = "spam", _("Publicité ou démarchage sans rapport")
    FRAUD = "fraud", _("Tentative d’escroquerie, fausse identité")
    INSULT = "insult", _("Injures, propos haineux ou discriminatoires")
    HARASSMENT = "harassment", _("Insistance, harcèlement")
    DANGEROUS_FILE = "dangerous_file", _("Fichier ou lien dangereux")
    PRIVATE_DATA = "private_data", _("Données personnelles divulguées")
    OTHER = "other", _("Autre chose")


class RefusalReason(models.TextChoices):
    """Why an organisation answers no to another: for its own members alone."""

    SUBJECT = "subject", _("Ce n’est pas notre sujet")
    DISTANCE = "distance", _("C’est trop loin")
    MEANS = "means", _("Ce qui est proposé ne répond pas à ce que nous cherchons")
    TIME = "time", _("Ce n’est pas le moment")
    KNOWN = "known", _("Nous travaillons déjà ensemble")
    OTHER = "other", _("Une autre raison")


class Part(models.TextChoices):
    """Parts of a profile that are shown or hidden together."""

    IDENTITY = "identity", _("Nature, nom et présentation")
    PLACES = "places", _("Lieux")
    DOMAINS = "domains", _("Domaines")
    MEANS = "means", _("Moyens offerts et recherchés")
    TYPES = "types", _("Types de partenariat")
    SQUARE = "square", _("Carré des objectifs")
    MATURITY = "maturity", _("Expérience des partenariats")
    SIZE = "size", _("Taille")
    VALUES = "values", _("Valeurs")
    PERSONS = "persons", _("Personnes et contacts")
    PRIVATE = "private", _("Exclusions et notes privées")


PUBLIC_PARTS = frozenset(
    {Part.IDENTITY, Part.PLACES, Part.DOMAINS, Part.MEANS, Part.TYPES}
)
PARTNER_PARTS = PUBLIC_PARTS | {Part.SQUARE, Part.MATURITY, Part.SIZE, Part.VALUES}
HIDEABLE_PARTS = PARTNER_PARTS - {Part.IDENTITY}
