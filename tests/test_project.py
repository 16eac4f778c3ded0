"""Rules of the whole project, checked instead of remembered."""

import ast
import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.policy import CLOSED_ADMIN, Access, route_named, routes
from tests.tree import OUR_APPS, ROOT

PURE = (
    "alliances.description.parts",
    "alliances.identifiers.checks",
    "alliances.interchange",
    "alliances.square.drawing",
    "alliances.square.geometry",
    "matching.kernel",
    "notifications.postbox",
    "notifications.working_days",
    "portal.examples",
    "rendezvous.scheduling",
    "rendezvous.worth",
    "territories.assembly",
    "territories.drawing",
    "territories.geo",
    "territories.project_file",
    "territories.search_text",
    "territories.topology",
    "territories.vintage",
)


def named_routes(resolver=None, namespaces=()):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            deeper = (
                (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            )
            yield from named_routes(pattern, deeper)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*namespaces, pattern.name or "")), pattern


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_address_has_a_policy_row():
    nameless = [
        str(pattern.pattern)
        for name, pattern in named_routes()
        if (not name or name.endswith(":")) and not name.startswith("admin:")
    ]
    undeclared = [
        name
        for name, _ in named_routes()
        if route_named(name) is None and not name.startswith(CLOSED_ADMIN)
    ]

    assert (nameless, undeclared) == ([], [])


def test_every_policy_row_has_an_address():
    names = {name for name, _ in named_routes()}

    assert [row.name for row in routes() if row.name not in names] == []


def test_only_the_addresses_declared_public_opt_out_of_signing_in():
    opted_out = {
        name
        for name, pattern in named_routes()
        if not getattr(pattern.callback, "login_required", True)
        and not name.startswith("admin:")
    }
    public = {row.name for row in routes() if row.access is Access.PUBLIC}

    assert opted_out == public


def test_verbose_names_are_in_lower_case():
    wrong = [
        f"{model.__name__}: {name}"
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models()
        for name in (model._meta.verbose_name, model._meta.verbose_name_plural)
        if name[0] != name[0].lower()
    ]

    assert wrong == []


def test_no_module_is_a_drawer_for_anything():
    names = {"utils.py", "helpers.py", "common.py", "core.py", "misc.py"}
    found = [
        str(path.relative_to(ROOT))
        for app in OUR_APPS
        for path in (ROOT / app).rglob("*.py")
        if path.name in names
    ]

    assert found == []


def test_every_environment_variable_read_is_documented():
    pattern = re.compile(
        r"""(?:environ\.get\(|environ\[|required\()\s*["']([A-Z_]+)["']"""
    )
    read = {
        name
        for folder in ("config", *OUR_APPS)
        for path in (ROOT / folder).rglob("*.py")
        for name in pattern.findall(path.read_text())
    }
    documented = (ROOT / ".env.example").read_text()

    assert sorted(name for name in read if name not in documented) == []


def test_test_modules_are_functions_only():
    with_classes = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if any(
            isinstance(node, ast.ClassDef) and node.name.startswith("Test")
            for node in ast.parse(path.read_text()).body
        )
    ]

    assert with_classes == []


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_imports_without_django(module):
    program = f"import sys, {module}; sys.exit('django' in sys.modules)"

    finished = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)

    assert finished.returncode == 0


def test_no_tracked_file_names_a_machine():
    pattern = r"/(work|home|root|Users)/[a-z]|127\.0\.0\.1:5999|file:///"
    found = subprocess.run(
        [
            "git",
            "grep",
            "-nIE",
            pattern,
            "--",
            ":!tests/test_project.py",
            ":!*/vendor/*",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.stdout.splitlines() == []
