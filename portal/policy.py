from accounts.policy import Access, route

route("portal:home", Access.PUBLIC)
route("portal:gallery", Access.STAFF)
route("api:schema", Access.PUBLIC)
