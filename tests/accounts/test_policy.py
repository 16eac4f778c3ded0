import datetime as dt

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from accounts.policy import (
    Access,
    UndeclaredError,
    can,
    may_open,
    route,
    route_named,
    visible,
)
from tests.factories.accounts import UserFactory
from tests.factories.elevation import ElevationFactory

VISITOR = AnonymousUser()


@pytest.fixture
def forgotten_permission():
    name = "tests.do_something"
    yield name
    if rules.perm_exists(name):
        rules.remove_perm(name)


def test_an_address_without_a_row_is_refused_to_everybody():
    administrator = UserFactory.build(is_staff=True, is_superuser=True)

    assert route_named("nowhere:at_all") is None
    assert not may_open(administrator, "nowhere:at_all")


def test_an_address_has_only_one_row():
    with pytest.raises(ValueError, match="portal:home has two policy rows"):
        route("portal:home", Access.PUBLIC)


def test_the_gallery_is_for_active_staff():
    staff = UserFactory.build(is_staff=True)
    former_staff = UserFactory.build(is_staff=True, is_active=False)

    answers = [
        may_open(person, "portal:gallery")
        for person in (VISITOR, UserFactory.build(), former_staff, staff)
    ]

    assert answers == [False, False, False, True]


@pytest.mark.django_db
def test_the_administration_is_for_an_extended_access_while_it_lasts():
    now = timezone.now()
    past = ElevationFactory(
        starts_at=now - dt.timedelta(hours=2), ends_at=now - dt.timedelta(hours=1.8)
    )
    former = ElevationFactory(user__is_active=False)
    no_longer_staff = ElevationFactory(user__is_staff=False)
    people = (
        VISITOR,
        UserFactory(is_staff=True, is_superuser=True),
        past.user,
        former.user,
        no_longer_staff.user,
        ElevationFactory().user,
    )

    answers = [may_open(person, "admin:index") for person in people]

    assert answers == [False, False, False, False, False, True]


def test_a_permission_that_nobody_declared_raises(forgotten_permission):
    with pytest.raises(UndeclaredError, match=forgotten_permission):
        can(VISITOR, forgotten_permission)


def test_a_declared_permission_answers_its_predicate(forgotten_permission):
    rules.add_perm(forgotten_permission, rules.is_authenticated)

    assert not can(VISITOR, forgotten_permission)
    assert can(UserFactory.build(), forgotten_permission)


def test_rows_of_an_undeclared_model_raise():
    with pytest.raises(UndeclaredError, match="User"):
        visible(VISITOR, User.objects.all())
