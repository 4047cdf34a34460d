"""The limits of a regency are data: its admin changes them, and the change is in the history."""

import pytest
from django.urls import reverse

from enrollment.limits.models import UsageLimit
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db
NUMBERS = {"jobs": 5, "village_checks": 7, "village_answers": 8, "regency_checks": 9,
           "regency_answers": 10}  # fmt: skip


def limits():
    with scope.whole_country("test"):
        return dict(UsageLimit.objects.values_list("regency_id", "jobs"))


def test_an_admin_sets_the_limits_of_the_own_regency_alone(as_person):
    people.office("boni")
    rini = as_person("rini")
    add = reverse("admin:enrollment_usagelimit_add")
    assert rini.post(add, NUMBERS | {"regency": people.BOJONEGORO}).status_code == 200
    assert limits() == {}
    assert rini.post(add, NUMBERS | {"regency": people.TRENGGALEK}).status_code == 302
    assert limits() == {people.TRENGGALEK: 5}
    change = reverse("admin:enrollment_usagelimit_change", args=[people.TRENGGALEK])
    assert rini.post(change, NUMBERS | {"jobs": 0}).status_code == 200
    assert rini.post(change, NUMBERS | {"jobs": 4}).status_code == 302
    assert limits() == {people.TRENGGALEK: 4}
    assert as_person("boni").post(change, NUMBERS).status_code == 302  # no such row
    assert limits() == {people.TRENGGALEK: 4}
    page = as_person("rini").get(reverse("change_list"), {"apa": "batas"}).text
    assert "pekerjaan yang belum selesai" in page


def test_an_admin_comes_straight_to_the_numbers_of_the_own_regency(as_person):
    rini, table = as_person("rini"), reverse("admin:enrollment_usagelimit_changelist")
    add = rini.get(table).url
    assert rini.get(add).context["adminform"].form["regency"].value() == people.TRENGGALEK
    rini.post(add, NUMBERS | {"regency": people.TRENGGALEK})
    change = reverse("admin:enrollment_usagelimit_change", args=[people.TRENGGALEK])
    assert rini.get(table).url == change
