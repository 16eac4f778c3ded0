"""The day of a session."""

from django.urls import path

from rendezvous.views import live

live_patterns = [
    path("", live.live_host, name="live_host"),
    path("agir/", live.live_act, name="live_act"),
    path("etat/", live.live_state, name="live_state"),
    path("salle/", live.live_room, name="live_room"),
]
