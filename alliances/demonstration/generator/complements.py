"""What the import's format does not hold: establishments, networks, hidden parts."""

import random
from collections import defaultdict
from dataclasses import dataclass

from alliances.demonstration.generator.draws import placed
from alliances.demonstration.generator.places import Commune, Communes

SITE_SHARES = {
    "industrie": 0.5,
    "logistique": 0.5,
    "commerce": 0.4,
    "agroalimentaire": 0.3,
    "banque-assurance": 0.8,
    "grande-entreprise": 1.0,
}
MAX_SITES = 3
MEMBERS_PER_NETWORK = 7
HIDING_SHARE = 0.06
HIDDEN = ("types", "means", "domains", "size", "square", "values")

Row = dict[str, object]

STORY_SITES: list[Row] = [
    {"key": "valbrune-composites", "name": "Site de Bouguenais", "commune": "44020"},
    {"key": "valbrune-composites", "name": "Site de Cholet", "commune": "49099"},
    {"key": "valbrune-composites", "name": "Site de Valence", "commune": "26362"},
    {"key": "groupe-armorane", "name": "Agence de Marseille", "commune": "13055"},
    {"key": "groupe-armorane", "name": "Agence de Saint-Nazaire", "commune": "44184"},
    {"key": "groupe-armorane", "name": "Agence de Saint-Denis", "commune": "97411"},
]
STORY_LINKS: list[Row] = [
    {"key": "roue-libre-estuaire", "network_head": "reseau-ateliers-ouest"},
    {"key": "garage-solidaire-des-brieres", "network_head": "reseau-ateliers-ouest"},
    {"key": "stratifies-de-mean", "hidden_parts": "types"},
]


@dataclass(frozen=True)
class Drawn:
    """An organisation that was drawn, and where."""

    key: str
    archetype: str
    kind: str
    place: Commune


def drawn_sites(
    organisations: list[Drawn], communes: Communes, draw: random.Random
) -> list[Row]:
    """Return establishments for some companies, in the département or beyond."""
    rows: list[Row] = []
    for each in organisations:
        if draw.random() >= SITE_SHARES.get(each.archetype, 0):
            continue
        places = {communes.drawn(draw) for _ in range(draw.randint(1, MAX_SITES))}
        for place in sorted(places - {each.place}, key=lambda place: place.code):
            name = placed("Site de {place}", place.name)
            rows.append({"key": each.key, "name": name, "commune": place.code})
    return rows


def drawn_links(organisations: list[Drawn], draw: random.Random) -> list[Row]:
    """Return, by organisation, its network and the parts of its page that it hides."""
    rows: dict[str, Row] = defaultdict(dict)
    for head in organisations:
        if head.archetype == "reseau-associatif":
            for member in members_of(head, organisations, draw):
                rows[member.key].setdefault("network_head", head.key)
    for each in organisations:
        if draw.random() < HIDING_SHARE:
            rows[each.key]["hidden_parts"] = sorted(draw.sample(HIDDEN, 2))
    return [{"key": key, **row} for key, row in rows.items()]


def members_of(
    head: Drawn, organisations: list[Drawn], draw: random.Random
) -> list[Drawn]:
    """Return a few associations of the head's région."""
    near = [
        each
        for each in organisations
        if each.kind == "association"
        and each.archetype != head.archetype
        and each.place.region == head.place.region
    ]
    return draw.sample(near, min(MEMBERS_PER_NETWORK, len(near)))
