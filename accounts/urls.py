from django.urls import path

from accounts.views.tokens import token_list, token_revoke

app_name = "accounts"
urlpatterns = [
    path("cles/", token_list, name="token_list"),
    path("cles/<str:public_id>/revoquer/", token_revoke, name="token_revoke"),
]
