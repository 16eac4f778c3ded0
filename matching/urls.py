from django.urls import path

from matching.views import (
    balance,
    comparison,
    configurations,
    lists,
    pair,
    refreshing,
    tables,
)

app_name = "matching"
urlpatterns = [
    path("", lists.my_proposals, name="my_proposals"),
    path("poids/", configurations.configuration_list, name="configuration_list"),
    path(
        "territoires/<territory:reference>/repartition/",
        balance.balance_detail,
        name="balance_detail",
    ),
    path(
        "territoires/<territory:reference>/repartition.csv",
        balance.balance_export,
        name="balance_export",
    ),
    path(
        "territoires/<territory:reference>/repartition/avancement/",
        balance.balance_progress,
        name="balance_progress",
    ),
    path(
        "territoires/<territory:reference>/repartition/recalculer/",
        balance.balance_refresh,
        name="balance_refresh",
    ),
    path(
        "tables/<territory:reference>/",
        tables.table_territory,
        name="table_territory",
    ),
    path("<str:public_id>/<str:other_id>/table/", tables.table_pair, name="table_pair"),
    path("<str:public_id>/", lists.proposal_list, name="proposal_list"),
    path("<str:public_id>/apercu/", lists.proposal_preview, name="proposal_preview"),
    path("<str:public_id>/pourquoi/", lists.partner_search, name="partner_search"),
    path(
        "<str:public_id>/comparer/",
        comparison.proposal_compare,
        name="proposal_compare",
    ),
    path(
        "<str:public_id>/comparaison.csv",
        comparison.comparison_export,
        name="comparison_export",
    ),
    path(
        "<str:public_id>/avancement/",
        refreshing.proposal_progress,
        name="proposal_progress",
    ),
    path(
        "<str:public_id>/recalculer/",
        refreshing.proposal_refresh,
        name="proposal_refresh",
    ),
    path(
        "<str:public_id>/<str:other_id>/lieux.geojson",
        pair.pair_places,
        name="pair_places",
    ),
    path(
        "<str:public_id>/<str:other_id>/", pair.proposal_detail, name="proposal_detail"
    ),
]
