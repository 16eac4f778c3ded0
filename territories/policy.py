from accounts.policy import Person, Rows, rows
from territories.models import FormerCode, Territory


@rows(Territory)
def territories(person: Person, queryset: Rows) -> Rows:
    """Public reference geography: everybody sees all of it."""
    return queryset


@rows(FormerCode)
def former_codes(person: Person, queryset: Rows) -> Rows:
    return queryset
