"""Papers are frozen, seal exactly what is handed in, and hold a list back where they miss."""

import json
from datetime import date, time
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from enrollment.proposals import actions as lists
from enrollment.proposals import candidates
from enrollment.proposals.papers import copying, situations
from enrollment.proposals.papers.actions import MissingPaper
from enrollment.proposals.papers.models import Paper, PaperRow, PaperScan
from enrollment.proposals.papers.rules import Asked, Difference, Meeting, Nik
from enrollment.workbooks.storing import files
from enrollment.workers.models import Worker
from tests import people
from tests.leavings import stories
from tests.proposals import making
from tests.proposals.making import YEAR
from tests.proposals.papers import signing
from villages import scope
from villages.models import Area
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
ADD_A_ROW = """
INSERT INTO enrollment_paperrow (paper_id, area_id, entry_id, position, public_id, nik, name,
    address, hamlet, rt, rw, occupation, months, cost, statement)
SELECT paper_id, area_id, entry_id, 99, public_id, nik, name, address, hamlet, rt, rw, occupation,
    months, cost, statement FROM enrollment_paperrow LIMIT 1
"""


@pytest.fixture
def proposal():
    """A list of three people whose programme requires signed papers."""
    subsidy = making.programme()
    signing.ask(subsidy)
    return making.draft(subsidy, 3)


def change(number, **values):
    with scope.whole_country("tests"):
        Worker.objects.filter(nik=people.nik(number)).update(**values)


def situation(proposal, by="kartika"):
    office = people.office(by)
    with scope.enter(office):
        proposal = making.fresh(proposal)
        return situations.situation(proposal, lists.to_hand_in(proposal, by=office), by=office)


