"""First messages to start from, made of what both sides show of themselves.

Each one does what the method asks of a first meeting (S2, step 2 « Dialoguer et échanger
en toute franchise », and « rencontre », the first of its three times of negotiation): say
who one is, what is expected, what is brought, and propose to talk. Sentences are ours.
"""

from collections.abc import Callable
from dataclasses import dataclass

COMPANY, ASSOCIATION, AUTHORITY = "company", "association", "local_authority"
FUNDERS = frozenset({COMPANY, "foundation"})


@dataclass(frozen=True, slots=True)
class Side:
    """What a draft may say of an organisation: what its reader may read, in words."""

    name: str
    kind: str
    place: str = ""
    seeks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One first message, to be edited before it leaves."""

    code: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Model:
    code: str
    title: str
    suits: Callable[[Side, Side, str], bool]
    about: Callable[[Side, Side], str]
    question: str


def drafts(own: Side, other: Side, *, type_code: str = "") -> list[Draft]:
    """Return the drafts that suit ``own`` writing to ``other``, the closest one first."""
    suited = [model for model in _MODELS if model.suits(own, other, type_code)]
    return [
        Draft(model.code, model.title, _letter(model, own, other)) for model in suited
    ]


def _letter(model: _Model, own: Side, other: Side) -> str:
    middle = (model.about(own, other), _shared(own, other))
    parts = [
        "Bonjour,",
        _who(own),
        " ".join(one for one in middle if one),
        model.question,
        f"Bien à vous,\n{own.name}",
    ]
    return "\n\n".join(parts)


def _who(own: Side) -> str:
    where = f", à {own.place}" if own.place else ""
    subjects = f" Nous travaillons sur : {_some(own.domains)}." if own.domains else ""
    return f"Je vous écris au nom de {own.name}{where}.{subjects}"


def _shared(own: Side, other: Side) -> str:
    common = tuple(one for one in own.domains if one in other.domains)
    return f"Nous avons un sujet en commun : {_some(common)}." if common else ""


def _patronage_asked(own: Side, other: Side) -> str:
    wanted = _common(own.seeks, other.offers) or own.seeks
    asked = f"Nous cherchons : {_some(wanted)}." if wanted else ""
    return _sentences(
        asked,
        f"En retour, nous pouvons apporter : {_some(own.offers)}."
        if own.offers
        else "Nous vous dirons simplement ce que ce soutien permettrait.",
    )


def _patronage_offered(own: Side, other: Side) -> str:
    given = _common(own.offers, other.seeks) or own.offers
    return _sentences(
        f"Nous pouvons proposer : {_some(given)}." if given else "",
        "Nous aimerions d’abord comprendre ce qui vous serait vraiment utile.",
    )


def _practices(own: Side, other: Side) -> str:
    return _sentences(
        "Nous pensons que certaines de vos pratiques (achats, recrutement, accueil de "
        "publics) pourraient rencontrer notre savoir-faire."
        if other.kind in FUNDERS
        else "Nous voulons faire évoluer nos pratiques avec des acteurs du territoire.",
        f"Nous pouvons apporter : {_some(own.offers)}." if own.offers else "",
    )


def _cooperation(own: Side, other: Side) -> str:
    return _sentences(
        "Nous imaginons une activité menée ensemble, où chacun apporte ce qu’il sait "
        "faire et y trouve son équilibre économique.",
        _exchange(own, other),
    )


def _innovation(own: Side, other: Side) -> str:
    return _sentences(
        "Nous voudrions essayer, à petite échelle, une réponse qu’aucun de nous ne peut "
        "construire seul, et en tirer les leçons ensemble.",
        _exchange(own, other),
    )


def _territory(own: Side, other: Side) -> str:
    return _sentences(
        "Nous souhaitons que notre action serve le projet de votre territoire, et savoir "
        "comment elle peut s’y inscrire.",
        _exchange(own, other),
    )


def _meeting(own: Side, other: Side) -> str:
    return _sentences(
        "Nos deux organisations ont dit oui à une mise en relation : faisons connaissance.",
        _exchange(own, other),
    )


def _exchange(own: Side, other: Side) -> str:
    wanted = _common(own.seeks, other.offers)
    given = _common(own.offers, other.seeks)
    return _sentences(
        f"Vous proposez ce que nous cherchons : {_some(wanted)}." if wanted else "",
        f"Nous proposons ce que vous cherchez : {_some(given)}." if given else "",
    )


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in one if word in other)


def _some(words: tuple[str, ...]) -> str:
    """At most three of them, without the capital that begins a label."""
    return ", ".join(word[:1].lower() + word[1:] for word in words[:3])


def _sentences(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


_MODELS = (
    _Model(
        "patronage_asked",
        "Demander un soutien ou des compétences",
        lambda own, other, kind: (
            kind in ("", "patronage")
            and other.kind in FUNDERS
            and own.kind not in FUNDERS
        ),
        _patronage_asked,
        "Auriez-vous une demi-heure, au téléphone ou sur place, pour que nous vous "
        "présentions notre projet et que vous nous disiez ce qui compte pour vous ?",
    ),
    _Model(
        "patronage_offered",
        "Proposer un soutien ou des compétences",
        lambda own, other, kind: (
            kind in ("", "patronage")
            and own.kind in FUNDERS
            and other.kind not in FUNDERS
        ),
        _patronage_offered,
        "Quand pourrions-nous en parler une demi-heure, chez vous si vous le souhaitez ?",
    ),
    _Model(
        "responsible_practices",
        "Parler d’achats, de recrutement ou d’accueil responsables",
        lambda own, other, kind: (
            kind == "responsible_practices"
            or (kind == "" and COMPANY in (own.kind, other.kind))
        ),
        _practices,
        "Seriez-vous d’accord pour un premier échange d’une demi-heure, sans engagement, "
        "pour voir ce qui est possible ?",
    ),
    _Model(
        "economic_cooperation",
        "Imaginer une activité commune",
        lambda own, other, kind: kind == "economic_cooperation",
        _cooperation,
        "Pourrions-nous nous voir une heure, chacun avec ce qu’il en attend et ce qu’il "
        "ne souhaite pas ?",
    ),
    _Model(
        "societal_innovation",
        "Expérimenter ensemble",
        lambda own, other, kind: kind == "societal_innovation",
        _innovation,
        "Pourrions-nous nous réunir une heure pour poser la question, avant de chercher "
        "la réponse ?",
    ),
    _Model(
        "territory",
        "S’inscrire dans le projet d’un territoire",
        lambda own, other, kind: other.kind == AUTHORITY and own.kind != AUTHORITY,
        _territory,
        "Qui, chez vous, pourrait nous recevoir une demi-heure ?",
    ),
    _Model(
        "meeting",
        "Faire simplement connaissance",
        lambda own, other, kind: True,
        _meeting,
        "Quelles sont vos disponibilités dans les deux prochaines semaines pour un appel "
        "d’une demi-heure ?",
    ),
)
