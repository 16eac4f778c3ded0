from django.http import HttpRequest

from accounts.selectors.elevation import current_elevation


def elevation(request: HttpRequest) -> dict[str, object]:
    """What every page says while it lasts: the extended access of an administrator."""
    person = getattr(request, "user", None)
    return {"extended_access": current_elevation(person) if person else None}
