"""Broken rules, in French: what a hand did, never what somebody wished."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rendezvous.scheduling.check import Rule, Violation

SENTENCES = {
    Rule.PERSON_TWICE: gettext_lazy(
        "%(names)s serait à deux tables à la fois au tour %(round)d."
    ),
    Rule.TABLE_TWICE: gettext_lazy("La table %(table)d est prise au tour %(round)d."),
    Rule.PAIR_TWICE: gettext_lazy("%(names)s se rencontrent déjà à un autre tour."),
    Rule.ABSENT: gettext_lazy("%(names)s n’est pas là au tour %(round)d."),
    Rule.HOST_MOVED: gettext_lazy(
        "%(names)s garde sa table : au tour %(round)d, on vient à elle."
    ),
    Rule.MAXIMUM: gettext_lazy("%(names)s a plus de rencontres que son maximum."),
    Rule.QUOTA: gettext_lazy(
        "%(names)s rencontre plus d’organisations d’une nature que demandé."
    ),
    Rule.BUFFER: gettext_lazy(
        "%(names)s n’a pas le temps de marcher jusqu’à sa table au tour %(round)d."
    ),
    Rule.CLOSED: gettext_lazy("La table %(table)d est fermée au tour %(round)d."),
    Rule.ROUND: gettext_lazy("Ce tour n’existe pas."),
    Rule.TABLE: gettext_lazy("Cette table n’existe pas."),
    Rule.SIZE: gettext_lazy(
        "On est deux à une table, ou trois si la session le prévoit."
    ),
    Rule.KINDS: gettext_lazy(
        "Dans cette session, ces deux natures ne se rencontrent pas : %(names)s."
    ),
    Rule.UNKNOWN: gettext_lazy("Une organisation de cette table ne vient plus."),
    Rule.NOT_A_CANDIDATE: gettext_lazy(
        "Cette rencontre n’est pas de celles que le site propose : %(names)s. Il n’en "
        "propose qu’une partie, et son silence ne dit rien de personne."
    ),
}


def sentence(violation: Violation, names: Mapping[str, str]) -> str:
    """Say which rule is broken, by whom."""
    text = SENTENCES.get(violation.rule)
    if text is None:
        return _("Une règle de la session n’est pas respectée.")
    told = sorted(names.get(one, "") for one in violation.ids)
    facts = {
        "names": " – ".join(one for one in told if one),
        "round": violation.round,
        "table": violation.table,
    }
    return str(text) % facts
