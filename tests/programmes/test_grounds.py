"""On what ground a programme pays, and who: legal bases, payer, and their pages."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from enrollment.programmes import grounds, rules
from enrollment.programmes.models import Fund, LegalBasis, Payer
from enrollment.reports import changes
from tests import people
from tests.asked import sure_of
from tests.pages.source import on_one_line
from tests.programmes.test_waves import second
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
PERBUP = {"kind": "perbup", "number": "5 Tahun 2024", "date": "2024-03-05", "title": "Pekerja"}
PAYER = {
    "kind": "SG", "npp": "jj 016200", "agreement_number": "460/12/PKS/2026",
    "agreement_from": "2026-01-01", "agreement_until": "2026-12-31", "refund": "ya",
    "subactivity": "2.07.05.2.02.0005", "accounts": "5.1.06.01.01.0001", "budget_number": "DPA/1",
}  # fmt: skip


@pytest.fixture
def subsidy():
    return making.programme()


@pytest.fixture
def rini(as_person):
    return as_person("rini")


def page(subsidy, tail=""):
    return f"/program/{subsidy.pk}/{tail}"


def text(answer):
    return on_one_line(answer.content.decode())


def numbers(subsidy):
    with scope.whole_country("tests"):
        return [basis.number for basis in subsidy.legal_bases.all()]


def add(subsidy, *numbers, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        for number in numbers:
            grounds.add(LegalBasis(number=number), to=subsidy, by=office)


def basis(subsidy, number):
    with scope.whole_country("tests"):
        return subsidy.legal_bases.get(number=number)


class TestLegalBases:
    def test_several_are_added_and_cited_in_their_order(self, subsidy, rini):
        for typed in (PERBUP, {"kind": "inpres", "number": "8 Tahun 2025", "title": "Kemiskinan"}):
            assert rini.post(page(subsidy, "dasar-hukum/"), typed).status_code == 302
        shown = text(rini.get(page(subsidy)))
        perbup = (
            "Peraturan Bupati Trenggalek Nomor 5 Tahun 2024 tanggal 5 Maret 2024 tentang Pekerja"
        )
        inpres = "Instruksi Presiden Nomor 8 Tahun 2025 tentang Kemiskinan"
        assert -1 < shown.find(perbup) < shown.find(inpres)

    def test_one_is_moved_up_until_it_is_the_first(self, subsidy, rini):
        add(subsidy, "1", "2", "3")
        url = page(subsidy, f"dasar-hukum/{basis(subsidy, '3').pk}/naik/")
        orders = []
        for _ in range(3):
            rini.post(url)
            orders.append(numbers(subsidy))
        assert orders == [["1", "3", "2"], ["3", "1", "2"], ["3", "1", "2"]]

    def test_one_is_changed_and_removed(self, subsidy, rini):
        add(subsidy, "1", "2")
        url = page(subsidy, f"dasar-hukum/{basis(subsidy, '1').pk}/")
        rini.post(url, {**PERBUP, "number": "7"})
        assert numbers(subsidy) == ["7", "2"]
        rini.post(f"{url}hapus/")
        assert numbers(subsidy) == ["2"]

    def test_what_is_removed_meanwhile_is_refused_with_a_sentence(self, subsidy):
        add(subsidy, "1")
        old, office = basis(subsidy, "1"), people.office("rini")
        with scope.enter(office):
            grounds.remove(basis(subsidy, "1"), by=office)
            with pytest.raises(Refusal, match="baru saja dihapus orang lain"):
                grounds.change(old, by=office)
            grounds.move_up(old, by=office)
        assert numbers(subsidy) == []

    def test_the_same_one_twice_is_refused_and_what_was_typed_stays(self, subsidy, rini):
        rini.post(page(subsidy, "dasar-hukum/"), PERBUP)
        again = rini.post(page(subsidy, "dasar-hukum/"), {**PERBUP, "title": "Lain"})
        assert grounds.SENTENCES["legal_basis_once"] in text(again)
        assert "Lain</textarea>" in text(again)
        assert len(numbers(subsidy)) == 1

    def test_there_is_an_end_to_them(self, subsidy, rini):
        add(subsidy, *map(str, range(1, grounds.MOST + 1)))
        refused = rini.post(page(subsidy, "dasar-hukum/"), PERBUP)
        assert "Paling banyak 20 dasar hukum" in text(refused)
        assert len(numbers(subsidy)) == grounds.MOST

    @pytest.mark.parametrize("day", ["1990-01-01", "2099-01-01"])
    def test_a_day_that_is_unlikely_is_asked_about_once(self, subsidy, rini, day):
        url, typed = page(subsidy, "dasar-hukum/"), {**PERBUP, "date": day}
        asked = rini.post(url, typed)
        assert "Peraturannya tertanggal 1 Januari" in text(asked)
        assert numbers(subsidy) == []
        assert rini.post(url, {**typed, "sure": sure_of(asked)}).status_code == 302

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"number": " "}, "Isi nomor peraturannya."),
            ({"date": "kemarin"}, "Tanggal tidak terbaca"),
        ],
    )
    def test_bad_input_gets_a_sentence(self, subsidy, rini, wrong, sentence):
        assert sentence in text(rini.post(page(subsidy, "dasar-hukum/"), {**PERBUP, **wrong}))
        assert numbers(subsidy) == []

    def test_one_of_another_programme_is_not_found_here(self, subsidy, rini):
        other = making.programme(name="Nelayan", legal_basis="9")
        its = basis(other, "9").pk
        assert rini.get(page(other, f"dasar-hukum/{its}/")).status_code == 200
        assert rini.get(page(subsidy, f"dasar-hukum/{its}/")).status_code == 404

    def test_the_home_page_asks_for_them_until_there_is_one(self, subsidy, rini):
        link = page(subsidy, "dasar-hukum/")
        assert link in text(rini.get("/"))
        add(subsidy, "1")
        assert link not in text(rini.get("/"))

    def test_the_database_keeps_them_numbered_and_in_one_order(self, subsidy):
        add(subsidy, "1")
        row = {"programme": subsidy, "regency_id": subsidy.regency_id}
        with scope.whole_country("tests"):
            for wrong in ({"position": 1, "number": "2"}, {"position": 2, "number": ""},
                          {"position": 2, "number": "1"}):  # fmt: skip
                with pytest.raises(IntegrityError), transaction.atomic():
                    LegalBasis.objects.create(**row, **wrong)
                    with connection.cursor() as cursor:
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_page_of_many_asks_the_database_no_more_often(self, subsidy, rini):
        add(subsidy, "1")
        rini.get(page(subsidy, "dasar-hukum/"))
        counts = []
        for more in ("2", "3"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                rini.get(page(subsidy, "dasar-hukum/"))
            counts.append(len(queries))
            add(subsidy, more)
        assert counts[0] == counts[1]


class TestPayer:
    def test_it_is_saved_shown_and_changed(self, subsidy, rini):
        assert rini.post(page(subsidy, "dana/"), PAYER).status_code == 302
        shown = text(rini.get(page(subsidy)))
        for words in ("SG: pekerja rentan, dibayar pemerintah", "JJ016200", "5.1.06.01.01.0001",
                      "460/12/PKS/2026, sejak 1 Januari 2026 sampai 31 Desember 2026"):  # fmt: skip
            assert words in shown
        rini.post(page(subsidy, "dana/"), {**PAYER, "kind": "SC"})
        with scope.whole_country("tests"):
            assert Payer.objects.get().kind == "SC"

    def test_everything_may_still_be_unknown(self, subsidy, rini):
        assert rini.post(page(subsidy, "dana/"), {"refund": "belum"}).status_code == 302
        assert "Belum tahu" in text(rini.get(page(subsidy)))

    def test_two_who_save_it_first_make_one_row(self, subsidy):
        office = people.office("rini")
        with scope.enter(office):
            one, two = (Payer(programme=subsidy, npp=npp) for npp in ("1111", "2222"))
            grounds.save_payer(one, by=office)
            grounds.save_payer(two, by=office)
            assert [payer.npp for payer in Payer.objects.all()] == ["2222"]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"agreement_until": "2025-12-31"}, "Akhir PKS tidak boleh sebelum awalnya."),
            ({"npp": "12-3"}, "NPP terdiri atas 4 sampai 20 huruf dan angka."),
            ({"agreement_from": "besok"}, "Tanggal tidak terbaca"),
            ({"kind": "XX"}, "pilihan"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_stays(self, subsidy, rini, wrong, sentence):
        refused = text(rini.post(page(subsidy, "dana/"), {**PAYER, **wrong}))
        assert sentence in refused and "460/12/PKS/2026" in refused
        with scope.whole_country("tests"):
            assert not Payer.objects.exists()

    def test_codes_are_suggested_and_others_may_be_typed(self, subsidy, rini):
        shown = text(rini.get(page(subsidy, "dana/")))
        for code in ("2.07.05.2.02.0005", "5.1.02.02.02.0006", "5.1.02.02.02.0007",
                     "5.1.06.01.01.0001"):  # fmt: skip
            assert f'<option value="{code}">' in shown
        rini.post(page(subsidy, "dana/"), {**PAYER, "accounts": "9.9"})
        with scope.whole_country("tests"):
            assert Payer.objects.get().accounts == "9.9"

    def test_cover_outside_the_agreement_is_warned_about(self, subsidy, rini):
        rini.post(page(subsidy, "dana/"), PAYER)
        assert "di luar masa PKS" not in text(rini.get(page(subsidy)))
        rini.post(page(subsidy, "dana/"), {**PAYER, "agreement_until": "2026-10-30"})
        said = "Perlindungan Oktober–Desember 2026 di luar masa PKS"
        assert said in text(rini.get(page(subsidy)))

    def test_a_village_is_not_told_who_pays(self, subsidy, rini, as_person):
        rini.post(page(subsidy, "dana/"), PAYER)
        assert "460/12/PKS/2026" in text(as_person("vera").get(page(subsidy)))
        assert "460/12/PKS/2026" not in text(as_person("kartika").get(page(subsidy)))

    def test_a_nagari_has_no_desa(self, as_person):
        people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
        people.NAMES.setdefault("sari", (people.Role.REGENCY_ADMIN, people.SIJUNJUNG))
        subsidy = making.programme(by="sari")
        shown = text(as_person("sari").get(page(subsidy, "dana/")))
        assert "SD: nagari, dari APB Nagari" in shown


@pytest.mark.parametrize(
    ("begin", "end", "outside"),
    [
        (None, None, ""),
        (date(2026, 1, 1), date(2026, 12, 31), ""),
        (date(2026, 1, 2), None, "Januari 2026 di luar masa PKS, yang berlaku sejak 2 Januari"),
        (None, date(2026, 12, 30), "Desember 2026 di luar masa PKS, yang berlaku sampai 30"),
        (date(2026, 2, 1), date(2026, 11, 30), "Januari 2026 dan Desember 2026 di luar masa PKS"),
        (date(2027, 1, 1), date(2027, 12, 31), "Januari–Desember 2026 di luar masa PKS"),
    ],
)
def test_months_that_an_agreement_does_not_hold_wholly_are_outside_it(begin, end, outside):
    said = rules.outside_agreement(date(2026, 1, 1), 12, begin, end)
    assert outside in said
    assert bool(said) is bool(outside)


def test_a_new_wave_takes_over_what_the_one_before_it_rests_on_and_who_pays():
    first = making.programme(legal_basis="5 Tahun 2024", months=6)
    add(first, "6 Tahun 2024")
    making.paid_by(first, kind="SG", npp="JJ016200")
    later = second(first)
    assert numbers(later) == numbers(first) == ["5 Tahun 2024", "6 Tahun 2024"]
    making.paid_by(later, npp="JJ016201")
    with scope.whole_country("tests"):
        found = {payer.programme.wave: (payer.kind, payer.npp) for payer in Payer.objects.all()}
    assert found == {1: ("SG", "JJ016200"), 2: ("SG", "JJ016201")}
    office = people.office("rini")
    with scope.enter(office):
        grounds.remove(basis(later, "5 Tahun 2024"), by=office)
    assert numbers(first) == ["5 Tahun 2024", "6 Tahun 2024"]


def test_who_changed_them_is_in_the_record_of_changes():
    people.office("audi")
    subsidy = making.programme(legal_basis="5 Tahun 2024")
    making.paid_by(subsidy, npp="JJ016200")
    making.paid_by(subsidy, npp="JJ016201")
    audi = people.office("audi")
    with scope.enter(audi):
        rows = {
            slug: changes.rows_of(subject, audi, changes.events_of(subject, audi))
            for slug in ("dasar-hukum", "dana")
            for subject in [changes.SUBJECTS[slug]]
        }
    assert "5 Tahun 2024" in rows["dasar-hukum"][0].whose
    changed = rows["dana"][0]
    assert (changed.who, changed.whose) == ("Rini", "Pekerja rentan 2026")
    assert changed.changes == [("NPP wadah", "JJ016200", "JJ016201")]


class TestFunds:
    def test_the_regency_reads_funds_and_sectors(self, rini):
        shown = text(rini.get("/pengaturan/dana/"))
        for fund in Fund.objects.all():
            assert fund.name in shown
        assert "PMK 72/2024 Pasal 5" in shown
        sectors = text(rini.get("/pengaturan/sektor/"))
        assert "Transportasi" in sectors and "ojek" in sectors.lower()

    def test_a_note_stands_where_a_fund_is_chosen_and_where_it_was(self, rini):
        assert "PMK 72/2024 Pasal 5" in text(rini.get("/program/baru/"))
        chosen = making.programme(fund_id="dbhcht")
        assert "PMK 72/2024 Pasal 5" in text(rini.get(page(chosen)))

    def test_jp_is_refused_for_bpu_by_name_and_taken_by_ppu(self, rini):
        typed = {
            "name": "Kader", "year": "2026", "fund": "apbd", "category": "rentan", "segment": "BPU",
            "components": ["JKK", "JKM", "JP"], "start": "12", "months": "1", "wage": "2.000.000",
            "ceiling": "2.016.000.000", "minimum_age": "17", "maximum_age": "65",
        }  # fmt: skip
        assert "JP tidak tersedia untuk BPU" in text(rini.post("/program/baru/", typed))
        assert "tidak tersedia" not in text(
            rini.post("/program/baru/", {**typed, "segment": "PPU"})
        )
