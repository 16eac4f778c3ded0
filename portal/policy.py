from accounts.policy import Access, route

route("portal:home", Access.PUBLIC)
route("api:schema", Access.PUBLIC)

# Health of the process: jobs, which answers, is below the policy engine.
route("livez", Access.PUBLIC)
route("readyz", Access.PUBLIC)
