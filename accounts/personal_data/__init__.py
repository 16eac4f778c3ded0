"""What every column holds of persons, why, how long, and what becomes of it.

Each application declares its tables in its own ``personal_data.py``. From these rows
come the register of processing, the copy that a person may ask for, their erasure and
the purges: a table that nobody declared fails the suite, so none is forgotten.
"""

from accounts.personal_data.registry import (
    Activity,
    Basis,
    Kept,
    Link,
    Nature,
    OnErasure,
    Purged,
    Table,
    all_activities,
    declare_activity,
    register,
    table_of,
    tables,
)

__all__ = [
    "Activity",
    "Basis",
    "Kept",
    "Link",
    "Nature",
    "OnErasure",
    "Purged",
    "Table",
    "all_activities",
    "declare_activity",
    "register",
    "table_of",
    "tables",
]
