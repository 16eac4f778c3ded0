"""For staff: to look. Runs and configurations are written by services only."""

from django.contrib import admin
from django.http import HttpRequest

from matching.models import Configuration, Run


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: object | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: object | None = None
    ) -> bool:
        return False


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = (
        "public_id",
        "scope",
        "territory",
        "state",
        "done_count",
        "total_count",
        "proposal_count",
        "started_at",
        "finished_at",
    )
    list_filter = ("scope", "state")
    list_select_related = ("territory",)
    ordering = ("-pk",)


@admin.register(Configuration)
class ConfigurationAdmin(ReadOnlyAdmin):
    """The log of the weights: every version, its reason, which one is active."""

    list_display = ("version", "is_active", "reason", "created_at")
    ordering = ("-pk",)
