from accounts import second_factor
from accounts.models import Absence, Consent, DataExport, ErasureRequest
from accounts.policy import Access, Person, Rows, route, rows

route("portal:home", Access.PUBLIC)
route("portal:territory_detail", Access.PUBLIC, reference="territories.Territory")
for _name in ("method", "legal", "privacy", "accessibility"):
    route(f"portal:{_name}", Access.PUBLIC)
    second_factor.leave_open(f"portal:{_name}")  # the same for everybody
route("portal:example_list", Access.PUBLIC)
route("portal:example_detail", Access.PUBLIC, slug="=p001|p003")
route("portal:security_contact", Access.PUBLIC)
route("portal:gallery", Access.STAFF)
route("api:schema", Access.PUBLIC)
route("api:documentation", Access.PUBLIC)

# Health of the process: jobs, which answers, is below the policy engine.
route("livez", Access.PUBLIC)
route("readyz", Access.PUBLIC)

# What a person decides about themselves; rows of nobody else, administrators included.
for _name in (
    "consent_list",
    "absence_list",
    "data_detail",
    "copy_request",
    "erasure_ask",
    "erasure_cancel",
):
    route(f"portal:{_name}", Access.SIGNED_IN)
route("portal:absence_remove", Access.SIGNED_IN, key="accounts.Absence")
route("portal:copy_download", Access.SIGNED_IN, public_id="accounts.DataExport")


def own(person: Person, queryset: Rows) -> Rows:
    """Keep what is about the person themselves."""
    return queryset.filter(user=person.pk)


for _model in (Absence, Consent, DataExport, ErasureRequest):
    rows(_model)(own)
second_factor.leave_open("livez", "readyz")
