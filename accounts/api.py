"""What the API shares: the policy as a permission class, and pages of bounded size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission

from accounts.policy import may_open

if TYPE_CHECKING:  # the framework imports this module while it loads its views
    from rest_framework.request import Request
    from rest_framework.views import APIView


class PolicyPermission(BasePermission):
    """Ask the policy row of the route; objects are filtered by ``visible``."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        match = request.resolver_match
        return match is not None and may_open(request.user, match.view_name)

    def has_object_permission(
        self, request: Request, view: APIView, obj: object
    ) -> bool:
        return True


class PagePagination(PageNumberPagination):
    """Fifty rows a page, two hundred at most."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
