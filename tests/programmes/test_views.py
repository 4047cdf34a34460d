"""The pages of programmes, as their users see them."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrollment.coverage.rules import month_after
from enrollment.programmes.models import PremiumSubsidy, Quota, TariffDiscount
from enrollment.workers.models import WorkerSource
from tests import people
from tests.asked import insist, sure_of
from tests.pages.source import on_one_line
from tests.proposals import making
from villages import scope
from villages.models import Area

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Pekerja rentan", "year": "2026", "fund": "apbd", "category": "rentan",
    "segment": "BPU", "components": ["JKK", "JKM"], "start": "1", "months": "12",
    "wage": "1.000.000", "ceiling": "2.016.000.000", "minimum_age": "17", "maximum_age": "65",
}  # fmt: skip


def text(answer):
    return on_one_line(answer.content.decode())


def page(subsidy, tail=""):
    return f"/program/{subsidy.pk}/{tail}"


class TestNew:
    def test_saves_and_shows(self, as_person):
        rini = as_person("rini")
        given = {**TYPED, "occupations": ["tobacco_farmer"], "fund": "dbhcht", "save": "1"}
        answer = insist(rini, "/program/baru/", given, follow=True)
        assert "Pekerja rentan 2026 tersimpan" in text(answer)
        assert "Petani tembakau" in text(answer)
        with scope.whole_country("tests"):
            made = PremiumSubsidy.objects.get()
        assert (made.state, made.regency_id) == ("draft", "35.03")
        assert (made.price_in_words, made.cost_a_person) == ("16.800 × 12", 201_600)

    @pytest.mark.parametrize(
        "typed", ["2016000000", "Rp2.016.000.000", " 2.016.000.000,00 ", "rp 2.016.000.000"]
    )
    def test_rupiah_as_people_write_it(self, as_person, typed):
        insist(as_person("rini"), "/program/baru/", {**TYPED, "ceiling": typed, "save": "1"})
        with scope.whole_country("tests"):
            assert PremiumSubsidy.objects.get().ceiling == 2_016_000_000

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"components": ["JKK", "JKM", "JP"]}, "JP tidak tersedia untuk BPU"),
            ({"components": ["JKK"]}, "JKK dan JKM wajib diambil keduanya"),
            ({"start": "10", "months": "5"}, "di luar tahun anggaran 2026"),
            ({"months": "13"}, "12"),
            ({"ceiling": "dua miliar"}, "Tulis jumlah rupiah dengan angka"),
            ({"ceiling": "-5"}, "Paling sedikit 1."),
            ({"ceiling": "٢٠١٦"}, "Tulis jumlah rupiah dengan angka"),
            ({"ceiling": "9" * 30}, "Tulis jumlah rupiah dengan angka"),
            ({"ceiling": "1,5"}, "Tulis jumlah rupiah dengan angka"),
            ({"months": "1,0"}, "“1,0” tidak jelas. Titik memisahkan ribuan"),
            ({"year": "0"}, "Paling sedikit 2015."),
            ({"maximum_age": "17"}, "Batas usia paling tua"),
            ({"name": ""}, "Nama program"),
            ({"year": "abc"}, "Tahun"),
        ],
    )
    def test_bad_input_gets_a_message_and_stays_in_the_form(self, as_person, wrong, sentence):
        typed = {**TYPED, "required_registry": "DTSEN-X", "save": "1", **wrong}
        answer = as_person("rini").post("/program/baru/", typed)
        assert answer.status_code == 200
        assert sentence in text(answer)
        assert "DTSEN-X</textarea>" in text(answer)
        with scope.whole_country("tests"):
            assert not PremiumSubsidy.objects.exists()

    def test_registries_are_kept_as_they_are_read_and_a_family_has_a_limit(self, as_person):
        typed = {"required_registry": "DTSEN  desil 1 - 4, 2026-I\r\nP3KE", "family_limit": "2"}
        insist(as_person("rini"), "/program/baru/", {**TYPED, **typed, "save": "1"})
        with scope.whole_country("tests"):
            made = PremiumSubsidy.objects.get()
        assert made.required_registry == "DTSEN desil 1–4, 2026-I\nP3KE"
        assert made.family_limit == 2
        page = text(as_person("rini").get(f"/program/{made.pk}/"))
        assert "DTSEN desil 1–4, 2026-I atau P3KE" in page
        assert "paling banyak 2 orang" in page

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"required_registry": "DTSEN desil 9–2"}, "desil harus 1 sampai 10"),
            ({"required_registry": "DTSEN desil"}, "Tulis satu data acuan tiap baris"),
            ({"family_limit": "0"}, "1"),
        ],
    )
    def test_criteria_that_cannot_be_are_refused_in_words(self, as_person, typed, sentence):
        answer = as_person("rini").post("/program/baru/", {**TYPED, **typed, "save": "1"})
        assert sentence in text(answer)
        with scope.whole_country("tests"):
            assert not PremiumSubsidy.objects.exists()

    def test_a_name_already_used_is_reported_on_the_form(self, as_person):
        making.programme()
        answer = insist(as_person("rini"), "/program/baru/", {**TYPED, "save": "1"})
        assert "Beri nama lain" in text(answer)


class TestCalculator:
    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ({"people": "10000"}, "Rp2.016.000.000"),
            ({"people": "5600", "months": "3", "ceiling": "365.000.000"}, "Rp282.240.000"),
            ({"months": "10", "ceiling": "1.200.000.000"}, "7.142 orang"),
            ({"people": "100"}, "Rp20.160.000"),
            ({"people": "10001"}, "Pagu tidak cukup"),
        ],
    )
    def test_with_and_without_a_script(self, as_person, given, shown):
        rini = as_person("rini")
        typed = {**TYPED, **given}
        assert shown in text(rini.post("/program/hitung/", typed))
        whole = rini.post("/program/baru/", {**typed, "calculate": "1"})
        assert shown in text(whole)
        assert "Belum tersimpan" not in text(whole)
        with scope.whole_country("tests"):
            assert not PremiumSubsidy.objects.exists()

    def test_works_before_the_name_is_filled_in(self, as_person):
        typed = {**TYPED, "name": "", "ceiling": "", "people": "100"}
        assert "Rp20.160.000" in text(as_person("rini").post("/program/hitung/", typed))

    def test_reports_errors_and_does_not_crash_on_invalid_input(self, as_person):
        rini = as_person("rini")
        wrong = {**TYPED, "components": ["JKK", "JKM", "JP"]}
        assert "JP tidak tersedia" in text(rini.post("/program/hitung/", wrong))
        assert rini.post("/program/hitung/", {"people": "x", "year": "y"}).status_code == 200


class TestEdit:
    def test_changes(self, as_person):
        subsidy = making.programme()
        typed = {**TYPED, "ceiling": "168.000.000", "name": "Baru", "save": "1"}
        answer = insist(as_person("rini"), page(subsidy, "ubah/"), typed, follow=True)
        assert "Baru 2026 tersimpan" in text(answer)

    def test_a_ceiling_that_changes_by_more_than_tenfold_is_asked_about_once(self, as_person):
        subsidy = making.programme()
        before, rini = making.fresh(subsidy).ceiling, as_person("rini")
        typed = {**TYPED, "ceiling": str(before * 11), "save": "1"}
        asked = rini.post(page(subsidy, "ubah/"), typed)
        assert "Simpan sekali lagi bila benar." in text(asked)
        assert making.fresh(subsidy).ceiling == before
        another = {
            **typed,
            "ceiling": str(before * 12),
            "sure": asked.context["form"]["sure"].value(),
        }
        assert "Simpan sekali lagi bila benar." in text(rini.post(page(subsidy, "ubah/"), another))
        again = {**typed, "sure": asked.context["form"]["sure"].value()}
        assert rini.post(page(subsidy, "ubah/"), again).status_code == 302
        assert making.fresh(subsidy).ceiling == before * 11

    def test_a_ceiling_below_the_committed_money_is_reported_on_the_form(self, as_person):
        subsidy = making.approved(making.programme(), 2).programme
        typed = {**TYPED, "ceiling": "403.199", "save": "1"}
        answer = insist(as_person("rini"), page(subsidy, "ubah/"), typed)
        assert "Pagu tidak boleh di bawah Rp403.200" in text(answer)


class TestTheOrderOfTheWaitingList:
    """Chosen in the programme's form, the most important criterion first."""

    def change(self, client, subsidy, *turns):
        chosen = {f"turn_{number}": turn for number, turn in enumerate(turns, start=1)}
        return insist(client, page(subsidy, "ubah/"), {**TYPED, **chosen, "save": "1"}, follow=True)

    def test_is_kept_and_shown_again(self, as_person):
        subsidy, rini = making.programme(), as_person("rini")
        answer = self.change(rini, subsidy, "poorest", "", "oldest")
        told = "desil terendah lebih dahulu, lalu yang tertua lebih dahulu, lalu yang lebih dahulu"
        assert told in text(answer)
        assert making.fresh(subsidy).waiting_order == ["poorest", "oldest"]
        form = rini.get(page(subsidy, "ubah/")).context["form"]
        assert [field.value() for field in form.turns] == ["poorest", "oldest", "", ""]

    def test_can_be_arrival_alone_again(self, as_person):
        subsidy = making.programme(waiting_order=["poorest"])
        self.change(as_person("rini"), subsidy, "", "", "")
        assert making.fresh(subsidy).waiting_order == []

    @pytest.mark.parametrize(
        ("turns", "told"),
        [
            (("poorest", "poorest"), "Ada ukuran yang dipilih dua kali."),
            (("oldest", "youngest"), "Pilih salah satu: yang tertua atau yang termuda"),
            (("tercepat",), "tidak ada dalam pilihan. Pilih lagi."),
        ],
    )
    def test_what_makes_no_order_is_told_and_changes_nothing(self, as_person, turns, told):
        subsidy = making.programme(waiting_order=["listed"])
        assert told in text(self.change(as_person("rini"), subsidy, *turns))
        assert making.fresh(subsidy).waiting_order == ["listed"]


