from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.news.listed, name="notification_list"),
    path("notifications/lues/", views.news.read_all, name="notification_read_all"),
    path("notifications/<str:public_id>/", views.news.opened, name="notification_open"),
    path("compte/notifications/", views.preferences.edit, name="preference_edit"),
    path(
        "compte/notifications/reprise/",
        views.preferences.resume,
        name="preference_resume",
    ),
    path(
        "courriels/desinscription/<str:token>/",
        views.unsubscribing.unsubscribe,
        name="unsubscribe",
    ),
    path("administration/courriels/", views.previews.listed, name="preview_list"),
    path("courriels/", views.mailbox.listed, name="mail_list"),
    path("courriels/<str:file>/", views.mailbox.shown, name="mail_detail"),
]
