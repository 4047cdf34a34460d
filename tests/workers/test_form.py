"""The form for entering and changing a person.

Kartika heads Senden, where Olan is her operator; Bagus heads Bogoran; Rini administers the
regency and Audi audits it; Tani enters the people of her own agency.
"""

from datetime import date

import pytest
from django.utils import timezone

from enrollment.duplicates.models import DuplicateCase
from enrollment.workers.models import Disclosure
from tests import people
from tests.workers.asking import COMPLETE, NEW, as_shown, everybody, url
from villages import scope

pytestmark = pytest.mark.django_db


def test_nik_and_name_are_enough_to_save_a_person(as_person):
    answer = as_person("olan").post(NEW, {"nik": people.nik(1), "name": "SITI"}, follow=True)
    assert "SITI tersimpan" in answer.text
    assert "Belum dapat diusulkan" in answer.text
    [worker] = everybody()
    assert worker.area_id == people.SENDEN
    assert "rt.missing" in worker.findings


def test_everything_typed_is_saved(as_person):
    typed = COMPLETE | {
        "nik": people.nik(1), "kk": "3503070101200001", "hamlet": "Krajan", "income": "1.500.000",
        "phone": "+62 812 3456 7890", "position": "Ketua RT 02", "term_start": "1 Februari 2024",
        "source": "DTSEN 2026-III", "decile": "2", "consent": "on",
    }  # fmt: skip
    answer = as_person("kartika").post(NEW, typed)
    [worker] = everybody()
    assert answer.url == url(worker)
    assert worker.findings == []
    assert (worker.rt, worker.income, worker.phone) == ("002", 1_500_000, "081234567890")
    assert worker.occupation_id == "farmer"
    assert worker.term_start == date(2024, 2, 1)
    assert worker.consent_on
    with scope.whole_country("test"):
        [source] = worker.sources.all()
    assert (source.registry, source.period, source.decile) == ("DTSEN", "2026-III", 2)


def test_with_an_error_nothing_is_saved_and_what_was_typed_stays(as_person):
    typed = {"nik": " 3503.0732018000 ", "name": "O'Siti <b>", "birth_date": "31-02-80"}
    answer = as_person("kartika").post(NEW, typed)
    assert answer.status_code == 200
    assert "NIK harus tepat 16 angka" in answer.text
    assert "Tanggal lahir tidak terbaca" in answer.text
    assert 'value=" 3503.0732018000 "' in answer.text
    assert 'value="O&#x27;Siti &lt;b&gt;"' in answer.text
    assert 'value="31-02-80"' in answer.text
    assert everybody() == []


def test_what_is_too_long_is_not_called_empty_too(as_person):
    answer = as_person("kartika").post(NEW, COMPLETE | {"nik": people.nik(1), "name": "A" * 151})
    assert answer.context["form"].errors == {
        "name": ["Paling panjang 150 huruf; ini 151. Persingkat dahulu."]
    }


def test_a_warning_is_shown_once_and_does_not_prevent_saving_again(as_person):
    client = as_person("kartika")
    typed = COMPLETE | {"nik": people.nik(1), "birth_date": "2-1-1980"}
    answer = client.post(NEW, typed)
    assert "Periksa dahulu" in answer.text
    assert "Tanggal lahir tidak sama" in answer.text
    assert everybody() == []
    answer = client.post(NEW, typed | {"seen": answer.context["form"]["seen"].value()})
    assert answer.status_code == 302
    assert everybody()[0].findings == ["nik.birth_date_mismatch"]


def test_a_value_that_cannot_be_read_is_refused_and_stays_in_the_form(as_person):
    typed = COMPLETE | {"nik": people.nik(1), "income": "lumayan", "decile": "12"}
    answer = as_person("kartika").post(NEW, typed)
    assert 'value="lumayan"' in answer.text
    assert set(answer.context["form"].errors) == {"income", "decile"}
    assert '<details class="toggle" open>' in answer.text  # the error is not folded away


def test_a_nik_registered_in_the_same_village_links_to_the_person(as_person):
    worker = people.worker(1, name="SITI LAMA")
    answer = as_person("olan").post(NEW, COMPLETE | {"nik": worker.nik})
    assert f'href="{url(worker)}"' in answer.text
    assert "SITI LAMA" in answer.text
    assert len(everybody()) == 1


def test_a_nik_registered_in_another_village_becomes_a_duplicate_case(as_person):
    stranger = people.worker(1, people.BOGORAN, name="RAHASIA", address="Jalan Rahasia")
    answer = as_person("kartika").post(NEW, COMPLETE | {"nik": stranger.nik})
    assert "sudah terdaftar, diteruskan ke Dinas" in answer.text
    assert "RAHASIA" not in answer.text.upper().replace("DATA RAHASIA", "")
    with scope.enter(people.office("vera")):
        [case] = DuplicateCase.objects.all()
        assert case.worker.name == "RAHASIA"
    assert case.claimed_by_id == people.SENDEN
    assert case.claimed_values["name"] == "SITI AMINAH"
    assert case.claimed_values["birth_date"] == "1980-01-01"


