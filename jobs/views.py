"""Health of the process (``/livez``) and of what it needs (``/readyz``)."""

from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs.selectors import oldest_due_age_s


@require_safe
@never_cache
@login_not_required
def liveness(request: HttpRequest) -> HttpResponse:
    """Answer without any dependency: the process is alive."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readiness(request: HttpRequest) -> JsonResponse:
    """Check the database, its migrations and the age of the outbox.

    Redis is not asked: without it the site works, and the outbox only grows older.
    """
    try:
        oldest_s = oldest_due_age_s()
        migrated = _is_migrated()
    except Error:
        return JsonResponse({"database": False}, status=503)
    late = oldest_s > settings.JOBS_LATE_SECONDS
    return JsonResponse(
        {"database": True, "migrations": migrated, "oldest_job_s": round(oldest_s)},
        status=200 if migrated and not late else 503,
    )


def _is_migrated() -> bool:
    """Remember a yes: a running process never becomes late on its own database."""
    if _migrated.cache_info().currsize:
        return True
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    return _migrated()


@cache
def _migrated() -> bool:
    return True
