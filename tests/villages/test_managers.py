"""Whoever manages an account can become its owner, so no further than the manager may it reach.

The attack: the admin of one regency made a new password for an account that also held offices in
others, logged in, and downloaded their annexes.
"""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import people
from villages import scope
from villages.accounts import links
from villages.models import AccountRecord, Office, Role, User

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
    with pytest.raises(IntegrityError, match="changes neither"):
        move_offices(bima, people.BOJONEGORO)
    manage_in(bima, None)
    with pytest.raises(IntegrityError, match="changes neither"):
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
    url = reverse("account_code", args=[bima.pk])
    assert as_person("rini").get(url).status_code == 200, "there is something to reach"
    manage_in(bima, None)
    give_office(bima, people.BOJONEGORO)
    for name in ("rini", "boni"):
        assert as_person(name).post(url).status_code == 404
    with scope.whole_country("tests"):
        assert not AccountRecord.objects.filter(user=bima).exists()


def test_a_script_of_an_admin_changes_no_password_of_a_shared_account(bima):
    rini = people.office("rini")
    with scope.enter(rini):
        assert User.objects.filter(pk=bima.pk).update(password="x") == 1, "there is one to change"
    manage_in(bima, None)
    with scope.enter(rini):
        assert User.objects.filter(pk=bima.pk).update(password="y") == 0


def test_what_a_manager_knows_ends_when_the_platform_takes_an_account_over(bima):
    """A code or password that the manager may know would open the offices it gets elsewhere."""
    rini = people.office("rini")
    with scope.enter(rini):
        code = links.make(User.objects.get(pk=bima.pk), by=rini)
    assert links.owner("bima", code), "there is something to end"
    manage_in(bima, None)
    assert not links.owner("bima", code)
    with scope.whole_country("tests"):
        assert not User.objects.get(pk=bima.pk).has_usable_password()


@pytest.mark.parametrize("name", ["rini", "kartika"])
def test_no_scope_of_an_office_makes_a_superuser(name):
    kartika, office = people.office("kartika").user, people.office(name)
    values = {"is_superuser": True, "area": None}
    with pytest.raises(IntegrityError, match="Only the platform"), scope.enter(office):
        User.objects.filter(pk=kartika.pk).update(**values)
    with pytest.raises(IntegrityError, match="Only the platform"), scope.enter(office):
        User.objects.create(username="akar", **values)


def test_a_superuser_has_no_manager():
    with pytest.raises(IntegrityError, match="superuser_of_the"), scope.whole_country("tests"):
        User.objects.create_superuser("akar", area_id=people.TRENGGALEK)


def test_an_account_that_becomes_a_superuser_needs_a_new_password():
    kartika = people.office("kartika").user
    with scope.whole_country("tests"):
        User.objects.filter(pk=kartika.pk).update(is_superuser=True, area=None)
        assert not User.objects.get(pk=kartika.pk).has_usable_password()
