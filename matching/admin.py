"""For staff: to look. Runs and configurations are written by services only."""

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.policy import can
from matching.models import Configuration, Run, RunQuerySet
from matching.services.runs import request_run, stop_run


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
    """Where computations stand; to ask for one again, and to stop one."""

    list_display = (
        "public_id",
        "scope",
        "territory",
        "state",
        "parts",
        "total_count",
        "proposal_count",
        "started_at",
        "finished_at",
    )
    list_filter = ("scope", "state")
    list_select_related = ("territory",)
    ordering = ("-pk",)
    actions = ("ask_again", "stop")

    def has_request_permission(self, request: HttpRequest) -> bool:
        return can(request.user, "matching.request_run")

    @admin.display(description=_("avancement"))
    def parts(self, run: Run) -> str:
        return f"{run.parts_done}/{run.parts_total}" if run.parts_total else "–"

    @admin.action(
        description=_("Demander à nouveau ces calculs"), permissions=["request"]
    )
    def ask_again(self, request: HttpRequest, queryset: RunQuerySet) -> None:
        """Ask once for each scope; who is already waited for is not asked again."""
        scopes = queryset.exclude(scope=Run.Scope.INTENTIONS).order_by("pk")
        asked = {run.territory for run in scopes.select_related("territory")}
        for territory in sorted(asked, key=lambda one: one.pk if one else 0):
            request_run(territory)
        text = ngettext("%(n)d calcul demandé.", "%(n)d calculs demandés.", len(asked))
        messages.success(request, text % {"n": len(asked)})

    @admin.action(
        description=_("Arrêter ces calculs (les propositions enregistrées restent)"),
        permissions=["request"],
    )
    def stop(self, request: HttpRequest, queryset: RunQuerySet) -> None:
        count = sum(stop_run(run) for run in queryset.active().order_by("pk"))
        text = ngettext("%(n)d calcul arrêté.", "%(n)d calculs arrêtés.", count)
        messages.success(request, text % {"n": count})


@admin.register(Configuration)
class ConfigurationAdmin(ReadOnlyAdmin):
    """The log of the weights: every version, its reason, which one is active."""

    list_display = ("version", "is_active", "reason", "created_at")
    ordering = ("-pk",)
