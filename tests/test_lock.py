"""What is installed is locked, from the public index, and nothing else is named."""

import re

from django.conf import settings


def hosts_named(text: str) -> set[str]:
    return set(re.findall(r"[a-z+]+://([^/\"\s]+)", text))


def test_the_lock_names_the_public_index_only():
    lock = (settings.BASE_DIR / "uv.lock").read_text()

    assert hosts_named(lock) == {"pypi.org", "files.pythonhosted.org"}


def test_every_requirement_is_pinned_by_hash_and_names_no_host():
    text = (settings.BASE_DIR / "requirements.txt").read_text()
    requirements = re.sub(r"\\\n|^\s*#.*$", "", text, flags=re.MULTILINE).splitlines()
    loose = [
        line
        for line in requirements
        if line.strip() and ("==" not in line or "--hash=sha256:" not in line)
    ]

    assert (hosts_named(text), loose) == (set(), [])
