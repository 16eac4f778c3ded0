"""Everybody has their own news; the way out of letters needs no account."""

from accounts.policy import Access, Person, Rows, route, rows
from notifications.models import Notification

route("notifications:notification_list", Access.SIGNED_IN)
route("notifications:notification_read_all", Access.SIGNED_IN)
route(
    "notifications:notification_open",
    Access.SIGNED_IN,
    public_id="notifications.Notification",
)
route("notifications:preference_edit", Access.SIGNED_IN)
route("notifications:preference_resume", Access.SIGNED_IN)
route("notifications:unsubscribe", Access.PUBLIC, **{"token": "=jeton:signature"})
route("notifications:preview_list", Access.STAFF)
# In the demonstration only: everywhere else these pages do not exist.
route("notifications:mail_list", Access.PUBLIC)
route("notifications:mail_detail", Access.PUBLIC, file="=20260101-000000-1")


@rows(Notification)
def own_news(person: Person, queryset: Rows) -> Rows:
    """What one person is told is for them alone."""
    return queryset.filter(user=person.pk)
