from accounts import second_factor
from accounts.policy import Access, route

route("portal:home", Access.PUBLIC)
route("portal:territory_detail", Access.PUBLIC, reference="territories.Territory")
for _name in ("method", "legal", "privacy", "accessibility"):
    route(f"portal:{_name}", Access.PUBLIC)
    second_factor.leave_open(f"portal:{_name}")  # the same for everybody
route("portal:example_list", Access.PUBLIC)
route("portal:example_detail", Access.PUBLIC, slug="=p001|p003")
route("portal:gallery", Access.STAFF)
route("api:schema", Access.PUBLIC)
route("api:documentation", Access.PUBLIC)

# Health of the process: jobs, which answers, is below the policy engine.
route("livez", Access.PUBLIC)
route("readyz", Access.PUBLIC)
second_factor.leave_open("livez", "readyz")
