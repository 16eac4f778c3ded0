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
    BADGES = "badges", _("Badges")
    SIGNING = "emargement", _("Feuille d’émargement")
    CARDS = "tables", _("Cartes de table")
    GRID = "grille", _("La grille")
    COMMITMENTS = "engagements", _("Cartes d’engagement")
    WORKBOOK = "tableur", _("Le tableur")


# They name no table: of use before a programme is published.
EARLY_SHEETS = (SheetKind.BADGES, SheetKind.SIGNING)
# Hundreds of sheets: made by a job, kept a day.
LONG_SHEETS = (SheetKind.PROGRAMMES, SheetKind.COMMITMENTS)


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
