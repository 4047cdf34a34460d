"""Ending and reopening a person's record: nobody is deleted.

Kartika heads Senden, where Olan is her operator; Bagus heads Bogoran; Rini administers the
regency and Audi audits it; Tani enters the people of her own agency.
"""

from datetime import date

import pytest

from tests import people
from tests.workers.asking import everybody, names, url

pytestmark = pytest.mark.django_db


DEATH = {"reason": "died", "on": "17-08-2026", "document": "Surat kematian 474.3/12/2026"}


def test_an_ended_person_is_kept_and_cannot_be_changed(as_person):
    worker = people.worker(1)
    client = as_person("kartika")
    assert client.get(url(worker, "akhiri/")).status_code == 200
    answer = client.post(url(worker, "akhiri/"), DEATH, follow=True)
    assert "Meninggal, 17 Agustus 2026" in answer.text
    assert "Surat kematian 474.3/12/2026" in answer.text
    [worker] = everybody()
    assert worker.ended_on == date(2026, 8, 17)
    assert client.get(url(worker, "ubah/")).status_code == 302
    assert names(client) == []


def test_an_ending_needs_reason_date_and_document(as_person):
    answer = as_person("kartika").post(url(people.worker(1), "akhiri/"), {"on": "kemarin"})
    assert set(answer.context["form"].errors) == {"reason", "on", "document"}
    assert 'value="kemarin"' in answer.text


def test_only_the_regencys_admin_may_reopen_and_must_give_a_reason(as_person):
    worker = people.worker(1, ended_on=date(2026, 8, 17), ended_reason="died")
    assert as_person("kartika").get(url(worker, "buka/")).status_code == 403
    assert as_person("bagus").get(url(worker, "buka/")).status_code == 404
    client = as_person("rini")
    assert client.post(url(worker, "buka/"), {}).context["form"].errors
    client.post(url(worker, "buka/"), {"reason": "Salah orang"})
    assert everybody()[0].ended_on is None
    assert "Salah orang" in client.get(url(worker)).text


def test_other_villages_and_roles_cannot_end_a_person(as_person):
    worker = people.worker(1)
    assert as_person("bagus").post(url(worker, "akhiri/"), DEATH).status_code == 404
    assert as_person("vera").post(url(worker, "akhiri/"), DEATH).status_code == 403
    assert everybody()[0].ended_on is None
