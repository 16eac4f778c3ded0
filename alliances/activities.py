"""The sections of the French classification of activities, and their divisions.

Source: INSEE, NAF rév. 2, 2008.
"""

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

# First and last division of each section, whose codes are compared in lower case.
DIVISIONS_OF_SECTION = {
    "a": (1, 3),
    "b": (5, 9),
    "c": (10, 33),
    "d": (35, 35),
    "e": (36, 39),
    "f": (41, 43),
    "g": (45, 47),
    "h": (49, 53),
    "i": (55, 56),
    "j": (58, 63),
    "k": (64, 66),
    "l": (68, 68),
    "m": (69, 75),
    "n": (77, 82),
    "o": (84, 84),
    "p": (85, 85),
    "q": (86, 88),
    "r": (90, 93),
    "s": (94, 96),
    "t": (97, 98),
    "u": (99, 99),
}
