"""What is said of each problem, in French, by code.

The texts are msgids, translated by whoever shows them.
"""


def gettext_noop(text: str) -> str:
    """Mark ``text`` for extraction by makemessages."""
    return text


_ = gettext_noop

ERRORS: dict[str, str] = {
    # The file
    "empty_file": _("Le fichier est vide : il faut au moins la ligne d’en-tête."),
    "no_row": _("Le fichier n’a que son en-tête : aucune organisation à importer."),
    "file_too_large": _("Le fichier dépasse %(limit)s Mo : coupez-le en plusieurs."),
    "utf_16": _("Le fichier est en UTF-16 : enregistrez-le au format « CSV UTF-8 »."),
    "not_utf_8": _(
        "Cette ligne n’est pas en UTF-8 (octet %(byte)s, sans doute un fichier "
        "Windows-1252) : enregistrez le fichier au format « CSV UTF-8 »."
    ),
    "too_many_rows": _("Le fichier dépasse %(limit)s lignes : coupez-le en plusieurs."),
    "tab_separated": _(
        "Les colonnes sont séparées par des tabulations : enregistrez le fichier avec "
        "des virgules ou des points-virgules."
    ),
    # Quotes and lines; reading stops there
    "unterminated_quote": _(
        "Le guillemet ouvert dans cette cellule n’est jamais refermé : refermez-le, "
        "ou doublez-le s’il fait partie du texte. La lecture s’arrête à cette ligne."
    ),
    "text_after_quote": _(
        "Du texte suit le guillemet fermant de cette cellule : doublez les guillemets "
        "qui font partie du texte. La lecture s’arrête à cette ligne."
    ),
    "quote_inside": _(
        "Un guillemet se trouve dans une cellule qui n’en est pas entourée : entourez "
        "la cellule de guillemets et doublez celui-ci. La lecture s’arrête à cette "
        "ligne."
    ),
    "lone_return": _(
        "Cette ligne finit par un retour chariot seul : enregistrez le fichier avec "
        "des fins de ligne courantes. La lecture s’arrête à cette ligne."
    ),
    "too_many_cells": _(
        "Cette ligne compte plus de %(limit)s cellules : ce n’est pas un tableau "
        "d’organisations. La lecture s’arrête à cette ligne."
    ),
    # The header
    "missing_column": _("La colonne obligatoire « %(name)s » manque dans l’en-tête."),
    "unknown_column": _(
        "Cette colonne n’est pas connue : corrigez son nom, retirez-la, ou relancez "
        "avec --ignore-unknown pour l’ignorer."
    ),
    "unnamed_column": _(
        "La colonne n° %(position)s n’a pas de nom : nommez-la ou retirez-la."
    ),
    "repeated_column": _("Cette colonne figure deux fois dans l’en-tête."),
    "too_many_columns": _(
        "L’en-tête compte %(count)s colonnes, %(limit)s au plus sont lues."
    ),
    # Any cell
    "wrong_cell_count": _(
        "La ligne compte %(count)s cellules et l’en-tête %(expected)s : vérifiez les "
        "séparateurs et les guillemets."
    ),
    "cell_too_long": _("La cellule compte %(count)s caractères, %(limit)s au plus."),
    "forbidden_character": _(
        "Caractère interdit (%(character)s) : effacez-le de la cellule."
    ),
    "damaged_text": _(
        "Le caractère « � » remplace une lettre perdue lors d’une conversion : "
        "repartez du fichier d’origine."
    ),
    "line_break": _("Cette colonne n’accepte pas de retour à la ligne."),
    "required": _("Cette cellule est obligatoire."),
    "cannot_be_erased": _("Cette cellule est obligatoire : elle ne s’efface pas."),
    "too_long": _("Le texte compte %(count)s caractères, %(limit)s au plus."),
    "too_many_items": _("La cellule compte %(count)s valeurs, %(limit)s au plus."),
    "repeated_item": _("Cette valeur figure deux fois dans la cellule."),
    "unknown_code": _("Code inconnu. Codes possibles : %(codes)s."),
    # Numbers
    "not_an_integer": _("Nombre entier attendu, écrit avec les chiffres 0 à 9."),
    "out_of_range": _("Nombre attendu entre %(low)s et %(high)s."),
    # Column by column
    "repeated_key": _("Cette clé est déjà celle de la ligne %(line)s."),
    "repeated_project": _("Ce projet est déjà décrit à la ligne %(line)s."),
    "not_of_a_project": _(
        "Cette ligne décrit le projet « %(project)s » : cette colonne se remplit sur "
        "la ligne de l’organisation, où « intention » est vide."
    ),
    "project_without_organisation": _(
        "Aucune ligne de ce fichier ni organisation de cette source ne porte cette clé : "
        "décrivez d’abord l’organisation, sur une ligne sans « intention »."
    ),
    "project_of_refused": _(
        "La ligne de l’organisation est refusée : celle de son projet aussi."
    ),
    "project_of_another": _(
        "Cette cellule diffère de ce qui est dit de l’organisation (« %(expected)s »)."
    ),
    "too_many_projects": _(
        "Une organisation a %(limit)s projets au plus, sans compter ceux qui sont clos."
    ),
    "key_with_bar": _("Une clé ne contient pas de barre verticale « | »."),
    "sub_kind_of_another": _(
        "Cette sous-nature n’est pas de la nature « %(kind)s ». "
        "Codes possibles : %(codes)s."
    ),
    "no_sub_kind": _(
        "La nature « %(kind)s » n’a pas de sous-nature : videz la cellule."
    ),
    "sub_kind_to_be_said": _(
        "La nature devient « %(kind)s » et ne va plus avec la sous-nature "
        "« %(sub_kind)s » enregistrée : indiquez la nouvelle, ou « - » pour l’effacer."
    ),
    "bad_siren": _(
        "SIREN incorrect : neuf chiffres, dont le dernier est la clé de contrôle."
    ),
    "bad_siret": _(
        "SIRET incorrect : quatorze chiffres, dont le dernier est la clé de contrôle."
    ),
    "bad_rna": _("Numéro RNA incorrect : W suivi de neuf chiffres ou majuscules."),
    "number_format": _(
        "Un tableur a transformé cet identifiant en nombre : mettez la colonne au "
        "format Texte et saisissez-le de nouveau."
    ),
    "lost_zero": _(
        "Il manque un chiffre, sans doute un zéro effacé au début par un tableur : "
        "mettez la colonne au format Texte."
    ),
    "siret_of_another_siren": _(
        "Ce SIRET ne commence pas par le SIREN de la ligne (%(siren)s)."
    ),
    "repeated_identifier": _("Cet identifiant est déjà celui de la ligne %(line)s."),
    "identifier_taken": _(
        "Cet identifiant est déjà celui de « %(name)s », qui vient d’une autre source "
        "ou porte une autre clé."
    ),
    "bad_website": _("Adresse incorrecte : elle commence par https:// ou http://."),
    "bad_commune": _(
        "Code INSEE incorrect : cinq caractères, par exemple 44184 ou 2A004 (ce n’est "
        "pas le code postal)."
    ),
    "unknown_commune": _(
        "Aucune commune ne porte ce code INSEE (ce n’est pas le code postal)."
    ),
    "bad_reference": _(
        "Référence de territoire incorrecte : FR, REG-93, DEP-13, EPCI-200054807, "
        "EPT-200057867, COM-13055 ou PRJ-nom."
    ),
    "unknown_territory": _("Aucun territoire ne porte cette référence."),
    "bad_weight": _("Le poids d’un domaine est un entier de 0 à 10."),
    "square_incomplete": _(
        "Le carré se donne en entier : remplissez les quatre colonnes, ou aucune."
    ),
    "square_sum": _("Les quatre objectifs totalisent %(total)s au lieu de 100."),
    "bad_exclusion": _(
        "Critère d’exclusion incorrect : sector:…, kind:… ou key:… est attendu."
    ),
    "excludes_itself": _("Une organisation ne peut pas s’exclure elle-même."),
    "unknown_excluded_key": _(
        "Aucune organisation de cette source ne porte la clé « %(key)s »."
    ),
    "excluded_key_refused": _(
        "L’organisation de clé « %(key)s », exclue par cette ligne, est refusée."
    ),
    "taken_over": _(
        "Des membres ont repris cette organisation en main : un import ne la modifie "
        "pas."
    ),
    "merged": _(
        "Cette organisation a été réunie à « %(name)s » (source « %(source)s », clé "
        "« %(key)s ») : retirez cette ligne, ou remplacez sa clé."
    ),
    "changed_meanwhile": _(
        "Les données ont changé pendant l’import (%(detail)s) : rien n’est "
        "enregistré, relancez."
    ),
}

NOTICES: dict[str, str] = {
    "column_ignored": _("Colonne inconnue, ignorée."),
    "double_encoded": _(
        "Le texte semble avoir été converti deux fois : vérifiez les accents."
    ),
    "website_completed": _("Adresse complétée : %(address)s."),
    "size_differs": _(
        "La taille indiquée ne va pas avec l’effectif (%(staff)s) : elle est gardée."
    ),
    "former_territory": _("%(notice)s"),
    "siren_of_another": _(
        "Ce SIREN est aussi celui de « %(name)s » : est-ce la même organisation ?"
    ),
    "archived": _(
        "Cette organisation est archivée : elle est mise à jour et le reste."
    ),
}

MESSAGES = ERRORS | NOTICES
