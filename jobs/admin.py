from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jobs import services
from jobs.models import Job, JobQuerySet


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    """To look and to give a second chance; the queue is written by services only."""

    list_display = ["kind", "key", "created_at", "attempts", "state", "progress_label"]
    list_filter = ["kind", ("quarantined_at", admin.EmptyFieldListFilter)]
    search_fields = ["kind", "key", "error"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
    show_full_result_count = False
    actions = ["retry"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Job | None = None
    ) -> list[str]:
        return [field.name for field in self.opts.fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Job | None = None
    ) -> bool:
        return False

    @admin.display(description=_("état"))
    def state(self, job: Job) -> str:
        if job.is_done:
            return str(_("terminé"))
        if job.is_quarantined:
            return str(_("mis de côté"))
        return str(_("commencé") if job.lease_until else _("en attente"))

    @admin.action(description=_("Relancer les travaux mis de côté"))
    def retry(self, request: HttpRequest, queryset: JobQuerySet) -> None:
        count = services.retry(queryset)
        messages.success(
            request,
            ngettext("%(n)d travail relancé.", "%(n)d travaux relancés.", count)
            % {"n": count},
        )
