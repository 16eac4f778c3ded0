"""The sections of the French classification of activities (INSEE, NAF rév. 2, 2008)."""

from django.utils.translation import gettext_lazy as _

SECTIONS = {
    "A": _("Agriculture, sylviculture et pêche"),
    "B": _("Industries extractives"),
    "C": _("Industrie manufacturière"),
    "D": _("Production et distribution d’électricité et de gaz"),
    "E": _("Eau, assainissement, déchets, dépollution"),
    "F": _("Construction"),
    "G": _("Commerce, réparation d’automobiles et de motocycles"),
    "H": _("Transports et entreposage"),
    "I": _("Hébergement et restauration"),
    "J": _("Information et communication"),
    "K": _("Activités financières et d’assurance"),
    "L": _("Activités immobilières"),
    "M": _("Activités spécialisées, scientifiques et techniques"),
    "N": _("Services administratifs et de soutien"),
    "O": _("Administration publique"),
    "P": _("Enseignement"),
    "Q": _("Santé humaine et action sociale"),
    "R": _("Arts, spectacles et activités récréatives"),
    "S": _("Autres services"),
    "T": _("Activités des ménages"),
    "U": _("Activités extraterritoriales"),
}
