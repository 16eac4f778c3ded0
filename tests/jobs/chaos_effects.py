"""What the jobs of the chaos test leave behind, so that twice is seen as twice."""

from datetime import UTC, datetime

from jobs.models import Job

NEVER = datetime(2100, 1, 1, tzinfo=UTC)
UNSAFE = "chaos.unsafe"


def record(kind: str, number: int) -> None:
    Job.objects.create(kind=kind, payload={"number": number}, not_before=NEVER)


def recorded(kind: str) -> list[int]:
    """Return the numbers recorded, sorted; one done twice is there twice."""
    payloads = Job.objects.filter(kind=kind).values_list("payload", flat=True)
    return sorted(payload["number"] for payload in payloads)
