"""Answers are for those who give them; an introduction, for its two sides."""

import rules
from django.db import models

from accounts.policy import Access, Person, Rows, route, rows
from alliances.enums import Part
from alliances.models import Interest, Introduction, Organisation, Suggestion
from alliances.policy.roles import (
    is_catalyst,
    is_catalyst_of,
    is_member,
    is_responsible,
    own_organisations,
    territories_of,
)


@rows(Interest)
def interests(person: Person, queryset: Rows) -> Rows:
    """Answers are for the members of the organisation that gives them, alone."""
    return queryset.filter(organisation__in=own_organisations(person))


@rows(Introduction)
def introductions(person: Person, queryset: Rows) -> Rows:
    """An introduction is for the members of its two sides."""
    own = own_organisations(person)
    return queryset.filter(models.Q(low__in=own) | models.Q(high__in=own))


@rules.predicate
def is_partner(person: Person, organisation: Organisation | None) -> bool:
    """A person acts for an organisation that is in touch with this one now."""
    if organisation is None or not (person.is_authenticated and person.is_active):
        return False
    with_it = Introduction.objects.open().of(organisation.pk)
    return introductions(person, with_it).exists()


@rules.predicate
def shows_its_place(_person: Person, organisation: Organisation | None) -> bool:
    """Whoever looks after a place must not find out by it who is there."""
    return organisation is not None and Part.PLACES not in organisation.hidden_parts


@rows(Suggestion)
def suggestions(person: Person, queryset: Rows) -> Rows:
    """For both sides once delivered; for who made it while they look after the place."""
    own = own_organisations(person)
    received = models.Q(delivered_at__isnull=False) & (
        models.Q(low__in=own) | models.Q(high__in=own)
    )
    made = models.Q(by=person.pk, territory__in=territories_of(person))
    return queryset.filter(received | made if person.is_authenticated else received)


@rules.predicate
def has_made(person: Person, suggestion: Suggestion | None) -> bool:
    """Tell whether the suggestion is of this catalyst, who still looks after the place."""
    return (
        suggestion is not None
        and person.is_authenticated
        and suggestion.by_id == person.pk
        and territories_of(person).filter(territory=suggestion.territory_id).exists()
    )


rules.add_perm("alliances.view_relations", is_member)
rules.add_perm("alliances.propose_interest", is_member)
rules.add_perm("alliances.answer_interest", is_responsible)
rules.add_perm("alliances.view_suggestions", is_catalyst)
rules.add_perm("alliances.suggest_introduction", is_catalyst_of & shows_its_place)
rules.add_perm("alliances.withdraw_suggestion", has_made)

route(
    "alliances:relation_list",
    Access.SIGNED_IN,
    permission="alliances.view_relations",
    public_id="alliances.Organisation",
)
route(
    "alliances:introduction_detail",
    Access.SIGNED_IN,
    permission="alliances.view_relations",
    public_id="alliances.Organisation",
    introduction_id="alliances.Introduction",
)
for _name in ("interest_answer", "interest_withdraw"):
    route(
        f"alliances:{_name}",
        Access.SIGNED_IN,
        permission="alliances.propose_interest",
        public_id="alliances.Organisation",
        other_id="alliances.Organisation",
    )

# What a catalyst suggests (docs/decisions/0142).
for _name in ("suggestion_list", "suggestion_begin"):
    route(
        f"alliances:{_name}", Access.SIGNED_IN, permission="alliances.view_suggestions"
    )
route(
    "alliances:suggestion_choose",
    Access.SIGNED_IN,
    permission="alliances.suggest_introduction",
    public_id="alliances.Organisation",
)
route(
    "alliances:suggestion_create",
    Access.SIGNED_IN,
    permission="alliances.suggest_introduction",
    public_id="alliances.Organisation",
    other_id="alliances.Organisation",
)
route(
    "alliances:suggestion_withdraw",
    Access.SIGNED_IN,
    permission="alliances.withdraw_suggestion",
    suggestion_id="alliances.Suggestion",
)
