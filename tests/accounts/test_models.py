import pytest
from django.db import IntegrityError

from accounts.models import User
from accounts.public_id import ALPHABET, LENGTH, new_public_id

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_names_one_person():
    person = User.objects.create_user(" Claire@Exemple.test ", "motdepasse-de-test")

    assert person.email == "claire@exemple.test"
    with pytest.raises(IntegrityError):
        User.objects.create(email="CLAIRE@exemple.test")


def test_a_person_signs_in_whatever_the_case_of_the_address(client):
    User.objects.create_user("claire@exemple.test", "motdepasse-de-test")

    assert client.login(username="Claire@Exemple.TEST", password="motdepasse-de-test")


def test_public_identifiers_are_neither_numeric_nor_consecutive():
    identifiers = {new_public_id() for _ in range(1_000)}

    assert len(identifiers) == 1_000
    assert {len(identifier) for identifier in identifiers} == {LENGTH}
    assert not any(identifier.isdigit() for identifier in identifiers)
    assert set("".join(identifiers)) <= set(ALPHABET)
