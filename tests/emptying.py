"""After a test whose changes were committed, the base is emptied, quickly.

Django truncates every table: new files for each of them and of their indexes, then all
content types and permissions again, 0.4 s a test. Few rows were written: deleting them
takes milliseconds. Foreign keys and the triggers of the history are put aside meanwhile,
which a superuser may do; another account truncates as Django does.
"""

from django.db import connection
from django.test import TransactionTestCase

# Written when the base is made, the same for every test.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}
DELETE = """
DO $$
DECLARE emptied text;
BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);
  FOREACH emptied IN ARRAY '{%s}'::text[] LOOP
    EXECUTE format('DELETE FROM %%I', emptied);
  END LOOP;
END $$
"""
truncate = TransactionTestCase._fixture_teardown


def tables() -> list[str]:
    known = connection.introspection.django_table_names(only_existing=True)
    return sorted(set(known) - KEPT)


def empty(case: TransactionTestCase) -> None:
    """Leave no row behind, except what the base was made with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        if cursor.fetchone() == (True,):
            cursor.execute(DELETE % ",".join(tables()))
            return
    truncate(case)