def test_a_new_programme_begins_next_month(as_person):
    """January is past on most days, and its premium cannot be paid any more."""
    today = timezone.localdate()
    first = month_after(today)
    form = as_person("rini").get("/program/baru/").context["form"]
    assert (form["year"].value(), form["start"].value()) == (first.year, first.month)
    assert int(form["months"].value()) == 13 - first.month


def test_places_are_summed_only_where_each_village_has_a_limit(as_person):
    """With one quota of 5 and 156 villages without a limit there are not five places."""
    subsidy, rini = making.programme(), as_person("rini")
    insist(rini, page(subsidy, f"kuota/{people.SENDEN}/"), {"people": "5"})
    assert "dari 5 tempat" not in text(rini.get(page(subsidy)))
    with scope.whole_country("tests"):
        subsidy.quotas.update(people=2)
    assert "dari 314 tempat" in text(rini.get(page(subsidy)))


def test_a_programme_without_a_quota_leads_to_where_it_is_set(as_person):
    drafted, opened = making.programme(name="Lain", opened=False), making.programme()
    rini = as_person("rini")
    assert f'"{page(opened, "kuota/sekaligus/")}">Ubah<' in text(rini.get(page(opened)))
    assert f'"{page(drafted, "ubah/")}#id_village_quota"' in text(rini.get(page(drafted)))
    assert "kuota/sekaligus/" not in text(as_person("vera").get(page(opened)))


