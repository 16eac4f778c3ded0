import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

RENEWED_EVERY = dt.timedelta(days=180)


@require_safe
@login_not_required
def security_contact(request: HttpRequest) -> HttpResponse:
    """Say to whom a weakness is told (RFC 9116)."""
    until = (timezone.now() + RENEWED_EVERY).replace(microsecond=0)
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.astimezone(dt.UTC):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: fr, en",
        f"Canonical: {request.build_absolute_uri()}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
