from django.contrib import admin

from territories.models import Territory


@admin.register(Territory)
class TerritoryAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "code", "population")
    list_filter = ("kind",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("search_key",)
    search_fields = ("search_key__startswith", "code")
