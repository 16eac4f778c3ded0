"""Production refuses what is weak, and its compose file says what it needs."""

import os
import re
import secrets
import shutil
import subprocess
import sys

import pytest
import yaml
from django.conf import settings

SECRETS = {
    "DJANGO_SECRET_KEY": secrets.token_urlsafe(64),
    "DJANGO_ALLOWED_HOSTS": "alliances.example",
    "DATABASE_URL": "postgres://alliances:secret@127.0.0.1:5432/alliances",
    "REDIS_URL": "redis://:secret@127.0.0.1:6379/0",
    "EMAIL_HOST": "smtp.example",
    "EMAIL_FROM": "Alliances <nepasrepondre@alliances.example>",
    "SECURITY_CONTACT": "mailto:securite@alliances.example",
}
COMPOSE = settings.BASE_DIR / "docker-compose.yml"
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z_]+)")


@pytest.fixture(scope="module")
def services() -> dict[str, dict]:
    return yaml.safe_load(COMPOSE.read_text())["services"]


def start(changes: dict[str, str]) -> str:
    """Load the settings of production with an environment; return what it says."""
    path = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        check=False,
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=path | SECRETS | changes,
    ).stderr


def test_production_starts_with_what_the_example_asks():
    assert start({}) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"DJANGO_SECRET_KEY": ""}, "DJANGO_SECRET_KEY must be set"),
        ({"DJANGO_SECRET_KEY": "short"}, "at least 50 characters"),
        ({"DJANGO_SECRET_KEY": "ab" * 40}, "must be random"),
        ({"DJANGO_SECRET_KEY": "django-insecure-" + "x" * 50}, "must be random"),
        ({"DJANGO_DEBUG": "1"}, "DJANGO_DEBUG must not be set"),
        ({"DJANGO_ALLOWED_HOSTS": ""}, "DJANGO_ALLOWED_HOSTS must be set"),
        ({"DATABASE_URL": ""}, "DATABASE_URL must be set"),
        ({"REDIS_URL": ""}, "REDIS_URL must be set"),
        ({"EMAIL_HOST": ""}, "EMAIL_HOST must be set"),
        ({"EMAIL_FROM": ""}, "EMAIL_FROM must be set"),
        ({"EMAIL_SECURITY": "ssl3"}, "starttls, tls or none"),
        ({"SECURITY_CONTACT": "securite"}, "must begin with mailto: or https://"),
        ({"SECURITY_CONTACT": ""}, "SECURITY_CONTACT must be set"),
        ({"REDIS_URL": "redis://:change-me@redis:6379/0"}, "password of the example"),
    ],
)
def test_production_refuses_to_start_with(changes, said):
    assert said in start(changes)


def test_the_production_shape_has_every_part(services):
    parts = {"postgres", "redis", "migrate", "web", "live", "worker", "beat", "proxy"}

    assert set(services) == parts


def test_every_lasting_service_says_whether_it_is_well(services):
    silent = [
        name
        for name, service in services.items()
        if name != "migrate" and "test" not in service.get("healthcheck", {})
    ]

    assert silent == []


def test_what_a_service_waits_for_exists_and_can_be_waited_for(services):
    awaited = [
        (needed, rule["condition"])
        for service in services.values()
        for needed, rule in service.get("depends_on", {}).items()
    ]

    assert {needed for needed, _ in awaited} <= set(services)
    assert {needed for needed, rule in awaited if rule == "service_healthy"} == {
        "postgres",
        "redis",
        "web",
    }


def test_only_the_proxy_is_reached_from_outside(services):
    assert [name for name in services if "ports" in services[name]] == ["proxy"]


def test_every_named_volume_is_declared(services):
    declared = yaml.safe_load(COMPOSE.read_text())["volumes"]
    used = {
        volume.split(":")[0]
        for service in services.values()
        for volume in service.get("volumes", [])
    }

    assert {name for name in used if not name.startswith(".")} == set(declared)


def test_every_file_that_a_service_mounts_or_runs_exists(services):
    texts = [str(service) for service in services.values()]
    texts.append((settings.BASE_DIR / "Dockerfile").read_text())
    named = {name for text in texts for name in re.findall(r"deploy/[\w.]+", text)}

    assert named
    assert [name for name in named if not (settings.BASE_DIR / name).exists()] == []


def test_every_variable_is_explained_in_the_example():
    example = (settings.BASE_DIR / ".env.example").read_text()
    explained = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    used = set(VARIABLE.findall(COMPOSE.read_text()))

    assert sorted(used - set(explained)) == []


def test_no_secret_has_a_default():
    text = COMPOSE.read_text()
    secret = re.compile(r"\$\{([A-Z_]*(?:PASSWORD|KEY))(?!:\?)")

    assert secret.findall(text) == []


def test_the_application_gets_every_variable_that_production_requires(services):
    production = (settings.BASE_DIR / "config/settings/production.py").read_text()
    required = set(re.findall(r'required\("([A-Z_]+)"\)', production))

    for name in ("migrate", "web", "worker", "beat"):
        assert required <= set(services[name]["environment"])


def test_docker_itself_accepts_the_file(tmp_path):
    docker = shutil.which("docker")
    known = docker and subprocess.run(
        [docker, "compose", "version"], check=False, capture_output=True
    )
    if not known or known.returncode:
        pytest.skip("docker compose is not installed on this machine")
    values = dict.fromkeys(VARIABLE.findall(COMPOSE.read_text()), "x")
    done = subprocess.run(
        [docker, "compose", "--file", str(COMPOSE), "config", "--quiet"],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | values,
    )

    assert (done.returncode, done.stderr) == (0, "")
