"""The pages of the decrees: who may open which, and what each shows."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.rules import INPRES
from enrollment.workers.models import Disclosure, Worker
from tests import people
from tests.asked import sure_of
from tests.decrees import drafts
from tests.pages.source import on_one_line
from tests.proposals import making
from tests.workers.test_listing import rows_of
from villages import scope

pytestmark = pytest.mark.django_db

SENDEN, BOGORAN = "SITI SENDEN", "BUDI BOGORAN"


@pytest.fixture
def subsidy():
    subsidy = drafts.programme()
    drafts.approve(
        subsidy, people.worker(1, name=SENDEN), people.worker(2, people.BOGORAN, name=BOGORAN)
    )
    return subsidy


@pytest.fixture
def draft(subsidy):
    return drafts.draft(subsidy)


@pytest.fixture
def issued(draft):
    return drafts.issue(draft)


def url(name, decree):
    return reverse(name, args=[decree.pk])


def searched_for(name, draft, rini, nik):
    """The list shows JOKO and SITI, and finds one by name and both by the digits shown."""
    page = url(name, draft)

    def found(answer):
        return [one for one in ("JOKO", "SITI") if one in answer.text]

    assert found(rini.get(page)) == ["JOKO", "SITI"]
    answer = rini.post(page, {"q": "siti"}, follow=True)
    assert found(answer) == ["SITI"] and answer.redirect_chain[-1][0] == f"{page}?q=siti"
    assert found(rini.post(page, {"q": nik[:6] + "**********"})) == ["JOKO", "SITI"]
    nobody = rini.post(page, {"q": "999999"})
    assert found(nobody) == [] and "Tidak ada yang cocok" in nobody.text
    assert rini.get(f"{page}?q={nik}").url == page


def stored(decree):
    with scope.whole_country("tests"):
        return Decree.objects.filter(pk=decree.pk).first()


FOR_THE_ADMIN = ["decree_change", "decree_refresh", "decree_issue", "decree_discard", "annex_again"]
POST_ONLY = ["decree_refresh", "decree_issue", "decree_discard", "annex_again"]
GET_ONLY = ["annex_progress", "annex_full", "annex_masked"]
LISTS = ["decree_paid", "decree_left_out"]


@pytest.mark.parametrize("name", FOR_THE_ADMIN + GET_ONLY + LISTS)
class TestEveryPageOfADecree:
    def test_a_stranger_learns_nothing(self, name, draft, as_person):
        """Boni administers another regency; the draft exists, so that it could leak."""
        client = as_person("boni")
        answer = (client.post if name in POST_ONLY else client.get)(url(name, draft))
        assert answer.status_code == 404
        assert stored(draft).is_draft

    def test_login_is_required(self, name, draft, client):
        answer = (client.post if name in POST_ONLY else client.get)(url(name, draft))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", FOR_THE_ADMIN)
def test_the_dinas_sees_the_draft_and_may_not_touch_it(name, draft, as_person):
    client = as_person("vera")
    answer = (client.post if name in POST_ONLY else client.get)(url(name, draft))
    assert answer.status_code == 403
    assert stored(draft).is_draft


@pytest.mark.parametrize("name", FOR_THE_ADMIN)
def test_a_village_head_does_not_learn_of_a_draft(name, draft, as_person):
    client = as_person("kartika")
    answer = (client.post if name in POST_ONLY else client.get)(url(name, draft))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", POST_ONLY)
def test_addresses_that_change_something_refuse_get(name, draft, as_person):
    assert as_person("rini").get(url(name, draft)).status_code == 302


@pytest.mark.parametrize("name", GET_ONLY)
def test_pages_that_only_show_refuse_post(name, draft, as_person):
    assert as_person("rini").post(url(name, draft)).status_code == 405


class TestList:
    def test_shows_the_admin_drafts_and_issued(self, subsidy, issued, as_person):
        drafts.approve(subsidy, people.worker(3))
        drafts.draft(subsidy, number="")
        text = as_person("rini").get(reverse("decree_list")).content.decode()
        assert issued.number in text
        assert "Rancangan keputusan" in text
        assert "Rp302.400" in text

    @pytest.mark.parametrize("who", ["kartika", "karim", "bima"])
    def test_shows_the_others_what_is_issued(self, who, subsidy, issued, as_person):
        drafts.approve(subsidy, people.worker(3))
        drafts.draft(subsidy, number="RAHASIA/1")
        text = as_person(who).get(reverse("decree_list")).content.decode()
        assert issued.number in text
        assert "RAHASIA/1" not in text

    def test_shows_strangers_nothing_of_it(self, issued, as_person):
        text = as_person("boni").get(reverse("decree_list")).content.decode()
        assert issued.number not in text
        assert "Belum ada keputusan" in text

    def test_is_not_for_operators(self, as_person):
        assert as_person("olan").get(reverse("decree_list")).status_code == 403

    def test_asks_as_often_for_one_as_for_three(self, subsidy, draft, as_person):
        client = as_person("rini")
        counts = []
        for number in (10, 11):
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("decree_list"))
            counts.append(len(queries))
            for more in range(2):
                drafts.approve(subsidy, people.worker(number * 10 + more))
                drafts.draft(subsidy, number=f"{number}/{more}")
        assert counts[0] == counts[1]


class TestNew:
    def test_one_programme_needs_no_choice(self, subsidy, as_person):
        text = on_one_line(as_person("rini").get(reverse("decree_new")).content.decode())
        assert "2 orang disetujui, Rp302.400" in text
        assert (
            "Peraturan Bupati Trenggalek Nomor 12 Tahun 2024 tanggal 2 Mei 2024 tentang "
            "Pelindungan Pekerja Rentan" in text
        )
        assert "Instruksi Presiden Nomor 2 Tahun 2021" in text

    def test_all_legal_bases_are_proposed_in_their_order(self, subsidy, as_person):
        drafts.basis(subsidy, 3, "se", "842.2/5193/SJ")
        drafts.basis(subsidy, 2, "perda", "6 Tahun 2020")
        form = as_person("rini").get(reverse("decree_new")).context["form"]
        assert form["legal_basis"].value().splitlines() == [
            "Peraturan Bupati Trenggalek Nomor 12 Tahun 2024 tanggal 2 Mei 2024 tentang "
            "Pelindungan Pekerja Rentan",
            "Peraturan Daerah Kabupaten Trenggalek Nomor 6 Tahun 2020",
            "Surat Edaran Nomor 842.2/5193/SJ",
            INPRES,
        ]

    def test_an_inpres_of_the_programme_is_the_only_one(self, subsidy, as_person):
        drafts.basis(subsidy, 2, "inpres", "8 Tahun 2025")
        form = as_person("rini").get(reverse("decree_new")).context["form"]
        proposed = form["legal_basis"].value().splitlines()
        assert proposed[1:] == ["Instruksi Presiden Nomor 8 Tahun 2025"]

    def test_a_decree_is_not_older_than_any_of_its_bases(self, subsidy, as_person):
        drafts.basis(subsidy, 2, "inpres", "8 Tahun 2026", date=date(2026, 3, 20))
        words = {**drafts.WORDS, "date": "2026-03-17", "program": subsidy.pk}
        said = as_person("rini").post(reverse("decree_new"), words).content.decode()
        assert "lebih awal daripada dasar hukumnya, yang bertanggal 20 Maret 2026" in said

    def test_one_of_several_programmes_is_chosen(self, subsidy, as_person):
        other = drafts.programme("Nelayan", rests=False)
        drafts.approve(other, people.worker(5))
        client = as_person("rini")
        choice = client.get(reverse("decree_new")).content.decode()
        assert "Pekerja Rentan 2026" in choice
        assert f"?program={other.pk}" in choice
        form = client.get(reverse("decree_new"), {"program": other.pk}).context["form"]
        assert form["legal_basis"].value() == ""

    def test_makes_a_draft_of_the_approved(self, subsidy, as_person):
        words = {**drafts.WORDS, "date": "2026-03-17", "program": subsidy.pk}
        answer = as_person("rini").post(reverse("decree_new"), words)
        with scope.whole_country("tests"):
            decree = Decree.objects.get()
        assert answer["Location"] == url("decree_detail", decree)
        assert (decree.number, decree.people) == (drafts.WORDS["number"], 2)
        assert decree.date == date(2026, 3, 17)

    def test_a_wrong_date_keeps_the_other_input(self, subsidy, as_person):
        words = {**drafts.WORDS, "date": "kemarin", "program": subsidy.pk}
        answer = as_person("rini").post(reverse("decree_new"), words)
        assert "Tanggal tidak terbaca" in answer.content.decode()
        assert answer.context["form"]["number"].value() == drafts.WORDS["number"]

    @pytest.mark.parametrize("day", ["2020-03-17", "2031-03-17"])
    def test_a_day_that_cannot_be_is_refused_in_words(self, subsidy, as_person, day):
        words = {**drafts.WORDS, "date": day, "program": subsidy.pk}
        answer = as_person("rini").post(reverse("decree_new"), words)
        assert answer.context["form"].errors["date"]
        assert answer.context["form"]["number"].value() == drafts.WORDS["number"]
        with scope.whole_country("tests"):
            assert not Decree.objects.exists()

    def test_a_day_when_months_are_over_is_asked_about_once(self, subsidy, as_person):
        words = {**drafts.WORDS, "date": "2026-06-02", "program": subsidy.pk}
        asked = as_person("rini").post(reverse("decree_new"), words)
        assert "April–Mei 2026 sudah lewat" in asked.content.decode()
        again = as_person("rini").post(reverse("decree_new"), {**words, "sure": sure_of(asked)})
        assert again.status_code == 302

    def test_a_number_already_used_is_reported_at_its_field(self, subsidy, issued, as_person):
        drafts.approve(subsidy, people.worker(3))
        words = {"number": issued.number, "program": subsidy.pk}
        answer = as_person("rini").post(reverse("decree_new"), words)
        assert answer.context["form"].errors["number"]
        with scope.whole_country("tests"):
            assert Decree.objects.count() == 1

    def test_with_nobody_approved_says_so(self, as_person):
        text = as_person("rini").get(reverse("decree_new")).content.decode()
        assert "Belum ada yang dapat ditetapkan" in text

    def test_of_another_regency_is_not_offered(self, subsidy, as_person):
        client = as_person("boni")
        assert "Pekerja Rentan" not in client.get(reverse("decree_new")).content.decode()
        client.post(reverse("decree_new"), {"program": subsidy.pk, "number": "1"})
        with scope.whole_country("tests"):
            assert not Decree.objects.exists()

    @pytest.mark.parametrize("who", ["vera", "amir", "kartika", "audi"])
    def test_only_the_admin(self, who, subsidy, as_person):
        assert as_person(who).get(reverse("decree_new")).status_code == 403


class TestDraft:
    def test_shows_people_masked_and_sums(self, draft, as_person):
        text = as_person("rini").get(url("decree_detail", draft)).content.decode()
        assert SENDEN in text
        assert people.nik(1) not in text
        assert f"{people.nik(1)[:6]}**********" in text
        assert "Kampak" in text
        assert "Ya, terbitkan" in text

    @pytest.mark.parametrize("who", ["rini", "vera", "audi"])
    def test_is_visible_to_offices_that_may_see_drafts(self, who, draft, as_person):
        text = as_person(who).get(url("decree_detail", draft)).content.decode()
        assert BOGORAN in text
        assert ("Terbitkan" in text) == (who == "rini")

    def test_its_people_are_printed_and_taken_along_masked(self, draft, as_person):
        given = rows_of(as_person("rini").get(url("decree_detail", draft), {"unduh": "xlsx"}))
        assert given[-3][:3] == ["Nama", "No.", "NIK"], "and not the sums of the kecamatan"
        assert {row[0].partition(",")[0] for row in given[-2:]} == {SENDEN, BOGORAN}
        assert {row[2] for row in given[-2:]} == {"350307**********"}
        with scope.whole_country("tests"):
            record = Disclosure.objects.get(kind="export")
        assert (record.people, record.subject) == (2, f"decree:{draft.pk}")
        assert "cetak=1" in as_person("rini").get(url("decree_detail", draft)).text

    def test_somebody_is_looked_for_by_name_or_by_the_digits_that_are_shown(
        self, issued, as_person
    ):
        page, rini = url("decree_detail", issued), as_person("rini")
        found = rini.post(page, {"q": "siti"}, follow=True)
        assert found.redirect_chain and [row.name for row in found.context["page"]] == [SENDEN]
        nik = people.nik(1)
        wrong = rini.post(page, {"q": f"{nik[:-1]}{(int(nik[-1]) + 1) % 10}"})
        assert len(wrong.context["page"]) == 2 and "hanya enam angka pertama" in wrong.text
        assert "Tidak ada yang cocok" in rini.post(page, {"q": "357801"}).text
        assert rini.get(page, {"q": nik}).url == page
        of_the_village = as_person("kartika").get(page, {"q": "budi"})
        assert len(of_the_village.context["page"]) == 0

    def test_the_sum_of_a_kecamatan_leads_to_its_people(self, subsidy, as_person):
        drafts.approve(subsidy, people.worker(3, "35.03.01.2001", name="ORANG PANGGUL"))
        rini, shown = as_person("rini"), url("decree_detail", drafts.draft(subsidy))
        page = rini.get(shown)
        assert "?kecamatan=Kampak#h-orang" in page.text
        of_one = rini.get(shown, {"kecamatan": "Kampak"})
        assert {entry.name for entry in of_one.context["page"]} == {SENDEN, BOGORAN}
        assert of_one.context["page"].paginator.count == 2
        given = rows_of(rini.get(shown, {"kecamatan": "Kampak", "unduh": "xlsx"}))
        assert "Kecamatan: Kampak" in str(given[:5])
        assert len(rini.get(shown, {"kecamatan": "x"}).context["page"]) == 3

    def test_says_what_is_missing_with_a_link(self, subsidy, as_person):
        draft = drafts.draft(subsidy, legal_basis="", number="")
        text = as_person("rini").get(url("decree_detail", draft)).content.decode()
        assert "Dasar hukum belum diisi" in text
        assert f"{url('decree_change', draft)}#id_legal_basis" in text
        assert f"{url('decree_change', draft)}#id_number" in text
        assert "Ya, terbitkan" not in text

    def test_warns_of_cover_outside_the_agreement_and_can_be_issued(self, subsidy, as_person):
        warned, draft = "Desember 2026 di luar masa PKS", drafts.draft(subsidy)
        making.paid_by(subsidy, agreement_until=date(2026, 12, 31))
        assert warned not in as_person("rini").get(url("decree_detail", draft)).content.decode()
        making.paid_by(subsidy, agreement_until=date(2026, 11, 30))
        page = as_person("rini").get(url("decree_detail", draft)).content.decode()
        assert warned in page
        assert reverse("payer_change", args=[subsidy.pk]) in page
        assert url("decree_issue", draft) in page

    def test_without_legal_basis_cannot_be_issued(self, subsidy, as_person):
        draft = drafts.draft(subsidy, legal_basis="")
        answer = as_person("rini").post(url("decree_issue", draft), follow=True)
        assert "Dasar hukum belum diisi" in answer.content.decode()
        assert stored(draft).is_draft

    def test_names_those_who_are_paid_already(self, subsidy, as_person):
        paid = people.worker(7, name="JOKO TERBAYAR")
        drafts.approve(subsidy, paid)
        draft = drafts.draft(subsidy)
        people.cover(paid, date(2026, 12, 1), date(2027, 2, 1), paid_by="DBHCHT 2026")
        client = as_person("rini")
        text = client.get(url("decree_detail", draft)).content.decode()
        assert "1 orang dalam daftar sudah dibayar" in text
        assert url("decree_paid", draft) in text
        listed = client.get(url("decree_paid", draft)).content.decode()
        assert "JOKO TERBAYAR" in listed
        assert "DBHCHT 2026" in listed
        assert "Desember 2026 sampai Januari 2027" in listed
        assert paid.nik not in listed

    def test_one_of_those_who_are_paid_is_searched_for(self, subsidy, as_person):
        for number, name in ((7, "JOKO TERBAYAR"), (8, "SITI TERBAYAR")):
            paid = people.worker(number, name=name)
            drafts.approve(subsidy, paid)
            people.cover(paid, date(2026, 12, 1), date(2027, 2, 1))
        searched_for("decree_paid", drafts.draft(subsidy), as_person("rini"), paid.nik)

    def test_asks_as_often_for_one_as_for_three(self, as_person):
        counts = []
        for number, size in enumerate((1, 3), start=1):
            subsidy = drafts.programme(f"Program {number}")
            drafts.approve(subsidy, *(people.worker(10 * number + index) for index in range(size)))
            draft = drafts.draft(subsidy, number=str(number))
            client = as_person("rini")
            with CaptureQueriesContext(connection) as queries:
                client.get(url("decree_detail", draft))
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_is_changed(self, draft, as_person):
        words = {**drafts.WORDS, "date": "18-03-2026", "number": "BARU/1"}
        as_person("rini").post(url("decree_change", draft), words)
        assert (stored(draft).number, stored(draft).date) == ("BARU/1", date(2026, 3, 18))

    def test_is_refreshed(self, subsidy, draft, as_person):
        drafts.approve(subsidy, people.worker(3, name="ORANG BARU"))
        client = as_person("rini")
        assert (
            "1 orang lain sudah disetujui"
            in client.get(url("decree_detail", draft)).content.decode()
        )
        answer = client.post(url("decree_refresh", draft), follow=True)
        assert "ORANG BARU" in answer.content.decode()

    def test_is_discarded(self, draft, as_person):
        answer = as_person("rini").post(url("decree_discard", draft))
        assert answer["Location"] == reverse("decree_list")
        assert stored(draft) is None


class TestIssued:
    def test_by_one_press(self, draft, as_person):
        client = as_person("rini")
        answer = client.post(url("decree_issue", draft), follow=True)
        text = answer.content.decode()
        assert "Sedang diterbitkan" in text and "Menerbitkan keputusan" in text
        assert "Segarkan daftar" not in text and "Lampiran" not in text
        moving = client.get(url("decree_detail", draft), headers={"HX-Request": "true"})
        assert "0 dari 2" in moving.content.decode() and "<h1" not in moving.content.decode()
        drafts.go_on(draft)
        after = client.get(url("decree_detail", draft), headers={"HX-Request": "true"})
        assert after.headers["HX-Refresh"] == "true"
        text = client.get(url("decree_detail", draft)).content.decode()
        assert stored(draft).sha256 in text
        assert "17 Maret 2026" in text
        assert "2 orang ditetapkan" in text

    def test_the_draft_shows_why_issuing_was_refused(self, draft, as_person):
        client = as_person("rini")
        client.post(url("decree_issue", draft))
        with scope.whole_country("tests"):
            Worker.objects.update(name="Nama Baru")
        drafts.go_on(draft)
        text = client.get(url("decree_detail", draft)).content.decode()
        assert "Belum terbit" in text and "Daftar orang berubah sejak disalin" in text
        assert "Segarkan daftar" in text
        client.post(url("decree_refresh", draft))
        assert "Belum terbit" not in client.get(url("decree_detail", draft)).content.decode()

    @pytest.mark.parametrize("name", ["decree_refresh", "decree_discard", "decree_issue"])
    def test_while_it_is_issued_nothing_else_can_be_done_with_it(self, name, draft, as_person):
        client = as_person("rini")
        client.post(url("decree_issue", draft))
        text = client.post(url(name, draft), follow=True).content.decode()
        assert "sedang diterbitkan. Tunggu sebentar" in text
        text = client.get(url("decree_change", draft), follow=True).content.decode()
        assert "sedang diterbitkan. Tunggu sebentar" in text
        assert stored(draft).state == "issuing"

    def test_twice_changes_nothing(self, issued, as_person):
        answer = as_person("rini").post(url("decree_issue", issued), follow=True)
        assert "sudah diterbitkan" in answer.content.decode()

    def test_offers_the_annexes_once_they_are_written(self, issued, as_person):
        client = as_person("rini")
        waiting = client.get(url("decree_detail", issued)).content.decode()
        assert "Lampiran sedang ditulis" in waiting
        assert url("annex_full", issued) not in waiting
        drafts.printed(issued)
        ready = client.get(url("annex_progress", issued)).content.decode()
        assert url("annex_full", issued) in ready
        assert url("annex_masked", issued) in ready
        assert "hx-trigger" not in ready

    @pytest.mark.parametrize(
        ("who", "seen", "hidden"), [("kartika", SENDEN, BOGORAN), ("bagus", BOGORAN, SENDEN)]
    )
    def test_shows_a_village_head_only_their_own_people(self, who, seen, hidden, issued, as_person):
        drafts.printed(issued)
        text = as_person(who).get(url("decree_detail", issued)).content.decode()
        assert seen in text
        assert hidden not in text
        assert url("annex_masked", issued) in text
        assert url("annex_full", issued) not in text

    def test_shows_a_kecamatan_its_own_villages(self, issued, as_person):
        text = as_person("karim").get(url("decree_detail", issued)).content.decode()
        assert SENDEN in text
        assert BOGORAN in text
        assert "Warga Anda" in text

    @pytest.mark.parametrize("who", ["bima", "audi", "vera"])
    def test_shows_offices_of_the_regency_the_whole(self, who, issued, as_person):
        text = as_person(who).get(url("decree_detail", issued)).content.decode()
        assert "Jumlah per kecamatan" in text
        assert "Warga Anda" not in text

    def test_is_not_changed_again(self, issued, as_person):
        answer = as_person("rini").get(url("decree_change", issued), follow=True)
        assert "sudah diterbitkan" in answer.content.decode()

    def test_annexes_that_were_given_up_can_be_asked_for_again(self, issued, as_person):
        with scope.whole_country("tests"):
            DecreeAnnex.objects.update(state="refused", message="Pemrosesan terhenti.")
        client = as_person("rini")
        assert "Siapkan lagi" in client.get(url("decree_detail", issued)).content.decode()
        client.post(url("annex_again", issued))
        with scope.whole_country("tests"):
            assert {annex.state for annex in DecreeAnnex.objects.all()} == {"queued"}


def test_in_sijunjung_nobody_reads_desa(as_person):
    muaro = "13.03.05.2001"
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    people.NAMES.setdefault("sari", (people.Role.REGENCY_ADMIN, people.SIJUNJUNG))
    subsidy = drafts.programme("Nagari", people.SIJUNJUNG)
    drafts.approve(subsidy, people.worker(1, muaro))
    client = as_person("sari")
    pages = [client.get(reverse("decree_new"))]
    draft = drafts.draft(subsidy, by="sari")
    pages += [client.get(url(name, draft)) for name in ("decree_detail", "decree_paid")]
    drafts.issue(draft, by="sari")
    pages += [client.get(url("decree_detail", draft)), client.get(reverse("decree_list"))]
    for page in pages:
        text = page.content.decode().replace("LindungDesa", "")
        assert page.status_code == 200
        assert "desa" not in text.lower()
    assert "Nagari" in pages[-2].content.decode()
