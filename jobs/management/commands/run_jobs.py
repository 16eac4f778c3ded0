"""``manage.py run_jobs``: do what is queued, here and now, then stop."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from jobs.models import Job
from jobs.services import drain


class Command(BaseCommand):
    help = "Fait les travaux en attente dans ce processus, puis s’arrête."

    def handle(self, *args: Any, **options: Any) -> None:
        count = drain(self._report)
        done = ngettext("%(n)d travail traité.", "%(n)d travaux traités.", count)
        self.stderr.write(done % {"n": count})

    def _report(self, job: Job) -> None:
        step = f"{job.progress_done}/{job.progress_total} {job.progress_label}"
        self.stderr.write(f"{job} : {step if job.progress_total else 'terminé'}")
