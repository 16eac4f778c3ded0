"""Which texts the database can hold."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _

from accounts.middleware.base import (
    Middleware,
    is_of_a_program,
    refusal_to_a_program,
)

FORM_CHARSETS = frozenset({"utf-8", "utf8"})  # what the pages are written in


class RefuseUnstorableTextMiddleware(Middleware):
    """Answer 400 to texts that PostgreSQL cannot hold: NUL and lone surrogates.

    Uploaded files are checked by what reads them; here only addresses, query
    strings, cookies and form fields (reliability: trap T24).
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_readable(request):
            return self._refusal(request)
        return super().__call__(request)

    @staticmethod
    def _refusal(request: HttpRequest) -> HttpResponse:
        sentence = _(
            "Ce texte contient des caractères invisibles qui ne peuvent pas "
            "être enregistrés. Retirez-les, puis recommencez."
        )
        if is_of_a_program(request):
            return refusal_to_a_program(sentence, status=400)
        return HttpResponseBadRequest(
            sentence, content_type="text/plain; charset=utf-8"
        )

    def _is_readable(self, request: HttpRequest) -> bool:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in FORM_CHARSETS:  # some are not even texts
            return False
        return all(is_storable(text) for text in self._texts(request))

    @staticmethod
    def _texts(request: HttpRequest) -> list[str]:
        texts: list[str] = [request.path]
        for name, value in request.COOKIES.items():  # quoted, they may hold a NUL
            texts.extend((name, value))
        for source in (request.GET, request.POST):
            for key, values in source.lists():
                texts.append(str(key))
                texts.extend(str(value) for value in values)
        return texts


def is_storable(text: str) -> bool:
    """Tell whether PostgreSQL can hold ``text``."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
