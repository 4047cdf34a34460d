"""BPJS says which decrees it has registered, and every page of the people says so."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enrollment.decrees import actions
from enrollment.decrees.models import Decree, Registration
from tests import people
from tests.decrees import drafts
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def person():
    return drafts.village_of(1)


@pytest.fixture
def decree(person):
    subsidy = drafts.programme(year=TODAY.year, first_month=TODAY.replace(day=1), months=1)
    drafts.approve(subsidy, person)
    words = {"date": TODAY - timedelta(days=10)}
    return drafts.issue(drafts.draft(subsidy, **words))


def register(decree, on, by="bima"):
    office = people.office(by)
    with scope.enter(office):
        actions.register(decree, by=office, on=on, today=TODAY)


def url(name, decree):
    return reverse(name, args=[decree.pk])


def test_the_people_of_a_decree_wait_until_bpjs_has_registered_them(decree, person, as_person):
    pages = ["/pekerja/{}/", *[f"/usulan/orang/{row.entry.public_id}/" for row in rows(decree)]]
    for page in pages:
        text = as_person("kartika").get(page.format(person.public_id)).content.decode()
        assert "Ditetapkan" in text and "Menunggu pendaftaran BPJS" in text
        assert "Terlindungi" not in text and "Menunggu keputusan" not in text
    as_person("bima").post(url("decree_register", decree), {"on": f"{TODAY:%d-%m-%Y}"})
    for page in pages:
        text = as_person("kartika").get(page.format(person.public_id)).content.decode()
        assert "Terdaftar di BPJS" in text and "Menunggu pendaftaran" not in text


def rows(decree):
    with scope.whole_country("tests"):
        return list(decree.entries.select_related("entry"))


def test_the_history_of_an_entry_names_decree_and_registration(decree, as_person):
    (row,) = rows(decree)
    page = f"/usulan/orang/{row.entry.public_id}/"
    text = as_person("kartika").get(page).content.decode()
    assert f"Ditetapkan dengan keputusan {decree.number}" in text
    assert "Didaftarkan ke BPJS" not in text
    register(decree, TODAY)
    assert "Didaftarkan ke BPJS" in as_person("kartika").get(page).content.decode()


@pytest.mark.parametrize("days", [1, -11])
def test_a_day_after_today_or_before_the_decree_is_refused(decree, days):
    with pytest.raises(Refusal, match="harus antara"):
        register(decree, TODAY + timedelta(days=days))
    register(decree, TODAY)


def test_a_day_that_is_none_keeps_the_page_and_says_so(decree, as_person):
    answer = as_person("bima").post(url("decree_register", decree), {"on": "kemarin"})
    assert "Tanggal tidak terbaca" in answer.content.decode()
    with scope.whole_country("tests"):
        assert not Registration.objects.exists()


def test_a_draft_cannot_be_registered(person):
    subsidy = drafts.programme()
    drafts.approve(subsidy, person)
    draft = drafts.draft(subsidy)
    with pytest.raises(Refusal, match="masih rancangan"):
        register(draft, date(2026, 3, 18))


def test_what_was_said_by_mistake_is_taken_back_and_stays_in_the_history(decree):
    register(decree, TODAY)
    office = people.office("bima")
    with scope.enter(office):
        fresh = Decree.objects.get(pk=decree.pk)
        assert fresh.registration.on == TODAY
        actions.take_registration_back(fresh, by=office)
        assert Decree.objects.get(pk=decree.pk).registration is None
        assert [row.done for row in decree.registrations.all()] == [False, True]


def test_rows_are_only_added(decree):
    register(decree, TODAY)
    with scope.enter(people.office("bima")):
        assert Registration.objects.update(done=False) == 0
        assert Registration.objects.all()._raw_delete("default") == 0
        assert Registration.objects.get().done


def test_another_regency_can_add_none(decree):
    with scope.enter(people.office("boni")):
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Registration.objects.create(
                decree=decree, area_id=people.TRENGGALEK, done=True, on=TODAY,
                office=people.office("boni"), name="Boni",
            )  # fmt: skip
        assert not Registration.objects.exists()
    register(decree, TODAY)


@pytest.mark.parametrize("name", ["rini", "kartika", "amir"])
def test_bpjs_alone_says_so(decree, as_person, name):
    answer = as_person(name).post(url("decree_register", decree), {"on": f"{TODAY}"})
    assert answer.status_code == 403
    assert as_person("bima").post(url("decree_register", decree), {"on": f"{TODAY}"}).url