class TestDoubts:
    """What cannot well be is asked about, once, in words that say why."""

    def test_months_that_are_past(self, as_person):
        rini, url = as_person("rini"), "/program/baru/"
        long_ago = {**TYPED, "year": "2024", "save": "1"}
        asked = rini.post(url, long_ago)
        assert "Semua bulannya (Januari–Desember 2024) sudah lewat?" in text(asked)
        with scope.whole_country("tests"):
            assert not PremiumSubsidy.objects.exists()
        assert rini.post(url, {**long_ago, "sure": sure_of(asked)}).status_code == 302

    def test_money_for_nobody(self, as_person):
        """`1.000` where `1.000.000.000` was meant."""
        rini, url = as_person("rini"), "/program/baru/"
        typed = {**TYPED, "ceiling": "1.000", "village_quota": "", "save": "1"}
        asked = rini.post(url, typed)
        assert "Pagunya tidak cukup untuk seorang pun." in text(asked)
        assert rini.post(url, {**typed, "sure": sure_of(asked)}).status_code == 302

    def test_months_that_a_discount_makes_free(self, as_person):
        """Nobody costs anything, so no number of people can be computed."""
        year = int(TYPED["year"])
        with scope.whole_country("tests"):
            for component in TYPED["components"]:
                TariffDiscount.objects.create(
                    segment="BPU", component=component, percent=100, source="Uji",
                    valid_from=date(year, 1, 1), valid_until=date(year, 12, 31),
                )  # fmt: skip
        for button in ("save", "calculate"):
            answer = as_person("rini").post("/program/baru/", {**TYPED, button: "1"})
            assert "iurannya nol karena keringanan" in text(answer)

    def test_more_places_than_there_is_money_for(self, as_person):
        rini, url = as_person("rini"), "/program/baru/"
        typed = {**TYPED, "village_quota": "100", "ceiling": "201.600.000", "save": "1"}
        asked = rini.post(url, typed)
        said = "100 orang di 157 desa adalah 15.700 tempat, sedangkan pagunya cukup untuk 1.000"
        assert said in text(asked)
        assert said not in text(rini.post(url, {**typed, "village_quota": "6"}))
        assert rini.post(url, {**typed, "sure": sure_of(asked)}).status_code == 302

    def test_other_changes_of_the_same_programme_are_not_asked_about(self, as_person):
        rini = as_person("rini")
        typed = {**TYPED, "year": "2024", "village_quota": "100", "ceiling": "201.600.000",
                 "save": "1"}  # fmt: skip
        made = insist(rini, "/program/baru/", typed)
        answer = rini.post(f"{made.url}ubah/", {**typed, "required_registry": "DTSEN"})
        assert answer.status_code == 302


