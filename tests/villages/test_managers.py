"""Whoever manages an account can become its owner, so no further than the manager may it reach.

The attack: the admin of one regency made a new password for an account that also held offices in
others, logged in, and downloaded their annexes.
"""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import people
from villages import scope
from villages.models import Office, Role, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def bima():
    """An account of a BPJS branch, managed in Trenggalek, which may get offices elsewhere."""
    people.regency(people.BOJONEGORO)
    return people.office("bima").user


def give_office(user, area):
    with scope.whole_country("tests"), transaction.atomic():
        return Office.objects.create(user=user, role=Role.BPJS, area_id=area)


def move_offices(user, area):
    with scope.whole_country("tests"), transaction.atomic():
        Office.objects.filter(user=user).update(area=area)


def manage_in(user, area):
    with scope.whole_country("tests"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(area=area)


def test_an_account_gets_no_office_outside_its_managers_area(bima):
    with pytest.raises(IntegrityError, match="does not lie"):
        give_office(bima, people.BOJONEGORO)
    manage_in(bima, None)
    assert give_office(bima, people.BOJONEGORO).pk


def test_an_office_does_not_move_outside_it_either(bima):
    with pytest.raises(IntegrityError, match="does not lie"):
        move_offices(bima, people.BOJONEGORO)


def test_an_account_with_offices_elsewhere_gets_no_manager(bima):
    manage_in(bima, None)
    give_office(bima, people.BOJONEGORO)
    for area in (people.TRENGGALEK, people.BOJONEGORO):
        with pytest.raises(IntegrityError, match="outside the area"):
            manage_in(bima, area)
    manage_in(bima, "35")


def test_an_office_that_has_ended_counts_too(bima):
    """What was done in it can still be seen by whoever holds the account."""
    manage_in(bima, None)
    ended = give_office(bima, people.BOJONEGORO)
    with scope.whole_country("tests"):
        Office.objects.filter(pk=ended.pk).update(ends_on=ended.starts_on)
    with pytest.raises(IntegrityError, match="outside the area"):
        manage_in(bima, people.TRENGGALEK)


def test_no_scope_that_a_script_enters_gets_round_it(bima):
    for office in (people.office("rini"), people.office("boni")):
        with scope.enter(office), pytest.raises(IntegrityError), transaction.atomic():
            Office.objects.create(user=bima, role=Role.BPJS, area_id=people.BOJONEGORO)


def test_the_admin_of_one_regency_cannot_reach_a_shared_account(as_person, bima):
    url = reverse("admin:auth_user_password_change", args=[bima.pk])
    assert as_person("rini").get(url).status_code == 200, "there is something to reach"
    manage_in(bima, None)
    give_office(bima, people.BOJONEGORO)
    for name in ("rini", "boni"):
        answer = as_person(name).post(url)
        assert (answer.status_code, answer.url) == (302, reverse("admin:index"))
    with scope.whole_country("tests"):
        assert User.objects.get(pk=bima.pk).check_password(people.PASSWORD)


def test_a_script_of_an_admin_changes_no_password_of_a_shared_account(bima):
    rini = people.office("rini")
    with scope.enter(rini):
        assert User.objects.filter(pk=bima.pk).update(password="x") == 1, "there is one to change"
    manage_in(bima, None)
    with scope.enter(rini):
        assert User.objects.filter(pk=bima.pk).update(password="y") == 0
