from accounts.policy import Access, route

route("portal:home", Access.PUBLIC)
route("api:schema", Access.PUBLIC)