class TestOpening:
    def test_open_and_close(self, as_person):
        subsidy = making.programme(opened=False, village_quota=7)
        rini = as_person("rini")
        assert "setiap desa sekarang dapat mengusulkan" in text(
            rini.post(page(subsidy, "buka/"), follow=True)
        )
        with scope.whole_country("tests"):
            assert Quota.objects.filter(programme=subsidy, people=7).count() == 157
        rini.post(page(subsidy, "tutup/"))
        assert making.fresh(subsidy).state == "closed"


class TestQuotas:
    def test_one_village_gets_its_own_quota(self, as_person):
        subsidy = making.programme(village_quota=7)
        typed = {"people": "9", "query": urlencode({"q": "senden"})}
        url = page(subsidy, f"kuota/{people.SENDEN}/")
        answer = insist(as_person("rini"), url, typed, follow=True)
        assert "Kuota Senden diubah" in text(answer)
        assert "Bogoran" not in text(answer)  # the list keeps its filter

    def test_more_places_than_money_is_asked_about(self, as_person):
        subsidy, rini = making.programme(village_quota=1, people_paid=200), as_person("rini")
        url = page(subsidy, f"kuota/{people.SENDEN}/")
        asked = rini.post(url, {"people": "9"})
        assert asked.status_code == 302
        asked = rini.post(url, {"people": "80"})
        assert "Sesudahnya ada 236 tempat, sedangkan pagunya cukup untuk 200 orang?" in text(asked)
        assert rini.post(url, {"people": "80", "sure": sure_of(asked)}).status_code == 302

    def test_an_empty_quota_means_no_limit(self, as_person):
        subsidy = making.programme(village_quota=7)
        rini = as_person("rini")
        page_of_quotas = text(
            rini.post(page(subsidy, f"kuota/{people.SENDEN}/"), {"people": ""}, follow=True)
        )
        assert "tanpa batas" in page_of_quotas
        assert "None" not in page_of_quotas

    @pytest.mark.parametrize(
        ("people_typed", "sentence"),
        [
            ("x", "“x” bukan angka"),
            ("-1", "Paling sedikit 0."),
            ("9999999999999", "Paling banyak 9.999.999."),
            ("1,000", "seribu ditulis 1.000 atau 1000."),
            ("1.5", "seribu ditulis 1.000 atau 1000."),
        ],
    )
    def test_invalid_input_gets_a_message_and_stays(self, as_person, people_typed, sentence):
        subsidy = making.programme(village_quota=7)
        answer = as_person("rini").post(
            page(subsidy, f"kuota/{people.SENDEN}/"), {"people": people_typed}, follow=True
        )
        assert sentence in text(answer)
        assert f'value="{people_typed}"' in text(answer)
        assert quota_of(subsidy) == 7

    def test_1_000_is_a_thousand_and_asked_about_where_the_quota_was_small(self, as_person):
        """A quota of 1 was set in 247 villages, because 1.000 was read as 1."""
        subsidy = making.programme(village_quota=7)
        rini, url = as_person("rini"), page(subsidy, f"kuota/{people.SENDEN}/")
        asked = rini.post(url, {"people": "1.000"})
        assert "Dari 7 menjadi 1.000? Simpan sekali lagi bila benar." in text(asked)
        assert quota_of(subsidy) == 7
        sure = asked.context["form"]["sure"].value()
        assert rini.post(url, {"people": "1.000", "sure": sure}).status_code == 302
        assert quota_of(subsidy) == 1000

    def test_a_quota_that_shrinks_by_more_than_tenfold_is_asked_about(self, as_person):
        subsidy = making.programme(village_quota=1000)
        url = page(subsidy, f"kuota/{people.SENDEN}/")
        assert "Dari 1.000 menjadi 1?" in text(as_person("rini").post(url, {"people": "1"}))
        assert quota_of(subsidy) == 1000

    def test_filtered_by_district(self, as_person):
        subsidy = making.programme(village_quota=7)
        answer = as_person("vera").get(page(subsidy, "kuota/?kecamatan=" + people.KAMPAK))
        assert "Senden" in text(answer)
        assert "Karangtengah" not in text(answer)


