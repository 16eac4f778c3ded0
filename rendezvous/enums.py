"""The lists of a gathering: codes in English, labels in French (docs/glossary.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventType(models.TextChoices):
    """What catalysts organise (docs/sources.md)."""

    SPEED_DATING = "speed_dating", _("Rencontres éclair")
    BUSINESS_MEETING = "business_meeting", _("Rendez-vous d’affaires")
    THEMATIC_GROUP = "thematic_group", _("Groupe de réflexion")
    OPEN_FORUM = "open_forum", _("Forum ouvert")
    FORUM_THEATRE = "forum_theatre", _("Théâtre forum")
    AWARENESS_CONFERENCE = "awareness_conference", _("Conférence")
    TRAINING = "training", _("Formation")
    DIAGNOSIS_SHARING = "diagnosis_sharing", _("Partage de diagnostic")
    DIALOGUE_PLENARY = "dialogue_plenary", _("Invitation au dialogue")
    RESTITUTION_PLENARY = "restitution_plenary", _("Restitution des travaux")
    WEBINAR = "webinar", _("Webinaire")
    NETWORKING = "networking", _("Rencontre conviviale")


class SessionState(models.TextChoices):
    """Where a session stands."""

    DRAFT = "draft", _("En préparation")
    OPEN = "open", _("Inscriptions ouvertes")
    CLOSED = "closed", _("Inscriptions closes")
    CANCELLED = "cancelled", _("Annulée")


class RegistrationState(models.TextChoices):
    """Whether an organisation has a place."""

    CONFIRMED = "confirmed", _("Inscrite")
    WAITING = "waiting", _("Sur liste d’attente")
    CANCELLED = "cancelled", _("Désinscrite")


class WishAnswer(models.TextChoices):
    """What a participant wishes of another; nobody else reads it."""

    MUST = "must", _("À rencontrer absolument")
    LIKE = "like", _("Volontiers")
    NO = "no", _("Non, merci")


class ScheduleState(models.TextChoices):
    """Who reads a version of the programme."""

    DRAFT = "draft", _("Brouillon")
    PROVISIONAL = "provisional", _("Provisoire")
    PUBLISHED = "published", _("Publié")
    REPLACED = "replaced", _("Remplacé")


class Presence(models.TextChoices):
    """Where somebody stands on the day."""

    EXPECTED = "expected", _("Attendue")
    ARRIVED = "arrived", _("Arrivée")
    ABSENT = "absent", _("Absente")


class OfferWay(models.TextChoices):
    """What is proposed to who has no table in a round."""

    TOGETHER = "together", _("Se retrouver à deux")
    JOIN = "join", _("Rejoindre une table")
    COFFEE = "coffee", _("Se voir au café")
    NOTHING = "nothing", _("Être accueillie par l’équipe")


class SheetKind(models.TextChoices):
    """What is printed of a session; the code is part of its address."""

    PROGRAMMES = "programmes", _("Tous les programmes")
    BOOKLETS = "livrets", _("Tous les livrets")
    BADGES = "badges", _("Badges")
    SIGNING = "emargement", _("Feuille d’émargement")
    CARDS = "tables", _("Cartes de table")
    GRID = "grille", _("La grille")
    COMMITMENTS = "engagements", _("Fiches d’engagement")
    WORKBOOK = "tableur", _("Le tableur")


# They name no table: of use before a programme is published.
EARLY_SHEETS = (SheetKind.BADGES, SheetKind.SIGNING)
# Hundreds of sheets: made by a job, kept a day.
LONG_SHEETS = (
    SheetKind.PROGRAMMES,
    SheetKind.BOOKLETS,
    SheetKind.CARDS,
    SheetKind.COMMITMENTS,
)


class Zone(models.TextChoices):
    """Where France keeps time."""

    PARIS = "Europe/Paris", _("France métropolitaine")
    GUADELOUPE = "America/Guadeloupe", _("Guadeloupe")
    MARTINIQUE = "America/Martinique", _("Martinique")
    GUYANE = "America/Cayenne", _("Guyane")
    SAINT_PIERRE = "America/Miquelon", _("Saint-Pierre-et-Miquelon")
    REUNION = "Indian/Reunion", _("La Réunion")
    MAYOTTE = "Indian/Mayotte", _("Mayotte")
    TAHITI = "Pacific/Tahiti", _("Polynésie française")
    NOUMEA = "Pacific/Noumea", _("Nouvelle-Calédonie")
    WALLIS = "Pacific/Wallis", _("Wallis-et-Futuna")


class Language(models.TextChoices):
    """In which language people speak at the tables."""

    FRENCH = "fr", _("français")
    ENGLISH = "en", _("anglais")
    GERMAN = "de", _("allemand")
    SPANISH = "es", _("espagnol")
    ITALIAN = "it", _("italien")
    SIGNS = "lsf", _("langue des signes française")


class FeedbackAnswer(models.TextChoices):
    """What one side says of a meeting; hidden until the other side has answered too."""

    YES = "yes", _("Je veux continuer")
    MAYBE = "maybe", _("Peut-être")
    NO = "no", _("Non")


class Outcome(models.TextChoices):
    """What two answers say together."""

    MUTUAL = "mutual", _("Vous voulez continuer tous les deux")
    OPEN = "open", _("L’un de vous hésite encore")
    NONE = "none", _("Pas de suite cette fois")


class Stage(models.TextChoices):
    """How far two organisations went since they met, in order but for the last."""

    NOTHING = "nothing", _("Rien encore")
    FIRST_MEETING = "first_meeting", _("Nous nous sommes parlé")
    FRAMING = "framing", _("Nous cadrons un projet")
    AGREEMENT = "agreement", _("Nous avons un accord")
    EXECUTED = "executed", _("C’est réalisé")
    STOPPED = "stopped", _("Nous en restons là")


class StopReason(models.TextChoices):
    """Why it stops; counted for the catalyst, never told with a name."""

    NO_TIME = "no_time", _("Le temps a manqué")
    NO_MEANS = "no_means", _("Les moyens ont manqué")
    NO_ANSWER = "no_answer", _("L’autre n’a pas répondu")
    SUBJECT = "subject", _("Nos sujets sont trop éloignés")
    ANOTHER = "another", _("Nous avançons avec quelqu’un d’autre")
    OTHER = "other", _("Une autre raison")


class ProcessState(models.TextChoices):
    """Who reads a collective process."""

    DRAFT = "draft", _("En préparation")
    PUBLIC = "public", _("Publiée")


class ProcessStageCode(models.TextChoices):
    """The four stages of a collective process (docs/sources.md)."""

    INVITATION = "invitation", _("Invitation au dialogue")
    CO_CONSTRUCTION = "co_construction", _("Co-construction")
    RESTITUTION = "restitution", _("Restitution des travaux")
    IMPLEMENTATION = "implementation", _("Mise en œuvre des actions")


class GroupStep(models.TextChoices):
    """The three meetings of a group."""

    STATE = "state", _("État des lieux")
    PROPOSALS = "proposals", _("Propositions")
    PLAN = "plan", _("Plan d’action")


class ActionState(models.TextChoices):
    """What was decided of an action."""

    PROPOSED = "proposed", _("Proposée")
    KEPT = "kept", _("Retenue")
    DROPPED = "dropped", _("Non retenue")


class ActionProgress(models.TextChoices):
    """How far an action that was kept is."""

    PLANNED = "planned", _("À lancer")
    UNDER_WAY = "under_way", _("En cours")
    DONE = "done", _("Réalisée")
    STOPPED = "stopped", _("Arrêtée")