def test_entering_such_a_nik_twice_makes_one_case(as_person):
    stranger = people.worker(1, people.BOGORAN)
    for _ in range(2):
        as_person("kartika").post(NEW, COMPLETE | {"nik": stranger.nik})
    with scope.enter(people.office("vera")):
        assert DuplicateCase.objects.count() == 1


def test_a_similar_person_under_another_nik_is_a_warning(as_person):
    people.worker(1, name="Siti Aminah")
    answer = as_person("kartika").post(NEW, COMPLETE | {"nik": people.nik(2)})
    assert "Ada NIK lain dengan nama dan tanggal lahir yang sama" in answer.text


def test_an_agency_chooses_the_village_and_the_person_belongs_to_the_agency(as_person):
    client = as_person("tani")
    assert "Pilih…" in client.get(NEW).text
    refused = client.post(NEW, COMPLETE | {"nik": people.nik(1)})
    assert "village" in refused.context["form"].errors
    client.post(NEW, COMPLETE | {"nik": people.nik(1), "village": people.BOGORAN})
    [worker] = everybody()
    assert worker.area_id == people.BOGORAN
    assert worker.agency_id == people.office("tani").agency_id


def test_people_cannot_be_entered_outside_the_offices_area(as_person):
    as_person("kartika").post(NEW, COMPLETE | {"nik": people.nik(1), "village": people.BOGORAN})
    assert everybody()[0].area_id == people.SENDEN
    answer = as_person("rini").post(
        NEW, COMPLETE | {"nik": people.nik(2), "village": people.BAURENO}
    )
    assert "village" in answer.context["form"].errors


@pytest.mark.parametrize("who", ["vera", "amir", "audi", "karim", "bima"])
def test_roles_that_may_not_enter_people_get_403(as_person, who):
    client = as_person(who)
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, COMPLETE | {"nik": people.nik(1)}).status_code == 403


def test_filling_a_gap_removes_its_finding(as_person):
    worker = people.worker(1, mother_name="", findings=["mother_name.missing"])
    client = as_person("olan")
    answer = client.post(url(worker, "ubah/"), as_shown(client, worker) | {"mother_name": "SUMI"})
    assert answer.url == url(worker)
    [worker] = everybody()
    assert (worker.mother_name, worker.findings) == ("SUMI", [])


def test_saving_the_form_unchanged_changes_nothing(as_person):
    worker = people.worker(1, kk="12", phone="0351", income=900_000, term_start=date(2024, 2, 1),
                           findings=["kk.format", "phone.format"])  # fmt: skip
    client = as_person("kartika")
    client.post(url(worker, "ubah/"), as_shown(client, worker))
    [after] = everybody()
    kept = ("nik", "kk", "name", "birth_date", "rt", "income", "phone", "term_start", "findings")
    assert [getattr(after, name) for name in kept] == [getattr(worker, name) for name in kept]


def _revealed_to(name):
    with scope.whole_country("test"):
        return Disclosure.objects.filter(user__username=name, why="change").count()


def test_a_made_up_version_shows_nothing_without_a_record(as_person):
    """The form then compares what is stored with what was typed."""
    worker = people.worker(1, mother_name="SUMIYATI")
    typed = COMPLETE | {"nik": people.nik(5), "mother_name": "TUTI", "version": "palsu"}
    answer = as_person("olan").post(url(worker, "ubah/"), typed)
    assert worker.nik in answer.text and "SUMIYATI" in answer.text
    assert _revealed_to("olan") == 1


def test_what_was_just_typed_is_no_revealing(as_person):
    worker = people.worker(1)
    typed = COMPLETE | {"nik": "350307", "version": "palsu"}
    answer = as_person("olan").post(url(worker, "ubah/"), typed)
    assert "350307" in answer.text and worker.nik not in answer.text
    assert _revealed_to("olan") == 0


def test_two_users_who_edit_at_once_do_not_overwrite_each_other(as_person):
    worker = people.worker(1)
    olan = as_person("olan")
    opened = as_shown(olan, worker)
    kartika = as_person("kartika")
    kartika.post(url(worker, "ubah/"), as_shown(kartika, worker) | {"address": "Jl. Kartika"})
    olan = as_person("olan")
    answer = olan.post(url(worker, "ubah/"), opened | {"rt": "009"})
    assert "baru saja diubah orang lain" in answer.text
    assert "Kartika menyimpannya" in answer.text
    assert _revealed_to("olan") == 2  # the form as it was opened, and the comparison
    assert [row[:3] for row in answer.context["form"].comparison] == [
        ("Alamat", "Jl. Kartika", "Jl. Uji No. 1"),
        ("RT", "001", "009"),
    ]
    assert everybody()[0].address == "Jl. Kartika"
    again = opened | {"rt": "009", "version": answer.context["form"]["version"].value()}
    assert olan.post(url(worker, "ubah/"), again).status_code == 302
    assert everybody()[0].rt == "009"


