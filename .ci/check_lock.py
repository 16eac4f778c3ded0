"""The lock names the public index only, and requirements.txt says the same as it."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}
EXPORT = (
    *("export", "--frozen", "--quiet", "--no-dev", "--no-header"),
    *("--format", "requirements-txt"),
)


def foreign_hosts(lock: str) -> set[str]:
    """Return the hosts that a lock names besides those of the public index."""
    return set(re.findall(r"[a-z+]+://([^/\"\s]+)", lock)) - PUBLIC_HOSTS


def main() -> int:
    problems = []
    if hosts := foreign_hosts((ROOT / "uv.lock").read_text()):
        problems.append(f"uv.lock names {', '.join(sorted(hosts))}: run make lock")
    requirements = (ROOT / "requirements.txt").read_text()
    if "://" in requirements:
        problems.append("requirements.txt names a host: run make lock")
    uv = ROOT / ".tools" / "bin" / "uv"
    exported = subprocess.run(
        [uv, *EXPORT], check=True, capture_output=True, text=True, cwd=ROOT
    )
    if exported.stdout != requirements:
        problems.append("requirements.txt is not what uv.lock says: run make lock")
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return len(problems)


if __name__ == "__main__":
    sys.exit(main())
