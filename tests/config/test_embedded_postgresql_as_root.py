"""Root, for whom PostgreSQL refuses to run: nothing is opened to others, nobody is created."""

import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded_postgresql import places
from config.embedded_postgresql.cluster import Cluster
from config.embedded_postgresql.identity import (
    Identity,
    as_account,
    identity_for,
    in_user_namespace,
)
from tests.config.test_embedded_postgresql import query

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="concerns root only")


@pytest.fixture
def nobody() -> Identity:
    """Root where user namespaces are refused."""
    return as_account(pwd.getpwnam("nobody"))


@pytest.fixture
def passable() -> Iterator[Path]:
    """A directory through which other accounts may pass, unlike those of pytest."""
    directory = Path(tempfile.mkdtemp(prefix="alliances-test-"))
    directory.chmod(0o711)
    yield directory
    shutil.rmtree(directory)


def modes_to(path: Path) -> list[int]:
    return [parent.stat().st_mode for parent in path.parents]


def test_root_appears_as_another_account_and_keeps_its_files(tmp_path: Path) -> None:
    identity = in_user_namespace()
    if identity is None:
        pytest.skip("user namespaces are refused on this machine")
    before = modes_to(tmp_path / "pg")
    cluster = Cluster(tmp_path / "pg", durable=False, identity=identity)

    try:
        assert query(cluster.ensure(), "SELECT 1") == 1
        assert (tmp_path / "pg" / "data").stat().st_uid == 0
    finally:
        cluster.release()
    assert modes_to(tmp_path / "pg") == before


def test_where_namespaces_are_refused_the_server_is_run_by_nobody(
    passable: Path, nobody: Identity
) -> None:
    cluster = Cluster(passable / "pg", durable=False, identity=nobody)

    try:
        socket = cluster.ensure()
        server = cluster.running()
        assert server is not None
        assert query(socket, "SELECT 1") == 1
        assert Path(f"/proc/{server.pid}").stat().st_uid == nobody.uid
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    finally:
        cluster.release()


def test_a_project_closed_to_nobody_stays_closed(
    tmp_path: Path,
    passable: Path,
    nobody: Identity,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(places, "PRIVATE_ROOTS", (passable,))
    before = modes_to(tmp_path / "pg")
    cluster = Cluster(tmp_path / "pg", durable=False, identity=nobody)

    try:
        socket = cluster.ensure()
        assert query(socket, "SELECT 1") == 1
        assert socket.is_relative_to(passable)
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    finally:
        cluster.release()
    assert modes_to(tmp_path / "pg") == before


def test_programs_closed_to_nobody_are_copied_where_he_may_run_them(
    tmp_path: Path,
    passable: Path,
    nobody: Identity,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package = places.binaries_for(Identity()).parents[1]
    closed = tmp_path / places.PACKAGE
    shutil.copytree(package / places.INSTALLATION, closed / places.INSTALLATION)
    shutil.copytree(f"{package}.libs", f"{closed}.libs")
    (closed / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(places, "PRIVATE_ROOTS", (passable,))
    cluster = Cluster(passable / "pg", durable=False, identity=nobody)

    try:
        assert query(cluster.ensure(), "SELECT 1") == 1
        assert places.binaries_for(nobody).is_relative_to(passable)
    finally:
        cluster.release()


def test_data_made_in_a_namespace_are_kept_when_it_is_refused(
    passable: Path, nobody: Identity
) -> None:
    identity = in_user_namespace()
    if identity is None:
        pytest.skip("user namespaces are refused on this machine")
    before = Cluster(passable / "pg", durable=False, identity=identity)
    query(before.ensure(), "CREATE TABLE kept AS SELECT 42 AS value")
    before.release()

    after = Cluster(passable / "pg", durable=False, identity=nobody)

    try:
        assert query(after.ensure(), "SELECT value FROM kept") == 42
    finally:
        after.release()
    assert identity_for(passable / "pg") == nobody
