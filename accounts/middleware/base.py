"""What the steps of a request have in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

INTERFACE = "/api/"  # where programs ask, which read JSON

GetResponse = Callable[[HttpRequest], HttpResponse]


class Middleware:
    """A step that lets everything through; each of the others says what it adds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


def is_of_a_program(request: HttpRequest) -> bool:
    return request.path.startswith(INTERFACE)


def refusal_to_a_program(sentence: str, *, status: int) -> JsonResponse:
    """Refuse as the views of the interface do."""
    return JsonResponse({"detail": sentence}, status=status)
