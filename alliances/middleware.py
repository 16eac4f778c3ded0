"""Old addresses: an organisation that was merged is found at the one that was kept."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from alliances.models import Organisation

GetResponse = Callable[[HttpRequest], HttpResponse]
NOT_FOUND = 404
PARAMETERS = ("public_id", "other_id")


class MergedOrganisationsMiddleware:
    """Lead the pages of an absorbed organisation to those of the kept one (301).

    Only what would answer 404 is looked at: the other pages cost nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != NOT_FOUND or request.method not in ("GET", "HEAD"):
            return response
        path = _new_path(request)
        return HttpResponsePermanentRedirect(path) if path else response


def _new_path(request: HttpRequest) -> str:
    match = request.resolver_match
    given = match.kwargs if match else {}
    asked = {given[name] for name in PARAMETERS if name in given}
    if not asked:
        return ""
    rows = Organisation.objects.filter(
        public_id__in=asked, merged_into__isnull=False
    ).values_list("public_id", "merged_into__public_id")
    path = request.get_full_path()
    for old, new in rows:
        path = path.replace(f"/{old}/", f"/{new}/")
    return path if rows else ""
