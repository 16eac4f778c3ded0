"""French full-text search with what PostgreSQL holds, without any extension."""

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func

FRENCH = "french"
AS_WRITTEN = "simple"


class TextVector(Func):
    """The words of a text, by their root and as written, with a weight.

    Accents are removed first (``search_key``). The words as written are kept beside
    their French roots, so that the beginning of a word finds it.
    """

    template = (
        "setweight("
        "to_tsvector('pg_catalog.french'::regconfig, search_key(%(expressions)s)) || "
        "to_tsvector('pg_catalog.simple'::regconfig, search_key(%(expressions)s)), "
        "'%(weight)s')"
    )
    output_field = SearchVectorField()

    def __init__(self, expression: str, *, weight: str) -> None:
        super().__init__(expression, weight=weight)


class AllVectors(Func):
    """Several vectors as one."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


def word_query(word: str, *, is_last: bool) -> SearchQuery:
    """Return the query of one folded word; the last one may be unfinished."""
    exact = SearchQuery(word, config=FRENCH, search_type="raw")
    if not is_last:
        return exact
    beginning = f"{word}:*"
    return (
        exact
        | SearchQuery(beginning, config=FRENCH, search_type="raw")
        | SearchQuery(beginning, config=AS_WRITTEN, search_type="raw")
    )
