"""The pages about people, each as its contract: who may, who may not, and what it shows.

Kartika heads Senden, where Olan is her operator; Bagus heads Bogoran; Rini administers the
regency and Audi audits it; Tani enters the people of her own agency.
"""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollment.imports.models import DuplicateCase
from enrollment.workers.models import Disclosure, Worker, WorkerSource
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db
LIST, NEW = "/pekerja/", "/pekerja/baru/"
COMPLETE = {
    "name": "SITI AMINAH",
    "birth_place": "Trenggalek",
    "birth_date": "1-1-1980",
    "sex": "L",
    "mother_name": "SUMI",
    "address": "Jl. Melati 3",
    "rt": "2",
    "rw": "1",
    "occupation": "Petani",
}


def url(worker, end=""):
    return f"/pekerja/{worker.public_id}/{end}"


def everybody(**lookup):
    with scope.whole_country("test"):
        return list(Worker.objects.filter(**lookup))


# --- the list --------------------------------------------------------------------------------


def test_list_shows_the_area_of_the_office(as_person):
    people.worker(1, name="SITI AMINAH")
    people.worker(2, people.BOGORAN, name="RAHASIA")
    text = as_person("kartika").get(LIST).text
    assert "SITI AMINAH" in text
    assert "RAHASIA" not in text


def test_list_masks_niks(as_person):
    worker = people.worker(1)
    text = as_person("kartika").get(LIST).text
    assert f"{worker.nik[:6]}******{worker.nik[12:]}" in text
    assert worker.nik not in text


@pytest.mark.parametrize("who", ["olan", "karim", "vera", "amir", "rini", "audi", "tani"])
def test_list_opens_for_everybody_who_works_with_people(as_person, who):
    assert as_person(who).get(LIST).status_code == 200


def test_list_is_not_for_bpjs(as_person):
    people.worker(1)
    assert as_person("bima").get(LIST).status_code == 403


@pytest.mark.parametrize(("who", "offered"), [("kartika", True), ("rini", True), ("audi", False)])
def test_list_offers_to_add_only_to_who_may(as_person, who, offered):
    assert (f'href="{NEW}"' in as_person(who).get(LIST).text) is offered


def test_an_agency_lists_only_its_own_people(as_person):
    tani = people.office("tani")
    people.worker(1, name="MILIK DINAS", agency_id=tani.agency_id)
    people.worker(2, name="RAHASIA DESA")
    text = as_person("tani").get(LIST).text
    assert "MILIK DINAS" in text
    assert "RAHASIA DESA" not in text


def names(client, **query):
    return [worker.name for worker in client.get(LIST, query).context["page"]]


def test_filters(as_person):
    people.worker(1, name="ANI", hamlet="Krajan", rt="003", findings=["rt.missing"])
    people.worker(2, name="BUDI", findings=["kk.format"])
    people.worker(3, people.BOGORAN, name="CICI")
    people.worker(4, name="DEDE", ended_on=date(2026, 1, 1), ended_reason="died")
    client = as_person("vera")
    assert names(client) == ["ANI", "BUDI", "CICI"]
    assert names(client, dusun="krajan") == ["ANI"]
    assert names(client, rt="3") == ["ANI"]
    assert names(client, kelengkapan="belum") == ["ANI"]
    assert names(client, kelengkapan="lengkap") == ["BUDI", "CICI"]
    assert names(client, temuan="kk.format") == ["BUDI"]
    assert names(client, temuan="ada") == ["ANI", "BUDI"]
    assert names(client, wilayah=people.BOGORAN) == ["CICI"]
    assert names(client, wilayah=people.KAMPAK) == ["ANI", "BUDI", "CICI"]
    assert names(client, status="berakhir") == ["DEDE"]
    assert names(client, status="semua") == ["ANI", "BUDI", "CICI", "DEDE"]


def test_filter_by_registry_and_period(as_person):
    one, two = people.worker(1, name="ANI"), people.worker(2, name="BUDI")
    with scope.whole_country("test"):
        for worker, period in [(one, "2025-I"), (two, "2025-II")]:
            WorkerSource.objects.create(
                worker=worker, area_id=worker.area_id, registry="Damisda", period=period
            )
    client = as_person("kartika")
    assert names(client, sumber="damisda") == ["ANI", "BUDI"]
    assert names(client, sumber="Damisda 2025-II") == ["BUDI"]


@pytest.mark.parametrize("typed", ["siti", "aminah siti", "SITI AMINA", "sitti aminah"])
def test_search_forgives_case_order_and_a_letter(as_person, typed):
    people.worker(1, name="SITI AMINAH")
    people.worker(2, name="BAMBANG")
    assert names(as_person("kartika"), q=typed) == ["SITI AMINAH"]


