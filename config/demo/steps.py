"""What is prepared before the site opens. Each step is safe to run again.

The steps are commands of the applications, called when they exist. Their contract:

* ``load_territories`` and ``load_demo`` write all or nothing, and return quickly when
  everything is already there (a half-finished run is so simply run again);
* ``load_demo`` creates the accounts of `alliances.demonstration.accounts`, of which those
  that exist are shown at the end;
* ``refresh_matches --wait`` returns when the proposals are stored;
* ``load_demo_sessions`` holds a session for this evening, whichever the evening is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connection

from alliances.demonstration import Account, accounts
from matching.models import Proposal


@dataclass(frozen=True)
class Step:
    """A named action; ``is_done`` spares it when what it makes is there."""

    title: str
    action: Callable[[], object]
    is_done: Callable[[], bool] = lambda: False


def steps(*, empty: bool) -> Iterator[Step]:
    """Yield the steps in order; those of commands that do not exist are left out."""
    yield Step("Base de données", connection.ensure_connection)
    yield Step("Structure des tables", _migrate)
    known = {} if empty else get_commands()
    if "load_territories" in known:
        yield Step("Territoires de France", lambda: call_command("load_territories"))
    if "load_demo" in known:
        yield Step("Organisations de démonstration", lambda: call_command("load_demo"))
    if "refresh_matches" in known:
        yield Step(
            "Propositions de partenariat",
            lambda: call_command("refresh_matches", wait=True),
            is_done=Proposal.objects.exists,
        )
    if "load_demo_sessions" in known:
        yield Step("Sessions de rencontres", lambda: call_command("load_demo_sessions"))


def ready_accounts() -> list[Account]:
    """Return the accounts of the demonstration that exist, one per role."""
    known = set(get_user_model().objects.values_list("email", flat=True))
    return [account for account in accounts() if account.email in known]


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