class TestMaking:
    def test_papers_copy_who_is_ready_with_number_sum_and_words(self, proposal):
        making.draft(proposal.programme, 1, first=10, findings=["birth_date.missing"])
        meeting = Meeting(on=date(2026, 5, 4), at=time(9), place="Balai", attendance="A\nB")
        paper, new = signing.make(proposal, meeting=meeting)
        assert new and (paper.number, paper.people, paper.total) == (1, 3, 3 * YEAR)
        assert paper.meeting == meeting and paper.name == "Kartika"
        assert paper.about["regency"] == "Kabupaten Trenggalek"
        assert paper.about["district"] == "Kecamatan Kampak"
        assert (paper.about["unit_word"], paper.about["head_word"]) == ("desa", "kepala desa")
        assert [(row.position, row.name, row.cost) for row in signing.rows(paper)] == [
            (number + 1, f"Pekerja {number}", YEAR) for number in range(3)
        ]

    def test_they_promise_only_the_months_that_are_still_paid(self, monkeypatch):
        """A decree of the wave is issued and its months have begun: whoever comes later is paid
        from the next month on, and the papers that are signed say so."""
        stories.today_is(monkeypatch, stories.MAY)
        subsidy = stories.decreed(1).programme
        late = making.draft(subsidy, 2, by="bagus", area=people.BOGORAN, first=40)
        paper, _ = signing.make(late, by="bagus")
        assert {(row.months, row.cost) for row in signing.rows(paper)} == {(7, 7 * stories.MONTH)}
        assert paper.total == 2 * 7 * stories.MONTH
        assert paper.about["months"] == "Juni–Desember 2026"
        assert situation(late, by="bagus").is_current
        stories.today_is(monkeypatch, date(2026, 6, 1))
        (first, *_), people_changed = situation(late, by="bagus").differing
        assert (first.columns, people_changed) == (("months", "cost"), 2)

    def test_where_no_month_is_left_none_are_made(self, monkeypatch):
        stories.today_is(monkeypatch, stories.MAY)
        late = making.draft(
            stories.decreed(1).programme, 1, by="bagus", area=people.BOGORAN, first=40
        )
        stories.today_is(monkeypatch, date(2026, 12, 1))
        with pytest.raises(Refusal, match="tidak menyisakan bulan"):
            signing.make(late, by="bagus")

    def test_on_a_long_list_one_person_with_a_finding_does_not_outdate_them(
        self, proposal, monkeypatch
    ):
        """Who may be handed in is judged alike by the page and by the making of papers."""
        monkeypatch.setattr(candidates, "MOST_EXAMINED", 2)
        change(1, birth_date=date(1930, 1, 1))  # complete, and too old
        paper, _ = signing.make(proposal)
        assert paper.people == 2
        assert situation(proposal).is_current

    def test_the_words_are_those_of_the_place(self):
        people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
        area, kelurahan = _village_of(people.SIJUNJUNG), _kelurahan()
        people.NAMES |= {
            "wali": (people.Role.VILLAGE_HEAD, area),
            "lurah": (people.Role.VILLAGE_HEAD, kelurahan),
        }
        words = {}
        for who, place, admin in (("wali", area, "rani"), ("lurah", kelurahan, "boni_lurah")):
            people.NAMES[admin] = (people.Role.REGENCY_ADMIN, place[:5])
            subsidy = making.programme(by=admin, regency_id=place[:5])
            made, _ = signing.make(making.draft(subsidy, 1, by=who, area=place), by=who)
            words[who] = made.about["unit_word"], made.about["head_word"]
        assert words == {"wali": ("nagari", "wali nagari"), "lurah": ("kelurahan", "lurah")}

    def test_the_seal_is_that_of_the_canonical_rows(self, proposal):
        """Computed here by hand, so that nobody changes the form of a seal by accident."""
        paper, _ = signing.make(proposal)
        lines = [
            {
                "position": row.position, "public_id": str(row.public_id), "nik": row.nik,
                "name": row.name, "birth_date": row.birth_date.isoformat(), "address": row.address,
                "hamlet": row.hamlet, "rt": row.rt, "rw": row.rw, "occupation": row.occupation,
                "months": row.months, "cost": row.cost,
            }
            for row in signing.rows(paper)
        ]  # fmt: skip
        text = "".join(
            json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
            for line in lines
        )
        assert paper.sha256 == sha256(text.encode()).hexdigest()

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            (
                {
                    "workplace": "sawah Krajan", "work": "menanam padi",
                    "work_said_by": "Sunarto, kepala dusun", "work_said_on": date(2026, 3, 2),
                },
                "Masih bekerja di sawah Krajan: menanam padi (dinyatakan oleh Sunarto, kepala "
                "dusun pada 02-03-2026).",
            ),
            (
                {"work_said_on": date(2026, 3, 2)},
                "Masih bekerja (dinyatakan pada 02-03-2026).",
            ),
            ({"work": "menanam padi"}, "Masih bekerja: menanam padi."),
            ({}, ""),
            ({"workplace": "A" * 150, "work": "B" * 200, "work_said_by": "C" * 150,
              "work_said_on": date(2026, 3, 2)},
             f"Masih bekerja di {'A' * 150}: {'B' * 200} (dinyatakan oleh {'C' * 150} pada "
             "02-03-2026)."),
        ],
    )  # fmt: skip
    def test_the_statement_that_a_person_works_is_copied(self, proposal, said, sentence):
        change(1, **said)
        paper, _ = signing.make(proposal)
        assert {row.nik: row.statement for row in signing.rows(paper)}[people.nik(1)] == sentence

    def test_a_second_press_gives_the_same_papers(self, proposal):
        paper, _ = signing.make(proposal)
        assert signing.make(proposal) == (paper, False)
        change(1, address="Jl. Lain")
        again, new = signing.make(proposal)
        assert new and again.number == 2 and again.sha256 != paper.sha256

    def test_nobody_ready_makes_no_papers(self):
        unfit = making.draft(making.programme(), 1, findings=["birth_date.missing"])
        with pytest.raises(Refusal, match="Belum ada yang dapat diajukan"):
            signing.make(unfit)
        change(0, findings=[])
        assert signing.make(unfit)[1]

    def test_only_the_head_makes_them(self, proposal):
        with pytest.raises(PermissionDenied):
            signing.make(proposal, by="olan")
        assert signing.make(proposal)[1]


class TestFrozen:
    def test_papers_stay_as_they_were_when_a_person_changes(self, proposal):
        paper, _ = signing.make(proposal)
        before = [vars(row) | {"_state": None} for row in signing.rows(paper)]
        change(0, name="NAMA BARU", nik=people.nik(77))
        assert [vars(row) | {"_state": None} for row in signing.rows(paper)] == before
        with scope.whole_country("tests"):
            assert copying.seal_of_paper(paper.pk) == paper.sha256

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE enrollment_paper SET total = 0",
            "UPDATE enrollment_paper SET sha256 = ''",
            "DELETE FROM enrollment_paper",
            ADD_A_ROW,
        ],
    )
    def test_the_database_refuses_changes_of_sealed_papers(self, proposal, statement):
        signing.make(proposal)
        refused = pytest.raises(IntegrityError, match=r"(?i)papers")
        with refused, scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute(statement)

    @pytest.mark.parametrize("table", ["paperrow", "paperscan", "paperhandover"])
    def test_rows_scans_and_handovers_are_only_added(self, proposal, table):
        paper, _ = signing.make(proposal)
        signing.scan(paper)
        signing.hand_in(proposal)
        with scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM enrollment_{table}")
            assert cursor.fetchone()[0], "there is something to change"
            for statement in (f"UPDATE enrollment_{table} SET area_id = area_id",
                              f"DELETE FROM enrollment_{table}"):  # fmt: skip
                cursor.execute(statement)
                assert cursor.rowcount == 0


