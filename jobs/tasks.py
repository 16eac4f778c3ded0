"""What Celery executes: jobs by their identifier, and the sweep; and the upkeep."""

from datetime import timedelta

from jobs import services
from jobs.broker import app
from jobs.registry import Payload, handler
from jobs.wakeup import RUN_TASK, SWEEP_TASK


@app.task(name=RUN_TASK)
def run(job_id: int) -> None:
    services.run_job(job_id)


@app.task(name=SWEEP_TASK)
def sweep() -> None:
    services.sweep()


@handler("jobs.forget_periods", every=timedelta(days=1))
def forget_periods(payload: Payload) -> None:
    services.forget_periods()
