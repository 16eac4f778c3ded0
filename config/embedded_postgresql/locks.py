"""Locks between processes: the kernel releases them when a process ends, however it ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


def open_lock(path: Path) -> int:
    """Open the file of a lock, private; the lock lasts as long as the descriptor."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Be the only one, after waiting for the others."""
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_shared(path: Path) -> bool:
    """Say whether somebody shares the lock: neither free, nor held by one alone."""
    with _opened(path) as descriptor:
        return not _try(descriptor, fcntl.LOCK_EX) and _try(descriptor, fcntl.LOCK_SH)


def is_held(path: Path) -> bool:
    """Say whether somebody has the lock, shared or alone."""
    with _opened(path) as descriptor:
        return not _try(descriptor, fcntl.LOCK_EX)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = open_lock(path)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
