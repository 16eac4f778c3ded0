"""Mistakes on what people are told."""

import notifications.views.news
from accounts.policy import _rows
from notifications import selectors
from notifications.models import Notification
from tests.authorisation.faults import fault

LIST, OPEN = "notifications:notification_list", "notifications:notification_open"
ALL = "notifications:notification_read_all"


def everything(person, queryset):
    return queryset


@fault(LIST)
def the_news_of_everybody(patch):
    patch.setitem(_rows, Notification, everything)


@fault(LIST)
def lines_of_everybody(patch):
    patch.setattr(
        notifications.views.news,
        "lines_of",
        lambda _: selectors.lines_of(Notification.objects.all()),
    )


@fault(OPEN)
def any_news_by_its_identifier(patch):
    patch.setattr(notifications.views.news, "visible", everything)


@fault(ALL)
def everybodys_news_marked_as_read(patch):
    patch.setattr(
        notifications.views.news, "visible", lambda *_: Notification.objects.all()
    )