def test_a_posted_search_gets_an_address_of_its_own(as_person):
    answer = as_person("kartika").post(LIST, {"q": "siti", "rt": "", "status": "semua"})
    assert answer.status_code == 302
    assert answer.url == f"{LIST}?q=siti&status=semua"


@pytest.mark.parametrize("write", [str, "'{}".format, lambda nik: f"{nik[:4]} {nik[4:]}"])
def test_a_posted_nik_opens_the_person(as_person, write):
    worker = people.worker(1)
    answer = as_person("kartika").post(LIST, {"q": write(worker.nik)})
    assert answer.url == url(worker)


def test_a_posted_nik_of_a_neighbour_finds_nobody(as_person):
    stranger = people.worker(1, people.BOGORAN, name="RAHASIA")
    answer = as_person("kartika").post(LIST, {"q": stranger.nik})
    assert "tidak ditemukan" in answer.text
    assert "RAHASIA" not in answer.text
    assert f'value="{stranger.nik}"' in answer.text  # what was typed stays


@pytest.mark.parametrize("digits", ["3503070101800", "35.03.07.010180.0002", "3503070101800002"])
def test_a_nik_is_taken_out_of_the_address(as_person, digits):
    people.worker(1)
    answer = as_person("kartika").get(LIST, {"q": digits, "rt": "1"}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?rt=1", 302)]
    assert "NIK tidak boleh ada di alamat" in answer.text
    assert digits not in answer.text


def test_list_asks_as_often_for_three_as_for_one(as_person):
    client = as_person("vera")
    counts = []
    for batch in (range(1), range(1, 3)):
        for number in batch:
            people.worker(
                number, people.SENDEN if number else people.BOGORAN, findings=["kk.format"]
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(LIST).context["page"].paginator.count == batch.stop
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_list_is_paged_and_says_how_many(as_person):
    for number in range(28):
        people.worker(number)
    client = as_person("kartika")
    first, second = client.get(LIST), client.get(LIST, {"page": 2})
    assert len(first.context["page"]) == 25
    assert len(second.context["page"]) == 3
    assert "<b>28</b>" in first.text


def test_an_empty_list_says_what_to_do(as_person):
    client = as_person("kartika")
    assert "Belum ada pekerja" in client.get(LIST).text
    assert "Tidak ada yang cocok" in client.get(LIST, {"q": "siti"}).text


def test_no_desa_where_it_is_a_nagari(as_person, client):
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    held = people.hold("wali", people.Role.VILLAGE_HEAD, "13.03.04.2001")
    admin = people.hold("rina", people.Role.REGENCY_ADMIN, people.SIJUNJUNG)
    worker = people.worker(1, "13.03.04.2001", findings=["rt.missing"])
    for office in (held, admin):
        client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
        for page in (LIST, NEW, url(worker), url(worker, "ubah/"), url(worker, "akhiri/")):
            answer = client.get(page)
            assert answer.status_code == 200
            own_words = re.sub("<option.*?</option>", "", answer.text)  # a nagari may be called so
            assert "desa" not in own_words.lower().replace("lindungdesa", "")
        assert "Nagari" in client.get(url(worker)).text


# --- one person ------------------------------------------------------------------------------


def test_page_of_a_person_hides_the_numbers(as_person):
    worker = people.worker(1, mother_name="SUMIYATI BINTI")
    text = as_person("olan").get(url(worker)).text
    assert "Pekerja 1" in text
    assert "S******* B****" in text
    for hidden in (worker.nik, worker.kk, "SUMIYATI"):
        assert hidden not in text


def test_page_of_a_person_is_a_404_to_strangers(as_person):
    worker = people.worker(1, name="RAHASIA")
    assert "RAHASIA" in as_person("kartika").get(url(worker)).text
    for stranger in ("bagus", "boni", "tani"):
        answer = as_person(stranger).get(url(worker))
        assert answer.status_code == 404
        assert "RAHASIA" not in answer.text


def test_page_of_a_person_is_not_for_bpjs(as_person):
    assert as_person("bima").get(url(people.worker(1))).status_code == 403


def test_findings_link_to_the_field_that_mends_them(as_person):
    worker = people.worker(1, findings=["kk.format", "rt.missing"])
    text = as_person("kartika").get(url(worker)).text
    assert f"{url(worker, 'ubah/')}#id_rt" in text
    assert text.index("RT belum diisi") < text.index("Nomor KK seharusnya")
    assert "#id_rt" not in as_person("audi").get(url(worker)).text


def test_page_of_a_person_is_never_kept_by_the_browser(as_person):
    answer = as_person("kartika").get(url(people.worker(1)))
    assert "no-store" in answer["Cache-Control"]


def test_unmasking_shows_once_what_was_hidden(as_person):
    worker = people.worker(1, mother_name="SUMIYATI")
    client = as_person("kartika")
    text = client.post(url(worker, "nik/")).text
    for hidden in (worker.nik, worker.kk, "SUMIYATI"):
        assert hidden in text
    assert worker.nik not in client.get(url(worker)).text


def test_unmasking_is_for_who_needs_it(as_person):
    worker = people.worker(1)
    assert as_person("audi").post(url(worker, "nik/")).status_code == 403
    assert "Tampilkan NIK" not in as_person("audi").get(url(worker)).text
    assert as_person("bagus").post(url(worker, "nik/")).status_code == 404
    assert as_person("kartika").get(url(worker, "nik/")).status_code == 405


# --- entering --------------------------------------------------------------------------------


def test_nik_and_name_are_enough(as_person):
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


def test_an_error_blocks_and_keeps_what_was_typed(as_person):
    typed = {"nik": " 3503.0732018000 ", "name": "O'Siti <b>", "birth_date": "31-02-80"}
    answer = as_person("kartika").post(NEW, typed)
    assert answer.status_code == 200
    assert "NIK harus tepat 16 angka" in answer.text
    assert "Tanggal lahir tidak terbaca" in answer.text
    assert 'value=" 3503.0732018000 "' in answer.text
    assert 'value="O&#x27;Siti &lt;b&gt;"' in answer.text
    assert 'value="31-02-80"' in answer.text
    assert everybody() == []


def test_a_warning_comes_once_and_then_it_is_saved(as_person):
    client = as_person("kartika")
    typed = COMPLETE | {"nik": people.nik(1), "birth_date": "2-1-1980"}
    answer = client.post(NEW, typed)
    assert "Periksa dahulu" in answer.text
    assert "Tanggal lahir tidak sama" in answer.text
    assert everybody() == []
    answer = client.post(NEW, typed | {"seen": answer.context["form"]["seen"].value()})
    assert answer.status_code == 302
    assert everybody()[0].findings == ["nik.birth_date_mismatch"]


def test_what_cannot_be_read_is_not_lost(as_person):
    typed = COMPLETE | {"nik": people.nik(1), "income": "lumayan", "decile": "12"}
    answer = as_person("kartika").post(NEW, typed)
    assert 'value="lumayan"' in answer.text
    assert set(answer.context["form"].errors) == {"income", "decile"}
    assert '<details class="toggle" open>' in answer.text  # the fault is not folded away


def test_a_nik_of_the_same_village_leads_to_the_person(as_person):
    worker = people.worker(1, name="SITI LAMA")
    answer = as_person("olan").post(NEW, COMPLETE | {"nik": worker.nik})
    assert f'href="{url(worker)}"' in answer.text
    assert "SITI LAMA" in answer.text
    assert len(everybody()) == 1


def test_a_nik_of_another_village_goes_to_the_dinas(as_person):
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


def test_two_tries_are_one_case(as_person):
    stranger = people.worker(1, people.BOGORAN)
    for _ in range(2):
        as_person("kartika").post(NEW, COMPLETE | {"nik": stranger.nik})
    with scope.enter(people.office("vera")):
        assert DuplicateCase.objects.count() == 1


def test_a_twin_under_another_nik_is_a_warning(as_person):
    people.worker(1, name="Siti Aminah")
    answer = as_person("kartika").post(NEW, COMPLETE | {"nik": people.nik(2)})
    assert "Ada NIK lain dengan nama dan tanggal lahir yang sama" in answer.text


def test_an_agency_chooses_the_village_and_keeps_its_own(as_person):
    client = as_person("tani")
    assert "Pilih…" in client.get(NEW).text
    refused = client.post(NEW, COMPLETE | {"nik": people.nik(1)})
    assert "village" in refused.context["form"].errors
    client.post(NEW, COMPLETE | {"nik": people.nik(1), "village": people.BOGORAN})
    [worker] = everybody()
    assert worker.area_id == people.BOGORAN
    assert worker.agency_id == people.office("tani").agency_id


def test_nobody_enters_people_into_another_village(as_person):
    as_person("kartika").post(NEW, COMPLETE | {"nik": people.nik(1), "village": people.BOGORAN})
    assert everybody()[0].area_id == people.SENDEN
    answer = as_person("rini").post(
        NEW, COMPLETE | {"nik": people.nik(2), "village": people.BAURENO}
    )
    assert "village" in answer.context["form"].errors


@pytest.mark.parametrize("who", ["vera", "amir", "audi", "karim", "bima"])
def test_who_only_looks_does_not_enter(as_person, who):
    client = as_person(who)
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, COMPLETE | {"nik": people.nik(1)}).status_code == 403


# --- changing --------------------------------------------------------------------------------


def as_shown(client, worker):
    """What the browser would send back from the form as it was opened."""
    form = client.get(url(worker, "ubah/")).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def test_a_gap_is_filled(as_person):
    worker = people.worker(1, mother_name="", findings=["mother_name.missing"])
    client = as_person("olan")
    answer = client.post(url(worker, "ubah/"), as_shown(client, worker) | {"mother_name": "SUMI"})
    assert answer.url == url(worker)
    [worker] = everybody()
    assert (worker.mother_name, worker.findings) == ("SUMI", [])


def test_saving_what_was_shown_changes_nothing(as_person):
    worker = people.worker(1, kk="12", phone="0351", income=900_000, term_start=date(2024, 2, 1),
                           findings=["kk.format", "phone.format"])  # fmt: skip
    client = as_person("kartika")
    client.post(url(worker, "ubah/"), as_shown(client, worker))
    [after] = everybody()
    kept = ("nik", "kk", "name", "birth_date", "rt", "income", "phone", "term_start", "findings")
    assert [getattr(after, it) for it in kept] == [getattr(worker, it) for it in kept]


def test_two_people_at_once_do_not_overwrite_each_other(as_person):
    worker = people.worker(1)
    olan = as_person("olan")
    opened = as_shown(olan, worker)
    kartika = as_person("kartika")
    kartika.post(url(worker, "ubah/"), as_shown(kartika, worker) | {"address": "Jl. Kartika"})
    olan = as_person("olan")
    answer = olan.post(url(worker, "ubah/"), opened | {"rt": "009"})
    assert "baru saja diubah orang lain" in answer.text
    assert "Kartika menyimpannya" in answer.text
    assert [row[:3] for row in answer.context["form"].comparison] == [
        ("Alamat", "Jl. Kartika", "Jl. Uji No. 1"),
        ("RT", "001", "009"),
    ]
    assert everybody()[0].address == "Jl. Kartika"
    again = opened | {"rt": "009", "version": answer.context["form"]["version"].value()}
    assert olan.post(url(worker, "ubah/"), again).status_code == 302
    assert everybody()[0].rt == "009"


def test_a_nik_may_be_mended_but_not_into_somebody_elses(as_person):
    worker, other = people.worker(1), people.worker(2, people.BOGORAN, name="RAHASIA")
    client = as_person("kartika")
    typed = as_shown(client, worker)
    answer = client.post(url(worker, "ubah/"), typed | {"nik": other.nik})
    assert "sudah dipakai orang lain" in answer.text
    assert "RAHASIA" not in answer.text
    client.post(url(worker, "ubah/"), typed | {"nik": people.nik(3)})
    assert everybody(pk=worker.pk)[0].nik == people.nik(3)


def test_edit_is_guarded(as_person):
    worker = people.worker(1, name="RAHASIA")
    for method in ("get", "post"):
        assert getattr(as_person("bagus"), method)(url(worker, "ubah/")).status_code == 404
        assert getattr(as_person("vera"), method)(url(worker, "ubah/")).status_code == 403


# --- ending ----------------------------------------------------------------------------------

DEATH = {"reason": "died", "on": "17-08-2026", "document": "Surat kematian 474.3/12/2026"}


def test_ending_keeps_the_person_and_stops_changes(as_person):
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


def test_only_the_admin_reopens_and_says_why(as_person):
    worker = people.worker(1, ended_on=date(2026, 8, 17), ended_reason="died")
    assert as_person("kartika").get(url(worker, "buka/")).status_code == 403
    assert as_person("bagus").get(url(worker, "buka/")).status_code == 404
    client = as_person("rini")
    assert client.post(url(worker, "buka/"), {}).context["form"].errors
    client.post(url(worker, "buka/"), {"reason": "Salah orang"})
    assert everybody()[0].ended_on is None
    assert "Salah orang" in client.get(url(worker)).text


def test_ending_is_guarded(as_person):
    worker = people.worker(1)
    assert as_person("bagus").post(url(worker, "akhiri/"), DEATH).status_code == 404
    assert as_person("vera").post(url(worker, "akhiri/"), DEATH).status_code == 403
    assert everybody()[0].ended_on is None


# --- history ---------------------------------------------------------------------------------


def test_history_tells_who_changed_what(as_person):
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
    assert "<del>350307******0002</del> → <ins>350307******0006</ins>" in history
    assert "<ins>T***</ins>" in history
    assert people.nik(5) not in text
    assert "Didaftarkan" in history


def test_history_is_paged_and_asks_as_often(as_person):
    worker = people.worker(1)
    client = as_person("kartika")
    asked = []
    for times in (1, 13):
        for number in range(times):
            with scope.enter(people.office("kartika")):
                Worker.objects.filter(pk=worker.pk).update(address=f"Jl. {times} {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(url(worker))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert client.get(url(worker)).context["history"].paginator.count == 15
    assert "Didaftarkan" in client.get(url(worker), {"page": 2}).text


def test_every_opening_is_recorded(as_person):
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
