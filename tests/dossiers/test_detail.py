"""The page of one person: masking, recorded views and history.

Kartika heads Senden, where Olan is her operator; Bagus heads Bogoran; Rini administers the
regency and Audi audits it; Tani enters the people of her own agency.
"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollment.workers.models import Disclosure, Worker
from tests import people
from tests.workers.asking import as_shown, url
from villages import scope

pytestmark = pytest.mark.django_db


def test_the_page_masks_numbers_and_mothers_name(as_person):
    worker = people.worker(1, mother_name="SUMIYATI BINTI", phone="081234567890")
    text = as_person("olan").get(url(worker)).text
    assert "Pekerja 1" in text
    assert "S******* B****" in text
    for hidden in (worker.nik, worker.nik[12:], worker.kk, "SUMIYATI", "081234567890"):
        assert hidden not in text


@pytest.mark.parametrize("name", ["audi", "karim", "kartika"])
def test_beside_a_masked_nik_stands_only_the_year_of_birth(as_person, name):
    """The whole date would give away what the mask hides; so would the history of the date."""
    worker = people.worker(1, birth_date=date(1971, 3, 9))
    with scope.enter(people.office("kartika")):
        Worker.objects.filter(pk=worker.pk).update(birth_date=date(1972, 3, 9))
    text = as_person(name).get(url(worker)).text
    assert "1972" in text and "<del>1971</del> → <ins>1972</ins>" in text
    for whole in ("9 Maret 1972", "09-03-1971", "09-03-1972", "1972-03-09"):
        assert whole not in text
    revealed = as_person("kartika").post(url(worker, "nik/")).text
    assert "9 Maret 1972" in revealed and "<del>09-03-1971</del>" in revealed


def test_strangers_get_404(as_person):
    worker = people.worker(1, name="RAHASIA")
    assert "RAHASIA" in as_person("kartika").get(url(worker)).text
    for stranger in ("bagus", "boni", "tani"):
        answer = as_person(stranger).get(url(worker))
        assert answer.status_code == 404
        assert "RAHASIA" not in answer.text


def test_bpjs_gets_403(as_person):
    assert as_person("bima").get(url(people.worker(1))).status_code == 403


def test_findings_link_to_the_field_to_correct(as_person):
    worker = people.worker(1, findings=["kk.format", "rt.missing"])
    text = as_person("kartika").get(url(worker)).text
    assert f"{url(worker, 'ubah/')}#id_rt" in text
    assert text.index("RT belum diisi") < text.index("Nomor KK seharusnya")
    assert "#id_rt" not in as_person("audi").get(url(worker)).text


def test_the_browser_must_not_cache_the_page(as_person):
    answer = as_person("kartika").get(url(people.worker(1)))
    assert "no-store" in answer["Cache-Control"]


def test_unmasking_shows_the_hidden_values_once(as_person):
    worker = people.worker(1, mother_name="SUMIYATI")
    client = as_person("kartika")
    text = client.post(url(worker, "nik/")).text
    for hidden in (worker.nik, worker.kk, "SUMIYATI"):
        assert hidden in text
    assert worker.nik not in client.get(url(worker)).text


def test_other_roles_cannot_unmask(as_person):
    worker = people.worker(1)
    assert as_person("audi").post(url(worker, "nik/")).status_code == 403
    assert "Tampilkan NIK" not in as_person("audi").get(url(worker)).text
    assert as_person("bagus").post(url(worker, "nik/")).status_code == 404
    assert as_person("kartika").get(url(worker, "nik/")).status_code == 302


def test_history_shows_who_changed_what(as_person):
    worker = people.worker(1, address="Jl. Lama")
    client = as_person("kartika")
    client.post(
        url(worker, "ubah/"),
        as_shown(client, worker)
        | {"address": "Jl. Baru", "nik": people.nik(5), "mother_name": "TUTI"},
    )
    text = client.get(url(worker)).text
    history = text[text.index('id="riwayat"') :]
    assert "Kartika" in history
    assert "<del>Jl. Lama</del> → <ins>Jl. Baru</ins>" in history
    assert "<del>350307**********</del> → <ins>350307**********</ins>" in history
    assert "<ins>T***</ins>" in history
    assert people.nik(5) not in text
    assert "Didaftarkan" in history


def test_history_is_paged_with_a_constant_number_of_queries(as_person):
    worker = people.worker(1)
    client = as_person("kartika")
    query_counts = []
    for times in (1, 13):
        for number in range(times):
            with scope.enter(people.office("kartika")):
                Worker.objects.filter(pk=worker.pk).update(address=f"Jl. {times} {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(url(worker))
        query_counts.append(len(queries))
    assert query_counts[0] == query_counts[1]
    assert client.get(url(worker)).context["history"].paginator.count == 15
    assert "Didaftarkan" in client.get(url(worker), {"page": 2}).text


def test_every_view_is_recorded(as_person):
    worker = people.worker(1)
    client = as_person("olan")
    client.get(url(worker))
    client.post(url(worker, "nik/"))
    client.get(url(worker, "ubah/"))
    with scope.whole_country("test"):
        seen = Disclosure.objects.order_by("pk").values_list("kind", "user__username", "worker")
        assert list(seen) == [
            ("view", "olan", worker.pk),
            ("unmask", "olan", worker.pk),
            ("unmask", "olan", worker.pk),
        ]


def test_who_may_see_the_records_of_access_is_led_to_those_of_this_person(as_person):
    worker = people.worker(1)
    records = f"{reverse('disclosure_list')}?orang={worker.public_id}"
    page = reverse("worker_detail", args=[worker.public_id])
    assert records in as_person("audi").get(page).text
    assert records not in as_person("kartika").get(page).text
