from collections.abc import Iterator

import pytest
from django.template import engines
from django.template.autoreload import reset_loaders

from notifications import registry
from notifications.registry import Kind, declare

# Modules of the processes that the chaos test starts: they choose their own settings.
collect_ignore = ["chaos_app.py", "chaos_settings.py", "chaos_smtp.py"]

TEMPLATE = """{% load partials %}
{% partialdef subject %}Réponse de {{ organisation }}{% endpartialdef %}
{% partialdef sentence %}{{ organisation }} vous a répondu.{% endpartialdef %}
{% partialdef body %}Bonjour,

{{ organisation }} vous a répondu.{% endpartialdef %}
"""


@pytest.fixture(autouse=True)
def _only_kinds_of_the_test() -> Iterator[None]:
    """Forget the kinds that a test declares, and those of the applications."""
    before = dict(registry._kinds)
    registry._kinds.clear()
    yield
    registry._kinds.clear()
    registry._kinds.update(before)


@pytest.fixture
def kinds_folder(tmp_path, monkeypatch):
    """A folder of templates of kinds, found before those of the project."""
    folder = tmp_path / "notifications" / "kinds"
    folder.mkdir(parents=True)
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "dirs", [tmp_path, *engine.dirs])
    yield folder
    reset_loaders()


@pytest.fixture
def new_kind(kinds_folder):
    """Declare a kind with its template."""

    def declare_one(code="test.answer", template=TEMPLATE, **options) -> Kind:
        reset_loaders()
        (kinds_folder / f"{code}.txt").write_text(template)
        return declare(Kind(code=code, label=f"Genre {code}", **options))

    return declare_one
