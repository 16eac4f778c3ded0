"""What the schema of the interface says of every operation: who may ask, what it refuses."""

from typing import Any, Literal

from django.urls import resolve
from drf_spectacular.openapi import AutoSchema

from accounts.policy import Access, route_named

REFUSALS = {
    "400": "A parameter is wrong; its sentence says how.",
    "401": "Who asks is not known, or their key is no longer good.",
    "403": "Who asks may not do this.",
    "404": "There is nothing here, or nothing that who asks may see.",
    "406": "This format is not available.",
    "429": "Too many requests; Retry-After says how long to wait.",
}


class PolicySchema(AutoSchema):
    """Reads the policy row of the route, and announces every refusal."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Add “nobody in particular” where the policy row is public."""
        requirements = super().get_auth()
        return [*requirements, {}] if self._is_public() else requirements

    def _is_public(self) -> bool:
        placeholder = "/".join(
            "x" if part.startswith("{") else part for part in self.path.split("/")
        )
        row = route_named(resolve(placeholder).view_name)
        return row is not None and row.access is Access.PUBLIC

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        refusals = {
            code: {
                "description": sentence,
                "content": {"application/json": {"schema": {"type": "object"}}},
            }
            for code, sentence in REFUSALS.items()
        }
        # A list of sentences is what a refused parameter may answer too.
        refusals["400"]["content"] = {"application/json": {"schema": {}}}
        return {**refusals, **super()._get_response_bodies(direction)}