class TestOutOfDate:
    def test_who_changed_came_or_left_is_told(self, proposal):
        signing.make(proposal)
        assert situation(proposal).is_current
        change(0, address="Jl. Lain", rt="009")
        making.draft(proposal.programme, 1, first=10)
        making.act("kartika", "remove", proposal, pks=[making.entries(proposal)[2].pk])
        now = situation(proposal)
        assert now.is_outdated and now.differing.people == 3
        told = {person.name: (person.how, str(person)) for person in now.differing.first}
        assert told == {
            "Pekerja 0": (Difference.CHANGED, "alamat, RT berubah"),
            "Pekerja 10": (Difference.ADDED, "belum ada di naskah"),
            "Pekerja 2": (Difference.GONE, "ada di naskah, tetapi tidak ikut diajukan sekarang"),
        }

    def test_somebody_who_is_not_eligible_any_more_is_gone(self, proposal):
        signing.make(proposal)
        with scope.whole_country("tests"):
            worker = Worker.objects.get(nik=people.nik(1))
        people.cover(worker, date(2026, 1, 1), date(2026, 7, 1))
        now = situation(proposal)
        assert [(person.name, person.how) for person in now.differing.first] == [
            ("Pekerja 1", Difference.GONE)
        ]

    def test_another_price_is_a_change(self, proposal):
        signing.make(proposal)
        with scope.whole_country("tests"):
            proposal.programme.prices = {"": [20_000] * 12}
            proposal.programme.save()
        assert {person.columns for person in situation(proposal).differing.first} == {("cost",)}


class TestHandingIn:
    def test_required_papers_hold_the_list_back_step_by_step(self, proposal):
        with pytest.raises(MissingPaper, match="Buat naskahnya"):
            signing.hand_in(proposal)
        paper, _ = signing.make(proposal)
        with pytest.raises(MissingPaper, match="belum diunggah"):
            signing.hand_in(proposal)
        signing.scan(paper)
        assert signing.hand_in(proposal).submitted == 3
        assert signing.handovers(proposal) == [(paper.pk, 1)]

    @pytest.mark.parametrize("how", ["changed", "added", "gone"])
    def test_signed_papers_of_other_data_do_not_hand_in(self, proposal, how):
        paper, _ = signing.make(proposal)
        signing.scan(paper)
        if how == "changed":
            change(0, name="NAMA LAIN")
        elif how == "added":
            making.draft(proposal.programme, 1, first=10)
        else:
            making.act("kartika", "remove", proposal, pks=[making.entries(proposal)[0].pk])
        with pytest.raises(MissingPaper, match="Data berubah"):
            signing.hand_in(proposal)
        assert set(making.states(proposal)) == {"draft"}
        again, _ = signing.make(proposal)
        signing.scan(again)
        assert signing.hand_in(proposal).submitted

    @pytest.mark.parametrize("asked", [Asked.WARNED, Asked.NO])
    def test_without_requirement_the_list_is_handed_in(self, proposal, asked):
        signing.ask(proposal.programme, asked)
        assert signing.hand_in(proposal).submitted == 3
        assert signing.handovers(proposal) == []

    def test_papers_that_fit_are_kept_with_the_list_even_without_scan(self, proposal):
        signing.ask(proposal.programme, Asked.WARNED)
        paper, _ = signing.make(proposal)
        signing.hand_in(proposal)
        assert signing.handovers(proposal) == [(paper.pk, None)]

    def test_a_second_press_hands_nobody_in_twice(self, proposal):
        paper, _ = signing.make(proposal)
        signing.scan(paper)
        signing.hand_in(proposal)
        with pytest.raises(Refusal, match="Belum ada yang dapat diajukan"):
            signing.hand_in(proposal)
        assert signing.handovers(proposal) == [(paper.pk, 1)]

    @pytest.mark.parametrize("returned_too", [False, True])
    def test_returned_people_need_papers_only_where_the_programme_says_so(
        self, proposal, returned_too
    ):
        signing.ask(proposal.programme, returned_too=returned_too)
        paper, _ = signing.make(proposal)
        signing.scan(paper)
        signing.hand_in(proposal)
        entry = making.entries(proposal)[0]
        making.act("vera", "return", proposal, pks=[entry.pk], reason="Alamatnya kurang")
        change(0, address="Jl. Baru")
        with scope.enter(people.office("kartika")):
            lists.mark_repaired(entry, by=people.office("kartika"))
        if not returned_too:
            with pytest.raises(Refusal, match="tanpa naskah baru"):
                signing.make(proposal)
            assert signing.hand_in(proposal).submitted == 1
            return
        with pytest.raises(MissingPaper):
            signing.hand_in(proposal)
        small, _ = signing.make(proposal)
        assert (small.number, small.people) == (2, 1)
        signing.scan(small)
        signing.hand_in(proposal)
        assert signing.handovers(proposal)[0] == (small.pk, 1)

    def test_an_agency_hands_in_without_papers(self):
        subsidy = making.programme()
        signing.ask(subsidy)
        assert making.submitted(subsidy, 1, by="tani")
        with pytest.raises(MissingPaper):
            making.submitted(subsidy, 1, first=20)