class TestManyQuotas:
    """One quota for many villages, after a preview."""

    @pytest.fixture
    def subsidy(self):
        return making.programme(village_quota=70)

    def send(self, client, subsidy, query="", **typed):
        return client.post(page(subsidy, "kuota/sekaligus/") + query, typed)

    def confirm(self, client, subsidy, shown, query="", **typed):
        seen = shown.context["outlook"].mark
        return self.send(client, subsidy, query, **typed, seen=seen, confirm="1")

    def test_a_filter_that_cannot_be_read_changes_no_quota(self, subsidy, as_person):
        rini, url = as_person("rini"), page(subsidy, "kuota/sekaligus/")
        given = {"people": "9", "whom": "semua", "kecamatan": "ngawur"}
        answer = rini.post(f"{url}?kecamatan=ngawur", given)
        assert "Saringannya tidak dapat dibaca" in answer.text and "outlook" not in answer.context
        assert "outlook" in rini.post(url, given | {"kecamatan": ""}).context

    def test_those_that_are_ticked(self, as_person, subsidy):
        typed = {"people": "100", "whom": "dicentang", "pick": [people.SENDEN, people.BOGORAN]}
        rini = as_person("rini")
        shown = self.send(rini, subsidy, **typed)
        assert "70 orang" in text(shown)
        assert "2 wilayah yang berubah" in text(shown)
        assert quota_of(subsidy) == 70, "a preview changes nothing"
        self.confirm(rini, subsidy, shown, **typed)
        with scope.whole_country("tests"):
            changed = Quota.objects.filter(programme=subsidy, people=100)
            assert set(changed.values_list("area_id", flat=True)) == {people.SENDEN, people.BOGORAN}

    def test_filters_that_were_not_applied_are_shown_before_anything_changes(
        self, as_person, subsidy
    ):
        """Who has typed a name and presses the preview has not seen whom "all" would mean."""
        rini, typed = as_person("rini"), {"people": "5", "whom": "semua"}
        shown = self.send(rini, subsidy, q="Senden", **typed)
        assert "outlook" not in shown.context
        assert {quota.area.name for quota in shown.context["page"]} == {"Senden"}
        shown = self.send(rini, subsidy, "?q=Senden", q="Senden", **typed)
        changing = shown.context["outlook"].changing
        assert {quota.area.name for quota in changing} == {"Senden"}

    def test_other_filters_begin_at_the_first_page(self, as_person, subsidy):
        typed = {"page": "2", "q": "a", "saring": "1"}
        assert self.send(as_person("rini"), subsidy, **typed).context["page"].number == 1

    def test_more_places_than_money_is_told_before_it_is_kept(self, as_person):
        subsidy = making.programme(village_quota=1, people_paid=200)
        rini, typed = as_person("rini"), {"whom": "dicentang", "pick": [people.SENDEN]}
        told = "Sesudahnya ada 256 tempat, sedangkan pagunya cukup untuk 200 orang."
        assert told in text(self.send(rini, subsidy, people="100", **typed))
        assert "Sesudahnya ada" not in text(self.send(rini, subsidy, people="44", **typed))

    def divide(self, client, subsidy, **typed):
        """Divided among Senden, Bogoran and Karangan."""
        chosen = {"whom": "dicentang", "pick": [people.SENDEN, people.BOGORAN, "35.03.07.2006"]}
        return self.send(client, subsidy, **chosen, **typed), chosen | typed

    @pytest.fixture
    def registered(self):
        """Three people in Senden, of whom DTSEN names one, and one in Bogoran."""
        made = [people.worker(number) for number in range(3)]
        people.worker(3, people.BOGORAN)
        ended = people.worker(4, people.BOGORAN, ended_on=timezone.localdate(), ended_reason="died")
        with scope.whole_country("tests"):
            for one in (made[0], ended):
                for period in ("2025-I", "2026-I"):
                    WorkerSource.objects.create(
                        worker=one, area_id=one.area_id, registry="DTSEN", period=period
                    )

    def test_a_total_in_proportion_to_registered_people(self, as_person, subsidy, registered):
        rini = as_person("rini")
        shown, typed = self.divide(rini, subsidy, rule="pekerja", people="101")
        page = text(shown)
        assert "kuota menjadi 101 orang seluruhnya" in page
        assert "<b>76</b>" in page and "<b>25</b>" in page and "<b>0</b>" in page
        assert quota_of(subsidy) == 70, "a preview changes nothing"
        assert self.confirm(rini, subsidy, shown, **typed).status_code == 302
        shares = [quota_of(subsidy, area) for area in typed["pick"]]
        assert shares == [76, 25, 0]

    def test_a_total_in_proportion_to_a_registry(self, as_person, subsidy, registered):
        rini = as_person("rini")
        shown, typed = self.divide(rini, subsidy, rule="registri", registry="DTSEN", people="50")
        assert self.confirm(rini, subsidy, shown, **typed).status_code == 302
        assert [quota_of(subsidy, area) for area in typed["pick"]] == [50, 0, 0]

    def test_a_share_below_what_is_handed_in_is_refused(self, as_person, subsidy, registered):
        making.submitted(subsidy, 2, by="bagus", first=40, area=people.BOGORAN)
        shown, _ = self.divide(as_person("rini"), subsidy, rule="pekerja", people="2")
        assert "Kuota di bawah yang sudah diusulkan" in text(shown)
        assert 'name="confirm"' not in text(shown)

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"rule": "pekerja", "people": ""}, "Isi jumlah seluruhnya yang akan dibagi."),
            ({"rule": "registri", "people": "5"}, "Pilih data acuannya."),
            (
                {"rule": "registri", "people": "5", "registry": "XX"},
                "tidak ada dalam pilihan. Pilih lagi.",
            ),
            ({"rule": "pekerja", "people": "satu"}, "bukan angka"),
            ({"rule": "entah", "people": "5"}, "tidak ada dalam pilihan. Pilih lagi."),
        ],
    )
    def test_what_cannot_be_divided_is_told_and_kept(
        self, as_person, subsidy, registered, typed, told
    ):
        shown, _ = self.divide(as_person("rini"), subsidy, **typed)
        assert told in text(shown)
        assert set(shown.context["form"]["whom"].value()) == set("dicentang")
        assert shown.context["ticked"] == 3

    def test_nobody_registered_is_no_ground_to_divide(self, as_person, subsidy):
        shown, _ = self.divide(as_person("rini"), subsidy, rule="pekerja", people="5")
        assert "tidak ada seorang pun menurut ukuran ini" in text(shown)

    def test_people_registered_between_preview_and_saving_are_shown_first(
        self, as_person, subsidy, registered
    ):
        rini = as_person("rini")
        shown, typed = self.divide(rini, subsidy, rule="pekerja", people="101")
        people.worker(50, people.BOGORAN)
        again = self.confirm(rini, subsidy, shown, **typed)
        assert "Lihat pratinjaunya sekali lagi" in text(again)
        assert quota_of(subsidy) == 70

    def test_a_whole_kecamatan(self, as_person, subsidy):
        typed, only = {"people": "80", "whom": "semua"}, f"?kecamatan={people.KAMPAK}"
        rini = as_person("rini")
        shown = self.send(rini, subsidy, only, **typed)
        assert self.confirm(rini, subsidy, shown, only, **typed).status_code == 302
        with scope.whole_country("tests"):
            changed = Quota.objects.filter(programme=subsidy, people=80)
            assert {area[:8] for area in changed.values_list("area_id", flat=True)} == {
                people.KAMPAK
            }
            assert changed.count() == 7

    def test_a_change_by_more_than_tenfold_is_pointed_out(self, as_person, subsidy):
        shown = self.send(as_person("rini"), subsidy, people="1", whom="semua")
        assert "Berubah lebih dari sepuluh kali lipat" in text(shown)
        assert "157 wilayah." in text(shown)

    def test_none_is_changed_where_one_holds_more_places_already(self, as_person, subsidy):
        making.submitted(subsidy, 3)
        rini, typed = as_person("rini"), {"people": "2", "whom": "semua"}
        shown = self.send(rini, subsidy, **typed)
        assert "Kuota di bawah yang sudah diusulkan" in text(shown)
        answer = self.confirm(rini, subsidy, shown, **typed)
        assert "Kembalikan sebagian usulannya" in text(answer)
        assert quota_of(subsidy, people.BOGORAN) == 70

    def test_what_somebody_else_changed_meanwhile_is_shown_first(self, as_person, subsidy):
        rini, typed = as_person("rini"), {"people": "80", "whom": "semua"}
        shown = self.send(rini, subsidy, **typed)
        insist(rini, page(subsidy, f"kuota/{people.SENDEN}/"), {"people": "75"})
        answer = self.confirm(rini, subsidy, shown, **typed)
        assert "baru saja diubah orang lain" in text(answer)
        assert (quota_of(subsidy), quota_of(subsidy, people.BOGORAN)) == (75, 70)

    def test_another_page_keeps_the_ticks_and_the_number(self, as_person, subsidy):
        rini, other = as_person("rini"), "35.03.14.2001"  # on the second page
        typed = {"people": "1.250", "whom": "dicentang"}
        second = self.send(rini, subsidy, **typed, pick=[people.SENDEN], page="2")
        assert second.context["page"].number == 2
        assert 'value="1.250"' in text(second)
        assert second.context["elsewhere"] == [people.SENDEN]
        assert "1 di luar halaman ini" in text(second)
        first = self.send(rini, subsidy, **typed, pick=[people.SENDEN, other], page="1")
        assert [row.area_id for row in first.context["page"] if row.ticked] == [people.SENDEN]
        shown = self.send(rini, subsidy, **typed, pick=[people.SENDEN, other])
        assert "2 wilayah yang berubah" in text(shown)
        back = self.send(rini, subsidy, **typed, pick=[people.SENDEN, other], page="1")
        assert (back.context["ticked"], back.context["form"]["people"].value()) == (2, "1.250")

    def test_another_page_keeps_the_filter(self, as_person, subsidy):
        only = f"?kecamatan={people.KAMPAK}"
        page = self.send(as_person("rini"), subsidy, only, people="7", page="1")
        assert page.context["page"].paginator.count == 7
        assert f"kecamatan={people.KAMPAK}" in page.context["page"].path

    def test_villages_of_the_same_name_carry_their_kecamatan(self, as_person, subsidy):
        with scope.whole_country("tests"):
            Area.objects.filter(pk=people.BOGORAN).update(name="Senden")
            Area.objects.filter(pk="35.03.01.2001").update(name="Senden")
        rini = as_person("rini")
        assert text(rini.get(page(subsidy, "kuota/sekaligus/"))).count("Senden (Kec. Kampak)") >= 2
        shown = self.send(rini, subsidy, people="80", whom="semua")
        assert "Senden (Kec. Panggul), " in text(shown)

    def test_nothing_ticked_is_told(self, as_person, subsidy):
        shown = self.send(as_person("rini"), subsidy, people="5", whom="dicentang")
        assert "Belum ada yang dicentang" in text(shown)

    def test_nobody_else_changes_them(self, as_person, subsidy):
        for who, status in (("vera", 403), ("kartika", 403), ("boni", 404)):
            typed = {"people": "1", "whom": "semua", "confirm": "1"}
            assert self.send(as_person(who), subsidy, **typed).status_code == status


