"""In which office a request acts; an office that has ended loses its rights at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import people
from villages import scope
from villages.models import Office, Role

pytestmark = pytest.mark.django_db
LIST = "/pekerja/"


@pytest.fixture
def two_offices():
    """Kartika heads Senden and is the acting head of Bogoran."""
    people.worker(1, name="ORANG SENDEN")
    people.worker(2, people.BOGORAN, name="ORANG BOGORAN")
    return people.office("kartika"), people.hold("kartika", Role.VILLAGE_HEAD, people.BOGORAN)


def end(office, days_ago=1):
    with scope.whole_country("test"):
        day = timezone.localdate() - timedelta(days=days_ago)
        Office.objects.filter(pk=office.pk).update(ends_on=day)


def act_as(client, office, **options):
    return client.post("/jabatan/", {"office": office.public_id}, **options)


def test_one_office_at_a_time(as_person, two_offices):
    client = as_person("kartika")
    text = client.get(LIST).text
    assert "ORANG SENDEN" in text  # the first office is the default
    assert "ORANG BOGORAN" not in text


def test_changing_the_office_changes_the_rows_shown(as_person, two_offices):
    client = as_person("kartika")
    answer = act_as(client, two_offices[1], follow=True)
    place = two_offices[1].area.name
    assert f"Anda sekarang bertindak sebagai Kepala desa {place}." in answer.text
    text = client.get(LIST).text
    assert "ORANG BOGORAN" in text
    assert "ORANG SENDEN" not in text


def test_somebody_elses_office_cannot_be_chosen(as_person, two_offices):
    client = as_person("kartika")
    answer = act_as(client, people.office("rini"), follow=True)
    assert "tidak Anda pegang" in answer.text
    assert "Tambah pekerja" in client.get(LIST).text
    assert client.get("/akses/").status_code == 403


@pytest.mark.parametrize("office", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_office_is_refused_with_a_sentence(as_person, office):
    answer = as_person("kartika").post("/jabatan/", {"office": office}, follow=True)
    assert "tidak Anda pegang" in answer.text


def test_the_office_is_changed_only_by_post(as_person):
    assert as_person("kartika").get("/jabatan/").status_code == 302


def test_an_ended_office_is_lost_on_the_next_request(as_person, two_offices):
    client = as_person("kartika")
    act_as(client, two_offices[0])
    assert "ORANG SENDEN" in client.get(LIST).text
    end(two_offices[0])
    text = client.get(LIST).text
    assert "ORANG SENDEN" not in text
    assert "ORANG BOGORAN" in text


def test_a_person_whose_only_office_has_ended_gets_403(as_person):
    people.worker(1, name="ORANG SENDEN")
    client = as_person("kartika")
    assert "ORANG SENDEN" in client.get(LIST).text
    end(people.office("kartika"))
    answer = client.get(LIST)
    assert answer.status_code == 403
    assert "ORANG SENDEN" not in answer.text
    assert "Minta admin kabupaten memberi jabatan" in answer.text
    assert "ganti jabatan" not in answer.text
    assert reverse("logout") in answer.text


def test_an_office_holds_until_the_end_of_its_last_day(as_person):
    end(people.office("kartika"), days_ago=0)
    assert as_person("kartika").get(LIST).status_code == 200


def test_an_office_that_has_not_begun_gives_no_rights(client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    office = people.hold("nanti", Role.VILLAGE_HEAD, people.SENDEN, starts_on=tomorrow)
    client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
    assert client.get(LIST).status_code == 403


def test_an_office_that_moved_shows_the_new_area(as_person):
    people.worker(1, name="ORANG SENDEN")
    people.worker(2, people.BOGORAN, name="ORANG BOGORAN")
    client = as_person("kartika")
    assert "ORANG SENDEN" in client.get(LIST).text
    with scope.whole_country("test"):
        Office.objects.filter(pk=people.office("kartika").pk).update(area_id=people.BOGORAN)
    text = client.get(LIST).text
    assert "ORANG BOGORAN" in text
    assert "ORANG SENDEN" not in text


def test_an_anonymous_request_is_sent_to_the_log_in(client, db):
    answer = client.get(LIST)
    assert answer.status_code == 302
    assert answer.url == "/masuk/?next=/pekerja/"


def test_a_view_that_fails_leaves_no_scope_open(as_person, monkeypatch):
    from enrollment.workers.models import Worker

    people.worker(1)
    client = as_person("kartika")
    client.raise_request_exception = False
    monkeypatch.setattr("enrollment.workers.views._list", lambda *_: 1 / 0)
    assert client.get(LIST).status_code == 500
    assert not Worker.objects.exists()
