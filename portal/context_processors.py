from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What every page shows: whether the population is fictitious."""
    return {"demonstration": settings.DEMONSTRATION}
