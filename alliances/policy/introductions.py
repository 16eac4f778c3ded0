"""Answers are for those who give them; an introduction, for its two sides."""

import rules
from django.db import models

from accounts.policy import Access, Person, Rows, route, rows
from alliances.models import Interest, Introduction, Organisation
from alliances.policy.roles import is_member, is_responsible, own_organisations


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


rules.add_perm("alliances.view_relations", is_member)
rules.add_perm("alliances.propose_interest", is_member)
rules.add_perm("alliances.answer_interest", is_responsible)

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
