"""The register of processing (RGPD, article 30), written from the data map."""

from collections.abc import Iterator
from itertools import groupby

from accounts.personal_data import Activity, Nature, Table, all_activities, tables

TITLE = """# Registre des activités de traitement

Ce document est tenu au titre de l’article 30 du RGPD. Il est produit à partir de la
carte des données du programme (`personal_data` de chaque application) par la commande
`manage.py write_register` ; un test vérifie qu’il est à jour et qu’aucune colonne
n’y échappe. L’organisme qui exploite l’installation y ajoute son nom, ses coordonnées
et, s’il en a désigné un, celles de son délégué à la protection des données.

- **Responsable du traitement** : l’organisme qui exploite cette installation.
- **Destinataires hors de l’installation** : aucun. Aucune page n’appelle un autre site,
  aucune donnée n’est transmise à un tiers ni hors de l’Union européenne par le programme.
- **Mesures de sécurité** : accès refusé par défaut, mots de passe hachés (argon2), second
  facteur pour les rôles sensibles, accès étendu des administrateurs limité et tracé,
  communications chiffrées, purges quotidiennes journalisées.
- **Droits** : accès et copie, rectification, effacement et retrait du consentement
  se font depuis « Vos données », sans délai ni intermédiaire.
"""
NATURES = {
    Nature.PERSONAL: "donnée personnelle",
    Nature.WORDS: "texte libre",
    Nature.TRACE: "écrit par le programme",
    Nature.SECRET: "secret ou empreinte, jamais remis",
}
ON_ERASURE = {
    "delete": "supprimé",
    "detach": "conservé sans la personne",
    "blank": "conservé sous « Personne effacée », vidé de ce qui la désigne",
    "keep": "conservé sous « Personne effacée »",
}


def processing_register() -> str:
    """Return the register, in Markdown."""
    known = [table for table in tables() if table.is_personal]
    parts = [TITLE]
    for activity in all_activities():
        mine = [table for table in known if table.activity == activity]
        parts.append("\n".join(_activity(activity, mine)))
    parts.append("\n".join(_others()))
    return "\n".join(parts)


def _activity(activity: Activity, mine: list[Table]) -> Iterator[str]:
    yield f"## {activity.title}\n"
    yield f"- **Finalité** : {activity.purpose}."
    yield f"- **Base légale** : {activity.basis}."
    yield f"- **Personnes concernées** : {activity.people}."
    yield f"- **Qui y a accès** : {activity.seen_by}.\n"
    yield "| table | données | conservation | à l’effacement |"
    yield "|---|---|---|---|"
    for table in mine:
        yield (
            f"| {table.options.verbose_name} (`{table.label}`) "
            f"| {_columns(table)} | {_until(table)} | {_erased(table)} |"
        )
    yield ""


def _columns(table: Table) -> str:
    found = [(nature, name) for nature in NATURES for name in table.columns(nature)]
    return " ; ".join(
        f"{NATURES[nature]} : {', '.join(_label(table, name) for _, name in group)}"
        for nature, group in groupby(found, key=lambda pair: pair[0])
    )


def _label(table: Table, name: str) -> str:
    return str(getattr(table.options.get_field(name), "verbose_name", name))


def _until(table: Table) -> str:
    return str(table.retention.until) if table.retention else ""


def _erased(table: Table) -> str:
    if not table.links:  # found by what it says
        has_texts = bool(table.columns(Nature.WORDS, Nature.TRACE))
        return "identifiants remplacés dans les textes" if has_texts else "supprimé"
    found = dict.fromkeys(ON_ERASURE[link.on_erasure] for link in table.links)
    return ", ".join(found)


def _others() -> Iterator[str]:
    yield "## Tables sans donnée personnelle\n"
    names = sorted(table.label for table in tables() if not table.is_personal)
    yield ", ".join(f"`{name}`" for name in names) + "."
    yield ""
