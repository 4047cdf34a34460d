"""An issued decree of a village: who sees it, what it says, and what it leaves for the next one."""

from datetime import date

import pytest
from django.urls import reverse

from enrollment.decrees.letters import actions as letters
from enrollment.decrees.letters.words import values_of
from tests import people
from tests.decrees import signing
from tests.decrees.annexes.pdfs import pages, squeezed
from tests.decrees.by_villages import own
from tests.decrees.by_villages.own import ask as rows_of
from tests.decrees.by_villages.test_story import text_of
from tests.decrees.opened import lines, sheet_of
from tests.public.test_looking import ask, words
from villages import scope

pytestmark = pytest.mark.django_db

HANG_ON_IT = ("entry", "step", "file", "issue", "code", "freezing", "annex")
OF_A_DECREE = {
    "decree": "id",
    "annexpdf": "decree_id",
    **{f"decree{table}": "decree_id" for table in HANG_ON_IT},
}
READERS = ("kartika", "rini", "vera", "audi", "bima")
STRANGERS = ("bagus", "karim", "tani", "dewi", "boni")


def rows(name, table, decree):
    column = OF_A_DECREE[table]
    return rows_of(name, f"SELECT count(*) FROM enrollment_{table} WHERE {column} = %s", decree.pk)


class TestReading:
    @pytest.mark.parametrize("table", OF_A_DECREE)
    def test_head_and_regency_read_it_and_nobody_else(self, story, table):
        assert rows("kartika", table, story.decree) > 0
        seen = {name for name in (*READERS, *STRANGERS) if rows(name, table, story.decree)}
        # The Dinas reads the code in the header of the list; the record of codes is the village's.
        assert seen == ({"kartika"} if table == "decreecode" else set(READERS))

    def test_a_budget_is_read_by_the_regency_and_not_by_the_kecamatan(self, story):
        count = "SELECT count(*) FROM enrollment_villagebudget"
        assert [rows_of(name, count) for name in ("kartika", "rini", "bagus", "karim", "boni")] == [
            *(1, 1, 0, 0, 0)
        ]

    def test_a_signatory_of_a_village_too(self, story):
        count = "SELECT count(*) FROM enrollment_signatory WHERE village_id IS NOT NULL"
        assert [rows_of(name, count) for name in ("kartika", "rini", "bagus", "karim", "boni")] == [
            *(1, 1, 0, 0, 0)
        ]


def test_pages_about_its_people_go_on_for_those_who_do_not_see_it(story, as_person):
    """A kecamatan sees people of its villages; by which decree they are paid it is not told."""
    karim = as_person("karim")
    with scope.whole_country("tests"):
        rows = story.decree.entries.select_related("entry__worker")
        entry = rows.earliest("position").entry
    for name, key in (
        ("programme_people", story.subsidy.pk),
        ("proposal_detail", entry.proposal_id),
        ("programme_detail", story.subsidy.pk),
        ("worker_detail", entry.worker.public_id),
    ):
        answer = karim.get(reverse(name, args=[key]))
        assert answer.status_code == 200, name
        assert signing.NUMBER not in answer.content.decode()
    kartika = as_person("kartika")
    shown = kartika.get(reverse("proposal_detail", args=[entry.proposal_id])).content.decode()
    assert "Ditetapkan" in shown


class TestWhatItSays:
    def test_workbook(self, story):
        with story.annexes["full"].file.open("rb") as file:
            written = str(lines(sheet_of(file.read())))
        assert "KEPUTUSAN KEPALA DESA SENDEN" in written
        assert own.HEAD.split(",")[0].upper() in written
        assert "BUPATI" not in written

    def test_pdf_that_went_out(self, story):
        said = squeezed("".join(pages(signing.sent_pdf(story.decree))))
        assert "KEPUTUSANKEPALADESASENDEN" in said
        assert "BUPATI" not in said

    def test_letter(self, story):
        with scope.whole_country("tests"):
            said = str(values_of(story.decree, "ink"))
        assert "Kepala Desa Senden" in said
        assert "Pemerintah Desa Senden mendaftarkan penerima bantuan iuran" in said
        assert "Dinas" not in said, "who registers and pays is the village itself"
        cited = "Peraturan Bupati Trenggalek Nomor 12 Tahun 2024"
        assert "Bupati" not in said.replace(cited, "")
        kartika = people.office("kartika")
        with scope.enter(kartika):
            assert letters.letter(story.decree, by=kartika).file[:2] == b"PK"

    def test_public_page(self, story):
        shown = words(ask(story.decree.header["code"]))
        assert "Keputusan Kepala Desa Senden, Kabupaten Trenggalek" in shown
        assert "Jumlah orang 3" in shown and "Berlaku" in shown

    def test_pages_for_head_and_dinas(self, story, as_person):
        for name in ("kartika", "rini", "vera", "audi", "bima"):
            shown = text_of(as_person(name), "decree_detail", story.decree.pk)
            assert "Kepala desa Senden" in shown, name
            assert "Pekerja 0" in shown and "Pekerja 100" not in shown, name
        assert "Senden" in text_of(as_person("rini"), "decree_list")


def test_a_budget_is_not_lowered_below_what_decrees_cost(story):
    with pytest.raises(own.Refusal, match="memakai lebih"):
        own.budget(story.subsidy, ceiling=own.THREE - 1)
    assert own.budget(story.subsidy, ceiling=own.THREE).ceiling == own.THREE


def test_what_an_issued_decree_costs_counts_for_the_next_one(story):
    own.budget(story.subsidy, ceiling=own.THREE + 16_800)
    own.approved(story.subsidy, 1, first=50)
    decree = own.unnumbered(story.subsidy)
    with pytest.raises(own.Refusal, match=r"Rp604\.800, lebih dari pagu Rp470\.400"):
        signing.begin_to_freeze(decree, "kartika", signatory=story.head)


def test_each_village_has_its_own(story):
    """What Senden spends leaves Bogoran's budget alone."""
    own.budget(story.subsidy, by="bagus", ceiling=2 * 9 * 16_800, document="Perdes Bogoran 1/2026")
    head = own.signatory(by="bagus", name="H. BAGUS")
    decree = own.unnumbered(story.subsidy, by="bagus")
    signing.begin_to_freeze(decree, "bagus", signatory=head)


def test_a_number_is_taken_once_a_village(story):
    kartika = people.office("kartika")
    own.approved(story.subsidy, 1, first=40)
    with scope.enter(kartika), pytest.raises(own.Refusal, match="keputusan Anda yang lain"):
        own.decrees.draft(
            by=kartika, programme=story.subsidy, number=story.decree.number,
            date=date(2026, 3, 18), title="Lagi", legal_basis="Perdes",
        )  # fmt: skip
    bagus = people.office("bagus")
    with scope.enter(bagus):  # another village may have the same number
        made = own.decrees.draft(
            by=bagus, programme=story.subsidy, number=story.decree.number,
            date=date(2026, 3, 18), title="Lagi", legal_basis="Perdes",
        )  # fmt: skip
    assert made.people == 2
