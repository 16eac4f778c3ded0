"""Under which account PostgreSQL runs: it refuses root, and nothing may be created for it.

An ordinary user runs it as himself. Root runs it in a user namespace, where he appears as
``nobody``, and files keep belonging to root; where user namespaces are refused, as ``nobody``
itself, by dropping privileges in the child process. No account is created and the permissions
of no existing directory are changed.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNPRIVILEGED_ACCOUNT = (
    "nobody"  # exists everywhere; initdb refuses an uid without an account
)


@dataclass(frozen=True)
class Identity:
    """How to launch a program so that it does not run as root."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def popen_options(self) -> dict[str, Any]:
        """Return the keyword arguments of ``subprocess.Popen`` that drop privileges."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, test: str, path: Path) -> bool:
        """Say whether this identity passes a file test of the shell (``-r``, ``-w``, ``-x``)."""
        return self.runs("/bin/sh", "-c", f'test {test} "$1"', "sh", str(path))

    def runs(self, *command: str) -> bool:
        """Say whether a command, launched under this identity, succeeds."""
        try:
            done = subprocess.run(
                [*self.prefix, *command],
                check=False,
                capture_output=True,
                **self.popen_options(),
            )
        except PermissionError:
            return False
        return done.returncode == 0


def identity_for(base: Path) -> Identity:
    """Choose who runs the cluster of the directory ``base``, which may not exist yet."""
    if os.geteuid() != 0:
        return Identity()
    if base.exists() and base.stat().st_uid != 0:
        return as_account(pwd.getpwuid(base.stat().st_uid))
    return in_user_namespace() or as_account(pwd.getpwnam(UNPRIVILEGED_ACCOUNT))


def as_account(account: pwd.struct_passwd) -> Identity:
    """Run as another account, by dropping privileges in the child."""
    return Identity(uid=account.pw_uid, gid=account.pw_gid)


def in_user_namespace() -> Identity | None:
    """Run as root seen as ``nobody`` in a namespace; None where namespaces are refused."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    uid = pwd.getpwnam(UNPRIVILEGED_ACCOUNT).pw_uid
    identity = Identity(prefix=(unshare, "--user", f"--map-user={uid}"))
    accepted = identity.runs("/bin/sh", "-c", f'test "$(id -u)" = {uid}')
    return identity if accepted else None
