"""The limits of a regency are data: its admin changes them, and the change is in the history."""

import pytest
from django.urls import reverse

from enrollment.limits.models import UsageLimit
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db
NUMBERS = {"jobs": "5", "village_checks": "7.000", "village_answers": "80",
           "regency_checks": "90000", "regency_answers": "10.000"}  # fmt: skip


def limits():
    with scope.whole_country("test"):
        return dict(UsageLimit.objects.values_list("regency_id", "jobs"))


def send(client, **changes):
    return client.post(reverse("limit_edit"), NUMBERS | changes)


def test_an_admin_sets_the_limits_of_the_own_regency_alone(as_person):
    people.office("boni")
    rini = as_person("rini")
    assert send(rini, regency=people.BOJONEGORO).status_code == 302
    assert limits() == {people.TRENGGALEK: 5}
    assert "Paling sedikit 1." in send(rini, jobs="0").text
    assert send(rini, jobs="4").status_code == 302
    assert limits() == {people.TRENGGALEK: 4}
    with scope.whole_country("test"):
        assert UsageLimit.objects.get().village_checks == 7000
    assert send(as_person("boni"), jobs="6").status_code == 302
    assert limits() == {people.TRENGGALEK: 4, people.BOJONEGORO: 6}
    page = as_person("rini").get(reverse("change_list"), {"apa": "batas"}).text
    assert "pekerjaan yang belum selesai" in page


def test_the_form_begins_with_the_usual_numbers(as_person):
    page = as_person("rini").get(reverse("limit_edit")).text
    assert 'value="20.000"' in page
    assert limits() == {}


def test_a_limit_that_changes_by_more_than_tenfold_is_asked_about(as_person):
    rini = as_person("rini")
    asked = send(rini, village_checks="7")
    assert "Dari 20.000 menjadi 7? Simpan sekali lagi bila benar." in asked.text
    assert limits() == {}
    sure = asked.context["form"]["sure"].value()
    assert send(rini, village_checks="7", sure=sure).status_code == 302
    assert limits() == {people.TRENGGALEK: 5}


@pytest.mark.parametrize("name", ["vera", "kartika", "audi"])
def test_nobody_else_changes_them(as_person, name):
    assert send(as_person(name)).status_code == 403
    assert limits() == {}
