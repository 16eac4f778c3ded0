from django.urls import path

from jobs import views

urlpatterns = [
    path("livez", views.liveness, name="livez"),
    path("readyz", views.readiness, name="readyz"),
]
