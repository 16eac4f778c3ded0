"""Why not, for a person: from their own side and public data, else one fixed sentence."""

import datetime as dt

from django.utils.translation import gettext as _

from alliances.enums import Part, PartnershipType
from alliances.models import Intention, Organisation
from alliances.selectors.refusals import Refusals
from matching.explanations import NOT_PROPOSED, words
from matching.selectors.cards import shown_parts
from matching.selectors.pairs import (
    Pair,
    every_intention,
    pair_of,
    public_intentions,
)
from matching.selectors.population import Audience


def causes(
    own: Organisation, other: Organisation, *, day: dt.date, is_member: bool
) -> list[str]:
    """Return sentences; never empty.

    Exclusions of ``other``, its private parts and ranks are not read at all.
    """
    if own == other:
        return [str(NOT_PROPOSED)]
    said = _own_side(own, other, day) if is_member else []
    # Their main intentions, whatever the rules say of them: choosing the best pair
    # would tell something of the refusals. Drafts are read by their members alone.
    mine = every_intention(own) if is_member else public_intentions(own)
    theirs = public_intentions(other)
    pair = pair_of(mine[:1], theirs[:1], Audience.PUBLIC)
    if pair is not None:
        said += _public(pair, is_member=is_member)
    return said or [str(NOT_PROPOSED)]


def _own_side(own: Organisation, other: Organisation, day: dt.date) -> list[str]:
    said = []
    mine = Intention.objects.filter(organisation=own)
    if not mine.matchable_on(day).exists():
        said.append(
            _(
                "Votre fiche n’est pas complète ou pas ouverte : rien ne vous est proposé."
            )
        )
    refusals = Refusals({own.pk, other.pk})
    if refusals.states(own.pk, other.pk):
        said.append(_("Vos propres critères d’exclusion écartent cette organisation."))
    if refusals.blocks(own.pk, other.pk):
        said.append(
            _(
                "Vous ne voulez plus recevoir de messages de cette organisation : elle "
                "ne vous est plus proposée."
            )
        )
    return said


def _public(pair: Pair, *, is_member: bool) -> list[str]:
    own, other = pair.own, pair.other
    table = pair.prepared.configuration.settings["admissible"].value
    kinds = {own.organisation.kind, other.organisation.kind}
    between = [types for one, two, types in table if {one, two} == kinds]
    if not between:
        return [
            _("Ces deux natures d’organisations ne sont pas proposées l’une à l’autre.")
        ]
    said = []
    possible = set(between[0])
    closed = possible - set(own.types)
    if closed and is_member:
        said.append(_("Vous n’êtes pas ouverts %s.") % _to(closed))
    elif closed and Part.TYPES in shown_parts(own.organisation, Audience.PUBLIC):
        said.append(_not_open(own.organisation, closed))
    if Part.TYPES in shown_parts(other.organisation, Audience.PUBLIC):
        shut = possible - closed - set(other.types)
        if shut:
            said.append(_not_open(other.organisation, shut))
    return said + _distance(pair, is_member=is_member)


def _not_open(organisation: Organisation, codes: set[str]) -> str:
    return _("%(name)s n’est pas ouverte %(types)s.") % {
        "name": organisation.name,
        "types": _to(codes),
    }


def _to(codes: set[str]) -> str:
    ordered = [code for code in PartnershipType.values if code in codes]
    return words.listed([words.TO_TYPES[code] for code in ordered], most=4)


def _distance(pair: Pair, *, is_member: bool) -> list[str]:
    explanation = pair.explanation()
    reasons = explanation.low.reasons
    territory = next(one for one in reasons if one.component == "territory")
    if territory.value is None or territory.value > 0:
        return []
    if not is_member:
        return [_("Les deux périmètres sont loin l’un de l’autre.")]
    return [
        _(
            "Votre périmètre s’arrête loin du sien : rien ne vous rapproche sur la carte."
        )
    ]
