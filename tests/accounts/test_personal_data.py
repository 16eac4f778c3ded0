"""No column escapes the data map, and the register of processing follows it."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from accounts.models import User
from accounts.personal_data import (
    Nature,
    OnErasure,
    Purged,
    all_activities,
    table_of,
    tables,
)
from accounts.selectors.processing_register import processing_register


def stored_models():
    """Every model with a table, ours and the libraries'."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def columns(model):
    return {field.name for field in model._meta.concrete_fields}


def test_every_column_of_every_table_is_classified():
    forgotten = {
        model._meta.label: sorted(columns(model) - set(table.natures))
        if (table := table_of(model._meta.label))
        else "the whole table"
        for model in stored_models()
    }

    assert {label: what for label, what in forgotten.items() if what} == {}


def test_the_data_map_names_only_columns_that_exist():
    unknown = {
        table.label: sorted(set(table.natures) - columns(table.model))
        for table in tables()
    }

    assert {label: what for label, what in unknown.items() if what} == {}


def test_what_is_personal_has_a_purpose_and_an_end():
    assert [
        table.label
        for table in tables()
        if table.is_personal and not (table.activity and table.retention)
    ] == []


def test_every_column_that_designates_a_person_is_followed_to_that_person():
    """A row that leads to somebody without a link would survive their erasure."""

    forgotten = [
        f"{table.label}.{field.name}"
        for table in tables()
        for field in table.model._meta.concrete_fields
        if field.is_relation
        and field.related_model is User
        and field.name not in {link.path for link in table.links}
    ]

    assert forgotten == []


def test_what_is_personal_reaches_the_copy_of_the_person():
    """All but the columns that only say whose row it is, or who else is in it."""
    left_out = [
        f"{table.label}.{name}"
        for table in tables()
        if table.links
        for name in table.columns(Nature.PERSONAL)
        if name not in {field for link in table.links for field in link.fields}
        and not table.model._meta.get_field(name).is_relation
    ]

    assert left_out == []


def test_free_words_of_a_persons_row_reach_their_copy():
    left_out = [
        f"{table.label}.{name}"
        for table in tables()
        if table.links
        for name in table.columns(Nature.WORDS)
        if name not in {field for link in table.links for field in link.fields}
    ]

    assert left_out == []


def test_a_secret_is_never_in_a_copy():
    handed_out = [
        f"{table.label}.{name}"
        for table in tables()
        for link in table.links
        for name in link.fields
        if table.natures[name] is Nature.SECRET
    ]

    assert handed_out == []


def test_what_is_detached_can_be_empty():
    wrong = [
        f"{table.label}.{link.path}"
        for table in tables()
        for link in table.links
        if link.on_erasure is OnErasure.DETACH
        and not table.model._meta.get_field(link.path).null
    ]

    assert wrong == []


def test_a_purge_reads_a_date_of_its_table():
    wrong = [
        table.label
        for table in tables()
        if isinstance(table.retention, Purged)
        and not isinstance(
            table.model._meta.get_field(table.retention.since), models.DateField
        )
    ]

    assert wrong == []


def test_every_activity_of_the_register_concerns_a_table():
    used = {table.activity for table in tables()}

    assert [one.code for one in all_activities() if one not in used] == []


def test_the_register_of_processing_is_up_to_date():
    page = Path(settings.BASE_DIR) / "docs/registre-des-traitements.md"

    assert page.read_text() == processing_register(), "run manage.py write_register"
