"""For staff: what was sent to whom about what, and a second chance for the rest."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from notifications.models import Delivery, DeliveryQuerySet, Objection, Suppression
from notifications.services.sending import send_again


class LogAdmin(admin.ModelAdmin):
    """To look: services alone write."""

    show_full_result_count = False
    list_per_page = 50

    def get_readonly_fields(
        self, request: HttpRequest, obj: object | None = None
    ) -> list[str]:
        return [field.name for field in self.opts.fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: object | None = None
    ) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(LogAdmin):
    list_display = [
        "created_at",
        "recipient",
        "kind",
        "key",
        "number",
        "state",
        "because",
        "attempts",
        "ended_at",
    ]
    list_filter = ["state", "kind"]
    search_fields = ["key", "kind", "message_id", "address", "user__email"]
    list_select_related = ["user"]
    date_hierarchy = "created_at"
    ordering = ["-pk"]
    exclude = ["context", "path"]  # an invitation's link opens something
    actions = ["send_again"]
    change_list_template = "notifications/delivery_admin.html"

    def get_readonly_fields(
        self, request: HttpRequest, obj: object | None = None
    ) -> list[str]:
        fields = super().get_readonly_fields(request, obj)
        return [name for name in fields if name not in self.exclude]

    @admin.display(description=_("destinataire"))
    def recipient(self, delivery: Delivery) -> str:
        return delivery.user.email if delivery.user else delivery.address

    @admin.display(description=_("raison"))
    def because(self, delivery: Delivery) -> str:
        if delivery.reason in Objection.values:
            return str(Objection(delivery.reason).label)
        return delivery.reason

    @admin.action(description=_("Renvoyer les courriels mis de côté"))
    def send_again(self, request: HttpRequest, queryset: DeliveryQuerySet) -> None:
        count = send_again(queryset)
        messages.success(
            request,
            ngettext(
                "%(n)d courriel repart.",
                "%(n)d courriels repartent.",
                count,
            )
            % {"n": count},
        )


@admin.register(Suppression)
class SuppressionAdmin(LogAdmin):
    list_display = ["address_digest", "reason", "created_at"]
    list_filter = ["reason"]
    search_fields = ["address_digest"]
    search_help_text = _("Une adresse entière ; seule son empreinte est gardée.")
    ordering = ["-pk"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Suppression], search_term: str
    ) -> tuple[QuerySet[Suppression], bool]:
        if "@" in search_term:
            digest = Suppression.digest_of(search_term)
            return queryset.filter(address_digest=digest), False
        return super().get_search_results(request, queryset, search_term)