def quota_of(subsidy, area=people.SENDEN):
    with scope.whole_country("tests"):
        return Quota.objects.get(programme=subsidy, area=area).people


class TestWords:
    def test_a_nagari_has_no_apbdes(self, as_person):
        people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
        people.NAMES.setdefault("sari", (people.Role.REGENCY_ADMIN, people.SIJUNJUNG))
        subsidy = making.programme(by="sari", fund_id="apbdes")
        sari = as_person("sari")
        for url in (page(subsidy), page(subsidy, "ubah/"), "/program/"):
            assert "APB Nagari" in text(sari.get(url))
            assert "APBDes" not in text(sari.get(url))

    def test_a_desa_has(self, as_person):
        subsidy = making.programme(fund_id="apbdes")
        assert "APBDes / ADD" in text(as_person("rini").get(page(subsidy)))


class TestWhoSees:
    def test_a_village_sees_what_it_gets_and_its_places(self, as_person):
        subsidy = making.programme(village_quota=7)
        making.submitted(subsidy, 2)
        answer = text(as_person("kartika").get(page(subsidy)))
        assert "Rp42.000.000" in answer
        assert "<b>5</b>" in answer  # of seven
        assert "Sisa pagu" not in answer

    def test_the_dinas_sees_the_progress(self, as_person):
        subsidy = making.submitted(making.programme(), 2).programme
        assert "1 dari 157" in text(as_person("vera").get(page(subsidy)))

    def test_a_neighbouring_regency_gets_404_and_reads_no_name(self, as_person):
        subsidy = making.programme(name="KENARI", village_quota=1)
        boni = as_person("boni")
        for tail in ("", "ubah/", "kuota/"):
            assert boni.get(page(subsidy, tail)).status_code == 404
        for tail in ("buka/", "tutup/", f"kuota/{people.SENDEN}/", "ubah/"):
            assert boni.post(page(subsidy, tail), {"people": "9"}).status_code == 404
        assert "KENARI" not in text(boni.get("/program/"))

    @pytest.mark.parametrize("who", ["kartika", "olan", "vera", "amir", "audi", "bima", "tani"])
    def test_only_the_administrator_may_change(self, as_person, who):
        subsidy = making.programme(village_quota=1)
        client = as_person(who)
        assert client.get(page(subsidy)).status_code == 200
        assert client.get("/program/baru/").status_code == 403
        assert client.post("/program/hitung/", TYPED).status_code == 403
        assert client.get(page(subsidy, "ubah/")).status_code == 403
        for tail in ("buka/", "tutup/"):
            assert client.post(page(subsidy, tail)).status_code == 403
        quota = page(subsidy, f"kuota/{people.SENDEN}/")
        assert client.post(quota, {"people": "9"}).status_code == 403

    def test_get_is_refused_by_addresses_for_post(self, as_person):
        subsidy = making.programme(village_quota=1)
        rini = as_person("rini")
        for tail in ("buka/", "tutup/"):
            assert rini.get(page(subsidy, tail)).status_code == 302
        assert rini.get("/program/hitung/").status_code == 302


def test_the_list_takes_as_many_queries_for_three(as_person):
    counts = []
    rini = as_person("rini")
    for number in range(3):
        making.programme(name=f"Program {number}")
        with CaptureQueriesContext(connection) as queries:
            rini.get("/program/")
        counts.append(len(queries))
    assert counts[0] == counts[2]
