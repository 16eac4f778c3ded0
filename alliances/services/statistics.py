"""What the planner of the database knows of the tables."""

from django.db import connection

from alliances.models import (
    Establishment,
    Intention,
    IntentionDomain,
    Need,
    Offer,
    Organisation,
)

TABLES = (
    Organisation,
    Establishment,
    Intention,
    IntentionDomain,
    Need,
    Offer,
    Intention.perimeter.through,
)


def update_statistics() -> None:
    """Count again, after many rows were written: searches are planned on the counts.

    The database does it by itself, but within a minute or so, during which a page may
    take seconds.
    """
    names = (connection.ops.quote_name(table._meta.db_table) for table in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(names)}")