def test_a_nik_may_be_corrected_but_not_to_that_of_somebody_else(as_person):
    worker, other = people.worker(1), people.worker(2, people.BOGORAN, name="RAHASIA")
    client = as_person("kartika")
    typed = as_shown(client, worker)
    answer = client.post(url(worker, "ubah/"), typed | {"nik": other.nik})
    assert "milik orang lain yang sudah terdaftar" in answer.text
    assert "RAHASIA" not in answer.text
    client.post(url(worker, "ubah/"), typed | {"nik": people.nik(3)})
    assert everybody(pk=worker.pk)[0].nik == people.nik(3)


def test_other_villages_and_roles_cannot_edit_a_person(as_person):
    worker = people.worker(1, name="RAHASIA")
    for method in ("get", "post"):
        assert getattr(as_person("bagus"), method)(url(worker, "ubah/")).status_code == 404
        assert getattr(as_person("vera"), method)(url(worker, "ubah/")).status_code == 403


def test_what_differs_from_the_nik_is_shown_with_both_values(as_person):
    typed = COMPLETE | {"nik": "3503075203800001", "birth_date": "21-03-1980"}
    page = as_person("kartika").post(NEW, typed).text
    assert "menurut NIK 12-03-1980, di isian 21-03-1980" in page
    assert "menurut NIK perempuan, di isian laki-laki" in page


def test_a_stored_difference_is_shown_with_both_values_too(as_person):
    worker = people.worker(1, sex="P", findings=["nik.sex_mismatch"])
    page = as_person("kartika").get(url(worker, "ubah/")).text
    assert "menurut NIK laki-laki, di isian perempuan" in page
    assert "menurut NIK" not in as_person("kartika").get(url(worker)).text


def test_a_letter_in_a_nik_is_pointed_at(as_person):
    page = as_person("kartika").post(NEW, COMPLETE | {"nik": "350307O101800001"}).text
    assert "15 angka dan huruf O di tempat ke-7" in page


@pytest.mark.parametrize("wrong", ["A1", "tiga", "1234"])
def test_rt_takes_digits_only(as_person, wrong):
    client = as_person("kartika")
    answer = client.post(NEW, COMPLETE | {"nik": people.nik(1), "rt": wrong})
    assert answer.context["form"].errors == {
        "rt": ["RT hanya angka, paling banyak tiga, misalnya 003."]
    }
    assert f'value="{wrong}"' in answer.text and everybody() == []


def test_a_refused_rt_is_not_said_to_be_kept_too(as_person):
    """Beside an RW that can be read, only the RT is asked for; a form keeps neither unread."""
    worker = people.worker(1)
    client = as_person("kartika")
    page = client.post(url(worker, "ubah/"), as_shown(client, worker) | {"rt": "IV A", "rw": "II"})
    assert "RT hanya angka" in page.text
    assert "RT atau RW tidak terbaca" not in page.text
    client.post(url(worker, "ubah/"), as_shown(client, worker) | {"rt": "IV", "rw": "II"})
    [after] = everybody()
    assert (after.rt, after.rw) == ("004", "002")


def test_an_rt_that_a_list_brought_may_stay_while_something_else_is_changed(as_person):
    worker = people.worker(1, rt="A1", findings=["rt.unread"])
    client = as_person("kartika")
    client.post(url(worker, "ubah/"), as_shown(client, worker) | {"name": "BUDI"})
    [after] = everybody()
    assert (after.name, after.rt, after.findings) == ("BUDI", "A1", ["rt.unread"])


STILL = {"workplace": "sawah Krajan", "work": "menanam padi"}


def test_nobody_says_that_somebody_works_until_it_is_said(as_person):
    as_person("olan").post(NEW, COMPLETE | {"nik": people.nik(1), **STILL})
    [worker] = everybody()
    assert (worker.workplace, worker.work) == ("sawah Krajan", "menanam padi")
    assert (worker.work_said_by, worker.work_said_on) == ("", None)


def test_one_press_says_who_says_it_and_when(as_person):
    as_person("olan").post(NEW, COMPLETE | {"nik": people.nik(1), **STILL, "i_say": "on"})
    [worker] = everybody()
    assert (worker.work_said_by, worker.work_said_on) == ("Olan", timezone.localdate())


def test_nobody_states_nothing(as_person):
    answer = as_person("olan").post(NEW, COMPLETE | {"nik": people.nik(1), "i_say": "on"})
    assert "Tulis apa yang dikerjakan" in answer.text
    assert everybody() == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"work_said_on": "31-12-2099"}, "work_said_on"),
        ({"work_said_on": "kemarin"}, "work_said_on"),
        ({"work_said_on": "3 Mei 1930"}, "work_said_on"),
        ({"term_start": "01-02-2025", "term_end": "31-01-2024"}, "term_end"),
    ],
)
def test_days_that_cannot_be_are_refused(as_person, typed, field):
    answer = as_person("olan").post(NEW, COMPLETE | {"nik": people.nik(1), **typed})
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert form[field].findings == []  # told once, as an error
    assert everybody() == []
