"""The page on which the Dinas sees both sides."""

import pytest
from django.urls import reverse

from enrollment.duplicates.models import DuplicateCase
from enrollment.workers.models import Disclosure
from tests import people
from tests.decrees import drafts
from tests.duplicates.test_whole_person import claimed, decide
from tests.imports.pages.test_lists import SENDENS, page, read, register, send, workers
from tests.proposals import making
from tests.workers.test_listing import rows_of
from villages import scope
from villages.models import Area

pytestmark = pytest.mark.django_db


def test_the_dinas_sees_both_sides_and_decides_once(as_person):
    kartika = as_person("kartika")
    job = send(kartika, SENDENS)
    with scope.whole_country("test"):
        row = job.rows.filter(severity="clean").first()
    registered = register(row, people.BOGORAN, name="ORANG BOGORAN")
    job = send(kartika, SENDENS)
    assert "duplicate.elsewhere" not in job.counts
    assert "BOGORAN" not in page(kartika, "import_rows", job.pk)
    kartika.post(reverse("import_take", args=[job.pk]))
    job = read(job.pk)
    assert (job.taken, job.counts["duplicate.elsewhere"]) == (58, 1)

    waiting = "Menunggu keputusan verifikator atau penyetuju"
    assert waiting in page(as_person("rini"), "duplicate_list")
    vera = as_person("vera")
    shown = page(vera, "duplicate_list")
    assert "ORANG BOGORAN" in shown
    assert row.name in shown
    assert waiting not in shown
    with scope.whole_country("test"):
        case = DuplicateCase.objects.get()
    decide = reverse("duplicate_decide", args=[case.public_id])
    assert "alasannya" in vera.post(decide, {"decision": "move"}, follow=True).content.decode()
    vera.post(decide, {"decision": "move", "reason": "KTP terbaru"})
    (worker,) = workers(pk=registered.pk)
    assert worker.area_id == people.SENDEN
    again = vera.post(decide, {"decision": "stay", "reason": "x"}, follow=True)
    assert "sudah diputuskan" in again.content.decode()
    for stranger in ("boni", "vino"):
        assert as_person(stranger).post(decide).status_code == 404
    assert as_person("rini").post(decide).status_code == 403
    assert as_person("kartika").get(reverse("duplicate_list")).status_code == 403


def test_only_who_decides_sees_both_sides_in_full_and_it_is_recorded(as_person):
    worker = people.worker(1, kk="3503071203100002", mother_name="SUMIYATI", phone="081234567890")
    claimed = {
        "kk": "3503071203109999", "mother_name": "TUTIK", "phone": "081999999999",
        "birth_date": "1971-03-09",
    }  # fmt: skip
    with scope.whole_country("test"):
        DuplicateCase.objects.create(
            regency_id=people.TRENGGALEK, worker=worker, claimed_by_id=people.BOGORAN,
            claimed_values=claimed,
        )  # fmt: skip
    hidden = [worker.kk, "SUMIYATI", "081234567890", "TUTIK", "081999999999", "09-03-1971"]
    for name in ("rini", "audi"):
        text = page(as_person(name), "duplicate_list")
        assert "Pekerja 1" in text and "1971" in text
        assert [secret for secret in hidden if secret in text] == []
    with scope.whole_country("test"):
        assert not Disclosure.objects.exists()
    text = page(as_person("vera"), "duplicate_list")
    assert [secret for secret in hidden if secret not in text] == []
    with scope.whole_country("test"):
        (noted,) = Disclosure.objects.all()
    assert (noted.worker_id, noted.why) == (worker.pk, "duplicate")
    assert noted.user_id == people.office("vera").user_id


def test_a_reason_with_a_character_that_cannot_be_stored_is_kept_without_it(as_person):
    with scope.whole_country("test"):
        case = DuplicateCase.objects.create(
            regency_id=people.TRENGGALEK, worker=people.worker(1), claimed_by_id=people.BOGORAN,
            claimed_values={},
        )  # fmt: skip
    decide = reverse("duplicate_decide", args=[case.public_id])
    as_person("vera").post(decide, {"decision": "stay", "reason": "KTP\0 terbaru"})
    with scope.whole_country("test"):
        assert DuplicateCase.objects.get().reason == "KTP terbaru"


@pytest.fixture
def twins():
    """One case that is open and one that was decided, of villages whose name another one has."""
    with scope.whole_country("test"):
        Area.objects.filter(pk=people.BOGORAN).update(name="Senden")
    cases = [claimed(people.worker(number, kk="3503071203100002")) for number in (1, 2)]
    decide(cases[1], "stay")
    return cases


@pytest.mark.parametrize(("which", "number"), [("", 1), ("?sudah=1", 2)])
def test_cases_are_a_masked_table_on_paper_and_in_a_file(as_person, twins, which, number):
    vera, url = as_person("vera"), f"{reverse('duplicate_list')}{which or '?'}"
    with scope.whole_country("test"):
        Disclosure.objects.all().delete()
    printed = vera.get(f"{url}&cetak=1").text
    given = rows_of(vera.get(f"{url}&unduh=xlsx"))
    assert f"Pekerja {number}" in printed and "3503071203100002" not in printed
    assert given[-1][0].startswith(f"Pekerja {number}, ")
    assert given[-1][1] == f"{people.nik(number)[:6]}**********"
    assert bool(which) == ("KTP terbaru" in given[-1])
    with scope.whole_country("test"):
        assert [(each.kind, each.people) for each in Disclosure.objects.all()] == [("export", 1)]


def test_villages_of_the_same_name_carry_their_kecamatan(as_person, twins):
    with scope.whole_country("test"):
        Area.objects.filter(pk="35.03.01.2001").update(name="Senden")
    apart = "Senden (Kec. Kampak)"
    shown = page(as_person("vera"), "duplicate_list")
    assert f"Tetap di {apart}" in shown and f"Pindah ke {apart}" in shown


def moved(as_person, worker, **values):
    """What the Dinas reads after it has let the person move."""
    with scope.whole_country("test"):
        case = DuplicateCase.objects.create(
            regency_id=people.TRENGGALEK, worker=worker, claimed_by_id=people.BOGORAN,
            claimed_values={"name": worker.name, "address": "Dukuh Baru", "rt": "007", **values},
        )  # fmt: skip
    answer = as_person("vera").post(
        reverse("duplicate_decide", args=[case.public_id]),
        {"decision": "move", "reason": "KTP terbaru"},
        follow=True,
    )
    return answer.text


def test_a_decision_says_which_values_stay_although_the_claim_has_others(as_person):
    said = moved(as_person, people.worker(1), mother_name="TUTIK", occupation_text="Nelayan")
    assert "Tetap seperti tercatat sebelumnya: Nama ibu kandung, Pekerjaan." in said
    assert "TUTIK" not in said
    said = moved(as_person, people.worker(2), mother_name="Ibu Uji")
    assert "Tetap seperti tercatat" not in said


def test_a_decision_claims_to_have_freed_only_what_was_taken(as_person):
    drafted = making.entries(making.draft(making.programme(), 1))[0].worker
    said = moved(as_person, drafted)
    assert "Keluar dari 1 daftar usulan." in said
    proposal = making.approved(making.programme(name="Nelayan"), 2, first=10)
    first, second = (entry.worker for entry in making.entries(proposal))
    said = moved(as_person, first)
    assert "Keluar dari 1 daftar usulan: tempat dan dananya bebas." in said
    drafts.draft(proposal.programme)
    said = moved(as_person, second)
    assert "tempat dan dananya bebas, 1 baris rancangan keputusan dihapus." in said
