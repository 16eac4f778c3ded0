"""What the portal tells people when something happens to their account."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import DataExport, User
from accounts.signals import erasure_asked, export_ready, inactivity_noticed
from notifications.services import notify
from portal.notices import COPY_READY, ERASURE_ASKED, INACTIVE


@receiver(inactivity_noticed)
def tell_inactive(users: Iterable[User], erased_on: dt.date, **kwargs: Any) -> None:
    notify(
        INACTIVE,
        users,
        key=erased_on.isoformat(),
        path=reverse("portal:data_detail"),
        context={"day": date_format(erased_on, "j F Y")},
    )


@receiver(export_ready)
def tell_copy_ready(export: DataExport, **kwargs: Any) -> None:
    if export.expires_at is None:
        return
    last_day = timezone.localtime(export.expires_at)
    notify(
        COPY_READY,
        [export.user],
        key=export.public_id,
        path=reverse("portal:data_detail"),
        context={"day": date_format(last_day, "j F Y")},
    )


@receiver(erasure_asked)
def tell_erasure_asked(user: User, due_at: dt.datetime, **kwargs: Any) -> None:
    day = date_format(timezone.localtime(due_at), "j F Y")
    notify(
        ERASURE_ASKED,
        [user],
        key=due_at.isoformat(),
        path=reverse("portal:data_detail"),
        context={"day": day},
    )
