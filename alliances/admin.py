"""For staff: 100,000 organisations, so every choice is an autocomplete or a search."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from alliances.models import (
    Establishment,
    Intention,
    IntentionDomain,
    Mandate,
    Membership,
    Need,
    Offer,
    Organisation,
)
from alliances.services.organisations import complete_edit
from alliances.services.privileged import record_reads


class EstablishmentInline(admin.TabularInline):
    model = Establishment
    extra = 0
    autocomplete_fields = ("commune",)


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("user",)


class IntentionInline(admin.TabularInline):
    model = Intention
    extra = 0
    fields = ("title", "is_default", "state", "phase")
    show_change_link = True


class RecordedAdmin(admin.ModelAdmin):
    """What is read of an organisation here is written in its journal, object by object.

    Every page of one object goes through ``get_object``. ``lists_private`` is for
    lists that tell more than anybody may read.
    """

    lists_private = True

    def organisation_of(self, row: Any) -> Organisation:
        return row if isinstance(row, Organisation) else row.organisation

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            self._record(request, [row])
        return row

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        self._record(request, objs)
        return super().get_deleted_objects(objs, request)

    def changelist_view(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if self.lists_private and "cl" in context:
            self._record(request, context["cl"].result_list)
        return response

    def _record(self, request: HttpRequest, rows: Iterable[Any]) -> None:
        read = {row.pk: self.organisation_of(row) for row in rows}
        record_reads(request.user, read.values(), str(self.opts.verbose_name))


class AnnouncingAdmin(RecordedAdmin):
    """Tell matching what was edited, once its lines are saved, in the transaction."""

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        edited = form.instance
        is_organisation = isinstance(edited, Organisation)
        complete_edit(edited if is_organisation else edited.organisation)


@admin.register(Organisation)
class OrganisationAdmin(AnnouncingAdmin):
    """Private parts are not here: an administrator does not read them by default."""

    lists_private = False
    list_display = ("name", "kind", "seat", "source", "updated_at", "is_fictitious")
    list_filter = (
        "kind",
        "size",
        "is_fictitious",
        ("archived_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("seat",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = (
        "search_key__startswith",
        "name__istartswith",
        "siren",
        "siret",
        "rna",
        "key",
    )
    search_help_text = _("Début du nom, SIREN, SIRET, numéro RNA ou clé d’import")
    autocomplete_fields = ("seat", "network_head")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ("public_id", "source", "key", "created_at", "updated_at")
    inlines = (EstablishmentInline, IntentionInline, MembershipInline)
    # What may be searched in an address: otherwise any column could be guessed there.
    lookups = frozenset({"id", "public_id", *list_filter[:3], "archived_at__isempty"})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An organisation is archived: what was read of it is not forgotten."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup.removesuffix("__exact") in self.lookups

    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("kind", "sub_kind", "economic_model"),
                    "summary",
                    "website",
                )
            },
        ),
        (
            _("Identifiants"),
            {"fields": ("siren", "siret", "rna", "source", "key", "public_id")},
        ),
        (_("Lieu et taille"), {"fields": ("seat", "network_head", ("staff", "size"))}),
        (
            _("Partenariats"),
            {
                "fields": (
                    "general_interest",
                    "maturity",
                    "sectors",
                )
            },
        ),
        (
            _("État"),
            {"fields": ("is_fictitious", "archived_at", "created_at", "updated_at")},
        ),
    )


class IntentionDomainInline(admin.TabularInline):
    model = IntentionDomain
    extra = 0


class NeedInline(admin.TabularInline):
    model = Need
    extra = 0
    autocomplete_fields = ("territory",)


class OfferInline(admin.TabularInline):
    model = Offer
    extra = 0
    autocomplete_fields = ("territory",)


@admin.register(Intention)
class IntentionAdmin(AnnouncingAdmin):
    list_display = ("__str__", "organisation", "state", "is_default", "updated_at")
    list_filter = ("state", "is_default", "phase")
    list_select_related = ("organisation",)
    show_full_result_count = False
    search_fields = ("organisation__search_key__startswith", "title__istartswith")
    autocomplete_fields = ("organisation", "perimeter")
    readonly_fields = ("public_id", "created_at", "updated_at")
    inlines = (IntentionDomainInline, NeedInline, OfferInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Intention]:
        return super().get_queryset(request).select_related("organisation")


@admin.register(Mandate)
class MandateAdmin(admin.ModelAdmin):
    list_display = ("user", "role", "territory", "starts_on", "ends_on")
    list_filter = ("role",)
    list_select_related = ("user", "territory")
    search_fields = ("user__email", "territory__search_key__startswith")
    autocomplete_fields = ("user", "territory")
