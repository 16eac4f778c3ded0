"""``manage.py demo``: prepare everything, open the site, stop it cleanly."""

import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from config.demo.presence import AlreadyRunningError, Presence, only_one
from config.demo.steps import Step, ready_accounts, steps
from config.embedded_postgresql.errors import ClusterError
from jobs.worker import Worker

OPTIONS = ("port", "check", "empty")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Prépare la démonstration, ouvre le site et fait les travaux en attente."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="ouvre le site, lui demande une page, puis l’arrête",
        )
        parser.add_argument(
            "--empty",
            action="store_true",
            help="ne charge ni territoires ni organisations",
        )
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with only_one(settings.VAR_DIR) as presence:
                self._run(presence, **{name: options[name] for name in OPTIONS})
        except AlreadyRunningError as error:
            self._point_to(error.address, check=options["check"])
        except ClusterError as error:
            raise CommandError(str(error)) from error
        finally:
            connections.close_all()

    def _run(self, presence: Presence, *, port: int, check: bool, empty: bool) -> None:
        stop = StopRequest()
        worker = Worker()
        try:
            self._prepare(worker, empty=empty)
            self._open(presence, port, stop, check=check)
        except KeyboardInterrupt:
            self._say(
                "\nInterrompu. Ce qui est fait est gardé ; « make demo » reprend."
            )
            raise SystemExit(130) from None
        finally:
            worker.stop()

    def _prepare(self, worker: Worker, *, empty: bool) -> None:
        todo = list(steps(empty=empty))
        for number, step in enumerate(todo, start=1):
            self._take(step, f"[{number}/{len(todo)}] {step.title}")
            if number == 2:  # noqa: PLR2004 - the tables are there: work can begin
                worker.start()

    def _take(self, step: Step, title: str) -> None:
        self._say(f"{title}…")
        started = time.monotonic()
        if step.is_done():
            self._say("      déjà là")
            return
        step.action()
        seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
        self._say(f"      fait en {seconds} s")

    def _open(
        self,
        presence: Presence,
        port: int,
        stop: "StopRequest",
        *,
        check: bool,
    ) -> None:
        # Loaded now: the site's addresses import every view.
        from config.demo.site import Site, answers  # noqa: PLC0415

        site = Site(port)
        settings.SITE_URL = site.address  # the port is known now: letters lead there
        site.start()
        try:
            presence.announce(site.address)
            if site.port != port:
                self._say(f"Le port {port} est pris par un autre programme.")
            if check:
                self._judge(answers(site.address))
                return
            self._welcome(site.address)
            stop.wait()
            self._say("\nArrêt…")
        finally:
            site.stop()

    def _welcome(self, address: str) -> None:
        lines = [f"\nLe site est ouvert : {address}"]
        for account in ready_accounts():
            lines.append(f"\n  {account.label}")
            lines.append(f"    {account.email}   mot de passe : {account.password}")
            lines.append(f"    {account.what_to_try}")
        lines.append("\nCtrl-C pour tout arrêter.")
        self._say("\n".join(lines))

    def _point_to(self, address: str, *, check: bool) -> None:
        if not address:
            raise CommandError(
                "La démonstration est déjà en préparation dans une autre fenêtre."
            )
        self._say(f"La démonstration tourne déjà : {address}")
        if check:
            from config.demo.site import answers  # noqa: PLC0415

            self._judge(answers(address))

    def _judge(self, statuses: dict[str, int]) -> None:
        for path, status in statuses.items():
            self._say(f"{path} : {status}")
        if set(statuses.values()) != {200}:
            raise CommandError("Le site ne répond pas comme il faut.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


class StopRequest:
    """A signal: an exception while preparing, a quiet end once the site is open."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._interrupts = True
        for number in STOP_SIGNALS:
            signal.signal(number, self._ask)

    def wait(self) -> None:
        """Wait for the request."""
        self._interrupts = False
        while not self._asked.wait(0.5):
            pass

    def _ask(self, *_: object) -> None:
        first = not self._asked.is_set()
        self._asked.set()
        if first and self._interrupts:
            raise KeyboardInterrupt
