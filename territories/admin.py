from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import F, Field, QuerySet
from django.forms import TypedChoiceField
from django.http import HttpRequest

from territories.models import (
    Containment,
    FormerCode,
    LoadedVintage,
    Territory,
)
from territories.search_text import MAX_LENGTH, search_key


class ContainmentInline(admin.TabularInline):
    """The communes of a territory of project; the others' come from the files."""

    model = Containment
    fk_name = "territory"
    autocomplete_fields = ("commune",)
    extra = 1


@admin.register(Territory)
class TerritoryAdmin(admin.ModelAdmin):
    """Reference territories are read; those of project are drawn here by staff."""

    list_display = ("name", "kind", "code", "population", "valid_until")
    list_filter = ("kind",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("search_key",)
    search_fields = ("search_key",)  # what is typed goes through get_search_results
    autocomplete_fields = ("successor",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Territory], search_term: str
    ) -> tuple[QuerySet[Territory], bool]:
        """Search as the site does, the most populated first."""
        key = search_key(search_term[:MAX_LENGTH])
        if not key:
            return queryset, False
        found = queryset & Territory.objects.named(key)
        return found.order_by(
            F("population").desc(nulls_last=True), "search_key"
        ), False

    def formfield_for_choice_field(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> TypedChoiceField | None:
        """Staff draw territories of project; the other kinds come from the files."""
        if db_field.name == "kind":
            project = Territory.Kind.PROJECT
            options["choices"] = [(project.value, project.label)]
        return super().formfield_for_choice_field(db_field, request, **options)

    def get_inlines(
        self, request: HttpRequest, obj: Territory | None
    ) -> list[type[InlineModelAdmin]]:
        return [ContainmentInline] if _is_project(obj) else []

    def has_change_permission(
        self, request: HttpRequest, obj: Territory | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or _is_project(obj))

    def has_delete_permission(
        self, request: HttpRequest, obj: Territory | None = None
    ) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and _is_project(obj)


@admin.register(FormerCode)
class FormerCodeAdmin(admin.ModelAdmin):
    list_display = ("code", "kind", "name", "territory")
    list_filter = ("kind",)
    list_select_related = ("territory",)
    search_fields = ("code", "name")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: FormerCode | None = None
    ) -> bool:
        return False


@admin.register(LoadedVintage)
class LoadedVintageAdmin(admin.ModelAdmin):
    list_display = ("valid_from", "fingerprint", "loaded_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: LoadedVintage | None = None
    ) -> bool:
        return False


def _is_project(territory: Territory | None) -> bool:
    return territory is not None and territory.kind == Territory.Kind.PROJECT
