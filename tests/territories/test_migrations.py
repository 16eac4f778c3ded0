"""A backup is worth what its restore gives (docs/operators.md)."""

import pytest
from django.db import connection, transaction

pytestmark = pytest.mark.django_db

OWN_FUNCTIONS = """
SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public'
    AND p.proname NOT LIKE '%pgtrigger%' AND p.proname NOT LIKE '%pgh%'
ORDER BY p.proname
"""
CALLS = {
    "search_key": ("SELECT public.search_key('Île d’Yeu')", "ile d yeu"),
    "territory_search_document": (
        "SELECT public.territory_search_document('Île', '85', '{85350}')",
        "'85' '85350' 'ile'",
    ),
}


def test_every_function_of_ours_is_called_below():
    with connection.cursor() as cursor:
        cursor.execute(OWN_FUNCTIONS)

        assert [name for (name,) in cursor.fetchall()] == sorted(CALLS)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_function_answers_as_a_restore_calls_it(name):
    query, answer = CALLS[name]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = ''")
        cursor.execute(query)

        assert cursor.fetchone() == (answer,)
