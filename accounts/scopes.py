"""What a key of the API may be for: it never gives more than its person has."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """Declared by the policy row of each operation; without one, no key opens it."""

    DIRECTORY = "read:directory", _("lire l’annuaire et les territoires")
    PROPOSALS = "read:proposals", _("lire les propositions de partenariat")
