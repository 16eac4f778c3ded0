from accounts.policy import Access, Person, Rows, route, rows
from accounts.scopes import Scope
from territories.models import FormerCode, Territory

route("territories:territory_list", Access.PUBLIC)
route("territories:territory_search", Access.PUBLIC)
route(
    "territories:territory_geometry",
    Access.PUBLIC,
    reference="territories.Territory",
)


@rows(Territory)
def territories(person: Person, queryset: Rows) -> Rows:
    """Public reference geography: everybody sees all of it."""
    return queryset


@rows(FormerCode)
def former_codes(person: Person, queryset: Rows) -> Rows:
    return queryset


route("api:territory-list", Access.PUBLIC, scope=Scope.DIRECTORY)
route(
    "api:territory-detail",
    Access.PUBLIC,
    scope=Scope.DIRECTORY,
    reference="territories.Territory",
)
