from accounts.policy import Access, route

route("portal:home", Access.PUBLIC)
route("portal:territory_detail", Access.PUBLIC, reference="territories.Territory")
for _name in ("method", "legal", "privacy", "accessibility"):
    route(f"portal:{_name}", Access.PUBLIC)
route("portal:example_list", Access.PUBLIC)
route("portal:example_detail", Access.PUBLIC, slug="=p001|p003")
route("portal:security_contact", Access.PUBLIC)
route("portal:gallery", Access.STAFF)
route("api:schema", Access.PUBLIC)
route("api:documentation", Access.PUBLIC)

# Health of the process: jobs, which answers, is below the policy engine.
route("livez", Access.PUBLIC)
route("readyz", Access.PUBLIC)
