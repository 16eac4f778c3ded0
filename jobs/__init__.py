"""Background work that cannot be lost: rows written in the business transaction.

A row of `jobs.models.Job` is the truth. Celery executes, Redis only wakes it up; without
Redis, a thread of the process does the work. See docs/decisions/0012-outbox.md.
"""