class TestScans:
    def test_files_are_added_and_replaced_and_the_old_ones_stay(self, proposal):
        paper, _ = signing.make(proposal)
        signing.scan(paper, signing.file(signing.JPEG, "1.jpg"))
        signing.scan(paper, signing.file(signing.PNG, "2.png"), signing.file(signing.HEIC, "3"))
        signing.scan(paper, signing.file(signing.PDF, "semua.pdf"), replace=True)
        with scope.whole_country("tests"):
            kept = list(PaperScan.objects.order_by("version", "position"))
            assert [(scan.version, scan.position, scan.kind) for scan in kept] == [
                (1, 1, "jpeg"), (1, 2, "png"), (1, 3, "heic"), (2, 1, "pdf"),
            ]  # fmt: skip
            assert [scan.filename for scan in PaperScan.objects.newest()] == ["semua.pdf"]
        for scan, content in zip(
            kept, (signing.JPEG, signing.PNG, signing.HEIC, signing.PDF), strict=True
        ):
            assert scan.file.read() == content and scan.sha256 == sha256(content).hexdigest()
            assert "semua" not in scan.file.name and scan.file.name.startswith("scans/")

    def test_a_file_sent_twice_is_kept_once(self, proposal):
        paper, _ = signing.make(proposal)
        assert len(signing.scan(paper)) == 1
        assert signing.scan(paper) == []

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "kosong"),
            (b"<html><script>alert(1)</script>", "bukan PDF atau foto"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan PDF atau foto"),
            (b"PK\x03\x04" + b"0" * 900, "bukan PDF atau foto"),
            (signing.PDF[:-8], "terpotong"),
            (signing.PNG[:40], "terpotong"),
            (signing.JPEG[:500], "terpotong"),
        ],
    )
    def test_what_is_no_scan_is_refused_and_nothing_is_kept(self, proposal, content, why):
        paper, _ = signing.make(proposal)
        before = list(files().kept("scans"))
        with pytest.raises(Refusal, match=why) as refused:
            signing.scan(paper, signing.file(), signing.file(content, "naskah.pdf"))
        assert "naskah.pdf" in str(refused.value)
        with scope.whole_country("tests"):
            assert not PaperScan.objects.exists()
        assert list(files().kept("scans")) == before

    def test_a_scan_goes_to_the_newest_papers(self, proposal):
        paper, _ = signing.make(proposal)
        change(0, name="NAMA LAIN")
        signing.make(proposal)
        with pytest.raises(Refusal, match="lebih baru"):
            signing.scan(paper)


def test_whole_niks_are_a_choice_of_the_programme(proposal):
    signing.ask(proposal.programme, niks=Nik.WHOLE)
    paper, _ = signing.make(proposal)
    signing.ask(proposal.programme, niks=Nik.MASKED)
    assert paper.is_whole and not signing.make(proposal)[0].is_whole


def test_a_village_sees_its_own_papers_alone(proposal):
    paper, _ = signing.make(proposal)
    signing.scan(paper)
    for who, seen in (("kartika", 1), ("vera", 1), ("audi", 1), ("bagus", 0), ("tani", 0),
                      ("vino", 0)):  # fmt: skip
        with scope.enter(people.office(who)):
            for model in (Paper, PaperRow, PaperScan):
                assert bool(model.objects.exists()) == bool(seen), (who, model)


def _village_of(regency):
    with scope.whole_country("tests"):
        found = Area.objects.within(regency).villages().filter(kind=Area.Kind.VILLAGE)
        return found.values_list("pk", flat=True)[0]


def _kelurahan():
    with scope.whole_country("tests"):
        found = Area.objects.within(people.BOJONEGORO).filter(kind=Area.Kind.URBAN_VILLAGE)
        return found.values_list("pk", flat=True)[0]
