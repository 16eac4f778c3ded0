"""French full-text search with what PostgreSQL holds, without any extension."""

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func

FRENCH = "french"
AS_WRITTEN = "simple"
MIN_LENGTH = 3


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
    """Return the query of one folded word; the last one may be unfinished.

    Besides its French root, its plural and its singular as they are written: the
    French stemmer does not bring « vélos » and « vélo » together.
    """
    query = SearchQuery(word, config=FRENCH, search_type="raw")
    for form in number_forms(word):
        query |= SearchQuery(form, config=AS_WRITTEN, search_type="raw")
    if is_last:
        query |= SearchQuery(f"{word}:*", config=FRENCH, search_type="raw")
        query |= SearchQuery(f"{word}:*", config=AS_WRITTEN, search_type="raw")
    return query


def number_forms(word: str) -> tuple[str, ...]:
    """Return the singular and the plural that ``word`` may be."""
    if len(word) < MIN_LENGTH:
        return (word,)
    has_mark = word.endswith("s") or word.endswith("ux")
    singular = word[:-1] if has_mark else word
    plural = f"{singular}x" if singular.endswith("u") else f"{singular}s"
    return (singular, plural)
