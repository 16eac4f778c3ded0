"""What the four types of partnership are, in one line (docs/sources.md)."""

from django.utils.translation import gettext_lazy as _

from alliances.enums import PartnershipType
from matching.explanations.words import Text

DEFINITIONS: dict[str, Text] = {
    PartnershipType.PATRONAGE: _(
        "Soutenir un projet d’intérêt général sans contrepartie : argent, temps, "
        "compétences, matériel."
    ),
    PartnershipType.RESPONSIBLE_PRACTICES: _(
        "Améliorer ses pratiques avec le savoir-faire de l’autre : achats responsables, "
        "recrutement inclusif, communication solidaire."
    ),
    PartnershipType.ECONOMIC_COOPERATION: _(
        "Construire ensemble une offre commune : mettre des moyens en commun, répondre "
        "à deux à un marché."
    ),
    PartnershipType.SOCIETAL_INNOVATION: _(
        "Inventer et essayer ensemble une solution nouvelle, à partir des besoins du "
        "terrain."
    ),
}
