"""A decision takes the whole person: address, family card, places on lists, rows of drafts. It can
be undone until something is built on it, and everybody concerned is told.

Kartika heads Senden, where the people are registered; Bagus heads Bogoran, which claims them. Vera
verifies, Amir approves and Rini administers for Trenggalek; Baureno lies in Bojonegoro.
"""

import pytest
from django.db import InternalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollment.decrees.models import Decree
from enrollment.duplicates import actions
from enrollment.duplicates.models import DuplicateCase
from enrollment.imports.registry import comparing
from enrollment.proposals import actions as proposals
from enrollment.workers import actions as workers
from enrollment.workers import checking
from enrollment.workers.checks.rules import check_person
from enrollment.workers.models import Worker
from tests import people
from tests.bands import asking as bands
from tests.counts import counting
from tests.decrees import drafts
from tests.leavings import stories
from tests.proposals import making
from tests.proposals.asking import text
from tests.proposals.making import YEAR
from tests.proposals.test_departures import held, todos
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

CLAIM = {
    "name": "Pekerja 0", "address": "Dukuh Baru", "hamlet": "Krajan", "rt": "007", "rw": "003",
    "kk": "3503070101209999",
}  # fmt: skip


def claimed(worker, to=people.BOGORAN, **values):
    with scope.whole_country("tests"):
        return DuplicateCase.objects.create(
            regency_id=people.TRENGGALEK, worker=worker, claimed_by_id=to,
            claimed_values=CLAIM | values,
        )  # fmt: skip


def decide(case, decision="move", by="vera"):
    office = people.office(by)
    with scope.enter(office):
        return actions.decide(by=office, case=case, decision=decision, reason="KTP terbaru")


def undo(case, by="vera"):
    office = people.office(by)
    with scope.enter(office):
        return actions.undo(by=office, case=case)


def checked(worker, **values):
    return check_person(checking.typed_of(worker) | values, **checking.basis())


class TestAddressAndCard:
    @pytest.mark.parametrize("to", [people.BOGORAN, people.BAURENO])
    def test_are_those_that_the_winning_village_wrote(self, to):
        worker = people.worker(0)
        decide(claimed(worker, to))
        now = making.fresh(worker)
        assert (now.area_id, now.address, now.hamlet) == (to, "Dukuh Baru", "Krajan")
        assert (now.rt, now.rw, now.kk) == ("007", "003", CLAIM["kk"])
        assert (now.nik, now.mother_name) == (worker.nik, worker.mother_name)

    def test_what_it_did_not_write_is_asked_for_not_taken_from_the_old_village(self):
        worker = people.worker(0)
        decide(claimed(worker, address="", rt="", rw="", hamlet="", kk=""))
        now = making.fresh(worker)
        assert (now.address, now.hamlet, now.rt, now.rw) == ("", "", "", "")
        assert now.kk == worker.kk
        assert set(now.findings) == {"address.missing", "rt.missing", "kk.renewal"}

    def test_the_card_is_marked_until_somebody_has_saved_the_person(self):
        worker = people.worker(0)
        decide(claimed(worker))
        now = making.fresh(worker)
        assert now.findings == ["kk.renewal"]
        assert checking.codes_now(now, checking.basis(), has_twin=False) == ["kk.renewal"]
        bagus = people.office("bagus")
        with scope.enter(bagus):
            workers.change(
                by=bagus, worker=now, checked=checked(now), consent=False,
                version=workers.version_of(now),
            )  # fmt: skip
        assert making.fresh(worker).findings == []

    @pytest.mark.parametrize("decision", ["stay", "other"])
    def test_stay_when_the_person_stays(self, decision):
        worker = people.worker(0)
        decide(claimed(worker), decision)
        now = making.fresh(worker)
        assert (now.area_id, now.address, now.kk) == (people.SENDEN, worker.address, worker.kk)
        assert now.findings == []


class TestLists:
    @pytest.mark.parametrize("made", [making.draft, making.submitted, making.verified])
    def test_the_old_village_keeps_no_place_and_reads_why(self, made):
        proposal = made(making.programme(village_quota=5), 2)
        first = making.entries(proposal)[0]
        used = held(proposal)[1]
        decide(claimed(first.worker))
        now = making.fresh(first)
        assert now.state == "rejected"
        assert now.reason == "Data ganda: sekarang tercatat di wilayah lain. KTP terbaru"
        assert held(proposal) == (0, used - 1 if used else 0)

    def test_an_approval_gives_its_money_back(self):
        proposal = making.approved(making.programme(village_quota=5), 2)
        first = making.entries(proposal)[0]
        decide(claimed(first.worker))
        assert held(proposal) == (YEAR, 1)
        assert making.fresh(first).cost == 0

    def test_the_waiting_number_goes_too(self):
        proposal = making.submitted(making.programme(village_quota=1), 2)
        second = making.entries(proposal)[1]
        decide(claimed(second.worker))
        now = making.fresh(second)
        assert (now.state, now.rank) == ("rejected", None)
        assert held(proposal) == (0, 1)

    def test_every_programme_is_left(self):
        one = making.approved(making.programme(village_quota=5), 1)
        worker = making.entries(one)[0].worker
        kartika = people.office("kartika")
        subsidy = making.programme(name="Lain", village_quota=5, minimum_age=17)
        with scope.enter(kartika):
            other = proposals.start(subsidy, by=kartika)
            proposals.pick(other, Worker.objects.filter(pk=worker.pk), by=kartika)
        decide(claimed(worker))
        assert making.states(one) == making.states(other) == {"rejected": 1}

    def test_the_new_village_proposes_the_person_at_once(self):
        proposal = making.submitted(making.programme(), 1)
        worker = making.entries(proposal)[0].worker
        decide(claimed(worker))
        bagus = people.office("bagus")
        with scope.enter(bagus):
            own = proposals.start(proposal.programme, by=bagus)
            assert proposals.pick(own, Worker.objects.filter(pk=worker.pk), by=bagus) == 1

    def test_an_agency_that_takes_over_within_the_village_changes_no_list(self):
        proposal = making.submitted(making.programme(village_quota=5), 1)
        worker = making.entries(proposal)[0].worker
        tani = people.office("tani")
        with scope.whole_country("tests"):
            case = DuplicateCase.objects.create(
                regency_id=people.TRENGGALEK, worker=worker, claimed_by_id=people.SENDEN,
                claimed_agency=tani.agency, claimed_values=CLAIM,
            )  # fmt: skip
        decide(case)
        assert making.states(proposal) == {"submitted": 1}
        assert making.fresh(worker).agency_id == tani.agency_id
        assert making.fresh(worker).findings == []


class TestDecrees:
    def test_a_draft_loses_the_row_and_its_numbers_stay_without_a_gap(self):
        proposal = making.approved(making.programme(), 4)
        decree = drafts.draft(proposal.programme)
        second = making.entries(proposal)[1]
        case = decide(claimed(second.worker))
        with scope.whole_country("tests"):
            rows = list(decree.entries.order_by("position").values_list("position", "name"))
            now = Decree.objects.get(pk=decree.pk)
        assert rows == [(1, "Pekerja 0"), (2, "Pekerja 2"), (3, "Pekerja 3")]
        assert (now.people, now.total) == (3, 3 * YEAR)
        counting.assert_equal()
        assert case.kept_by == ""
        assert drafts.issue(now).is_issued

    def test_an_issued_decree_keeps_the_person_and_the_decision_says_so(self, as_person):
        proposal = making.approved(making.programme(), 2)
        drafts.issue(drafts.draft(proposal.programme))
        first = making.entries(proposal)[0]
        case = claimed(first.worker)
        given = {"decision": "move", "reason": "KTP terbaru"}
        page = text(as_person("vera").post(f"/data-ganda/{case.public_id}/", given, follow=True))
        assert f"Namanya tetap ada di Keputusan {drafts.WORDS['number']}" in page
        assert making.fresh(first).state == "approved"
        assert held(proposal) == (2 * YEAR, 2)
        assert making.fresh(first.worker).area_id == people.BOGORAN
        with scope.whole_country("tests"):
            assert Decree.objects.get().entries.count() == 2
        decided = text(as_person("vera").get("/data-ganda/?sudah=1"))
        assert f"Namanya tetap ada di Keputusan {drafts.WORDS['number']}" in decided

    def test_while_one_is_being_issued_the_decision_waits(self):
        proposal = making.approved(making.programme(), 2)
        decree = drafts.draft(proposal.programme)
        drafts.begin(decree)
        case = claimed(making.entries(proposal)[0].worker)
        with pytest.raises(Refusal, match="sedang diterbitkan"):
            decide(case)
        drafts.go_on(decree)
        assert making.fresh(decree).is_issued
        assert decide(case).kept_by == drafts.WORDS["number"]


class TestNotTheSame:
    def test_the_claimant_is_told_to_check_the_nik_and_says_that_it_knows(self, as_person):
        case = decide(claimed(people.worker(0, address="Rahasia Lama")), "other")
        bagus = as_person("bagus")
        todo = todos(bagus)["Baca 1 jawaban Dinas tentang data ganda"]
        page = text(bagus.get(todo.url))
        assert "Bukan orang yang sama" in page
        assert "Cocokkan NIK-nya dengan KTP" in page
        assert "KTP terbaru" in page
        assert "Rahasia" not in page and people.nik(0) not in page
        bagus.post(todo.url, {"pick": [str(case.public_id)]})
        assert "Pekerja 0" not in text(bagus.get(todo.url))
        assert "Baca 1 jawaban Dinas tentang data ganda" not in todos(bagus)

    @pytest.mark.parametrize(
        ("decision", "said"), [("stay", "Tetap di tempat lain"), ("move", "Tercatat di sini")]
    )
    def test_the_other_answers_are_told_too(self, as_person, decision, said):
        decide(claimed(people.worker(0)), decision)
        assert said in text(as_person("bagus").get("/data-ganda/jawaban/"))

    def test_nobody_else_is_told_or_can_say_that_it_knows(self, as_person):
        case = decide(claimed(people.worker(0)), "other")
        for name in ("kartika", "tani"):
            client = as_person(name)
            assert "Pekerja 0" not in text(client.get("/data-ganda/jawaban/"))
            client.post("/data-ganda/jawaban/", {"pick": [str(case.public_id)]})
        assert as_person("vera").get("/data-ganda/jawaban/").status_code == 403
        assert "Pekerja 0" in text(as_person("bagus").get("/data-ganda/jawaban/"))

    def test_an_open_case_tells_nothing(self, as_person):
        claimed(people.worker(0))
        assert "Pekerja 0" not in text(as_person("bagus").get("/data-ganda/jawaban/"))

    def test_the_claimant_may_insist_after_checking(self):
        """One NIK is wrong: if it proves to be that of the other village, a new case says so."""
        worker = people.worker(0)
        decide(claimed(worker), "other")
        bagus = people.office("bagus")
        with scope.enter(bagus), pytest.raises(workers.RegisteredElsewhere):
            given = check_person({"nik": worker.nik, "name": "SITI"}, **checking.basis())
            workers.enter(by=bagus, area=bagus.area_id, checked=given)
        with scope.whole_country("tests"):
            assert DuplicateCase.objects.open().count() == 1


class TestTheApprover:
    ENDED = "1 persetujuan berakhir karena data ganda"

    def test_is_told_until_they_say_that_they_know(self, as_person):
        proposal = making.approved(making.programme(), 2)
        amir = as_person("amir")
        decide(claimed(making.entries(proposal)[0].worker))
        todo = todos(amir)[self.ENDED]
        page = text(amir.get(todo.url))
        assert "Pekerja 0" in page and "Keluar dari 1 daftar usulan" in page
        with scope.whole_country("tests"):
            shown = [str(DuplicateCase.objects.get().public_id)]
        amir.post("/data-ganda/sudah-tahu/", {"pick": []})
        assert self.ENDED in todos(amir)
        amir.post("/data-ganda/sudah-tahu/", {"pick": shown})
        assert self.ENDED not in todos(amir)

    def test_is_told_of_an_approval_in_part_too(self, as_person):
        proposal = bands.verified(2)
        making.act("ani", "approve", proposal)
        one, other = making.entries(proposal)
        decide(claimed(one.worker))
        assert self.ENDED in todos(as_person("ani"))
        decide(claimed(other.worker), by="ani")
        assert "2 persetujuan berakhir karena data ganda" not in todos(as_person("ani"))

    def test_is_told_where_the_last_of_several_decides(self, as_person):
        proposal = bands.verified(1)
        making.act("ani", "approve", proposal)
        making.act("amir", "approve", proposal)
        decide(claimed(making.entries(proposal)[0].worker), by="amir")
        assert self.ENDED in todos(as_person("ani"))

    def test_need_not_be_told_of_the_own_decision(self, as_person):
        proposal = making.approved(making.programme(), 1)
        decide(claimed(making.entries(proposal)[0].worker), by="amir")
        assert self.ENDED not in todos(as_person("amir"))

    def test_is_not_told_where_nothing_was_approved(self, as_person):
        proposal = making.verified(making.programme(), 1)
        decide(claimed(making.entries(proposal)[0].worker))
        assert self.ENDED not in todos(as_person("amir"))

    def test_alone_says_that_they_know(self, as_person):
        assert as_person("vera").post("/data-ganda/sudah-tahu/").status_code == 403


class TestUndoing:
    @pytest.mark.parametrize("to", [people.BOGORAN, people.BAURENO])
    def test_brings_the_person_back_as_they_were(self, to):
        worker = people.worker(0, findings=["nik.region_unknown"])
        case = claimed(worker, to)
        decide(case)
        assert undo(case).decision == ""
        now = making.fresh(worker)
        for name in ("area_id", "address", "hamlet", "rt", "rw", "kk", "findings", "agency_id"):
            assert getattr(now, name) == getattr(worker, name), name
        decide(case, "stay")

    def test_an_ended_record_is_ended_again(self):
        worker = people.worker(
            0, ended_on="2025-08-17", ended_reason="died", ended_document="Surat"
        )
        case = claimed(worker)
        decide(case)
        assert making.fresh(worker).ended_on is None
        undo(case)
        now = making.fresh(worker)
        assert (str(now.ended_on), now.ended_reason) == ("2025-08-17", "died")
        assert now.ended_document == "Surat"

    @pytest.mark.parametrize(
        ("made", "state", "used"),
        [
            (making.draft, "draft", 0),
            (making.submitted, "submitted", 1),
            (making.verified, "submitted", 1),
            (making.approved, "submitted", 1),
        ],
    )
    def test_lists_have_the_person_again_to_be_signed_anew(self, made, state, used):
        proposal = made(making.programme(village_quota=5), 1)
        (entry,) = making.entries(proposal)
        case = claimed(entry.worker)
        decide(case)
        undo(case)
        counting.assert_equal()
        now = making.fresh(entry)
        assert (now.state, now.verified_by_id, now.approved_by_id) == (state, None, None)
        assert held(proposal) == (0, used)

    def test_who_was_returned_is_returned_and_who_waited_keeps_the_number(self):
        proposal = making.submitted(making.programme(village_quota=1), 3)
        first, second, _ = making.entries(proposal)
        making.act("vera", "return", proposal, pks=[first.pk], reason="RT keliru")
        for entry in (first, second):
            case = claimed(entry.worker)
            decide(case)
            undo(case)
        assert making.fresh(first).state == "returned"
        assert (making.fresh(second).state, making.fresh(second).rank) == ("waiting", 1)
        assert held(proposal) == (0, 0)

    def test_who_was_returned_reads_why_and_stays_repaired(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        one, other = making.entries(proposal)
        making.act("vera", "return", proposal, reason="RT keliru")
        kartika = people.office("kartika")
        with scope.enter(kartika):
            proposals.mark_repaired(making.fresh(one), by=kartika)
        repaired = making.fresh(one).repaired_at
        for entry in (one, other):
            case = claimed(entry.worker)
            decide(case, by="amir")
            undo(case, by="amir")
        assert (making.fresh(one).reason, making.fresh(one).repaired_at) == ("RT keliru", repaired)
        assert making.fresh(other).repaired_at is None
        page = as_person("kartika").get(reverse("entry_repair", args=[other.public_id]))
        assert "RT keliru" in text(page)

    def test_who_brings_somebody_back_cannot_recall_a_return_that_was_anothers(self):
        proposal = making.submitted(making.programme(), 1)
        (one,) = making.entries(proposal)
        making.act("vera", "return", proposal, pks=[one.pk], reason="RT keliru")
        assert making.act("vera", "recall", proposal, pks=[one.pk]).done == 1
        making.act("vera", "return", proposal, pks=[one.pk], reason="RT keliru")
        case = claimed(one.worker)
        decide(case, by="amir")
        undo(case, by="amir")
        assert making.act("amir", "recall", proposal).done == 0
        assert making.fresh(one).state == "returned"

    def test_of_an_older_case_brings_the_person_back_too(self):
        proposal = making.submitted(making.programme(), 1)
        (entry,) = making.entries(proposal)
        making.act("vera", "return", proposal, reason="RT keliru")
        case = claimed(entry.worker)
        decide(case)
        with scope.whole_country("tests"):
            DuplicateCase.objects.update(lists={str(entry.pk): ["returned", None]})
        undo(case)
        assert making.fresh(entry).state == "returned"

    def test_whose_place_is_taken_meanwhile_waits(self):
        proposal = making.submitted(making.programme(village_quota=1), 2)
        first, second = making.entries(proposal)
        case = claimed(first.worker)
        decide(case)
        making.act("vera", "admit", proposal, pks=[second.pk])
        undo(case)
        assert (making.fresh(first).state, making.fresh(first).rank) == ("waiting", 2)
        assert held(proposal) == (0, 1)

    def test_is_refused_once_the_new_village_has_changed_the_person(self):
        worker = people.worker(0)
        case = claimed(worker)
        decide(case)
        bagus, now = people.office("bagus"), making.fresh(worker)
        with scope.enter(bagus):
            workers.change(
                by=bagus, worker=now, checked=checked(now, address="Jalan Lain"), consent=False,
                version=workers.version_of(now),
            )  # fmt: skip
        with pytest.raises(Refusal, match="sudah diubah"):
            undo(case)
        assert making.fresh(worker).address == "Jalan Lain"
        assert making.fresh(case).decision == "move"

    def test_is_refused_once_the_new_village_proposes_the_person(self):
        worker = people.worker(0)
        case = claimed(worker)
        decide(case)
        subsidy, bagus = making.programme(), people.office("bagus")
        with scope.enter(bagus):
            own = proposals.start(subsidy, by=bagus)
            proposals.pick(own, Worker.objects.filter(pk=worker.pk), by=bagus)
        with pytest.raises(Refusal, match="sudah masuk daftar usulan"):
            undo(case)
        making.act("bagus", "remove", own)
        undo(case)
        assert making.fresh(worker).area_id == people.SENDEN

    def test_is_refused_once_a_decree_has_paid_for_them_in_the_new_village(self, monkeypatch):
        """Also after they have left that programme again."""
        stories.today_is(monkeypatch, stories.MAY)
        subsidy, bagus = making.programme(legal_basis="1"), people.office("bagus")
        worker = making.entries(making.submitted(subsidy, 1))[0].worker
        case = claimed(worker)
        decide(case)
        with scope.enter(bagus):
            own = proposals.start(making.fresh(subsidy), by=bagus)
            proposals.pick(own, Worker.objects.filter(pk=worker.pk), by=bagus)
            proposals.submit(own, by=bagus)
        making.act("vera", "verify", own)
        making.act("amir", "approve", own)
        drafts.issue(drafts.draft(making.fresh(subsidy)))
        stories.left(making.entries(own)[0], by="vera")
        with pytest.raises(Refusal, match="keluar dari program"):
            undo(case)
        assert making.fresh(worker).area_id == people.BOGORAN

    def test_is_refused_once_another_village_claims_the_person(self):
        worker = people.worker(0)
        case = claimed(worker)
        decide(case)
        claimed(worker, people.BAURENO)
        with pytest.raises(Refusal, match="sudah diajukan tempat lain"):
            undo(case)

    @pytest.mark.parametrize("decision", ["stay", "other"])
    def test_of_a_decision_that_moved_nobody_opens_the_case_again(self, decision):
        case = claimed(people.worker(0))
        decide(case, decision)
        now = undo(case)
        assert (now.decision, now.decided_at, now.was_in_id) == ("", None, None)

    def test_of_an_older_decision_is_refused_while_the_same_village_claims_again(self):
        worker = people.worker(0)
        case = claimed(worker)
        decide(case, "other")
        claimed(worker)
        with pytest.raises(Refusal, match="sudah diajukan lagi"):
            undo(case)

    def test_of_an_open_case_is_refused(self):
        with pytest.raises(Refusal, match="belum diputuskan"):
            undo(claimed(people.worker(0)))

    def test_is_for_the_dinas_that_decided(self, as_person):
        case = claimed(people.worker(0))
        decide(case)
        address = f"/data-ganda/{case.public_id}/batal/"
        assert as_person("vino").post(address).status_code == 404
        assert as_person("rini").post(address).status_code == 403
        for name in ("vino", "bagus"):
            office = people.office(name)
            with pytest.raises(InternalError, match="moves nobody back"), scope.enter(office):
                comparing.run("SELECT move_person_back(%(c)s, %(o)s)", c=case.pk, o=office.pk)
        assert making.fresh(case.worker).area_id == people.BOGORAN
        answer = as_person("vera").post(address, follow=True)
        assert "menunggu keputusan lagi" in text(answer)
        assert making.fresh(case.worker).area_id == people.SENDEN


class TestThePage:
    def test_says_beforehand_what_moving_would_end(self, as_person):
        proposal = making.approved(making.programme(), 1)
        drafts.draft(proposal.programme)
        claimed(making.entries(proposal)[0].worker)
        page = text(as_person("vera").get("/data-ganda/"))
        assert "Pekerja rentan 2026: Disetujui, ada di rancangan keputusan" in page

    def test_a_refusal_keeps_the_reason_that_was_typed(self, as_person):
        case = claimed(people.worker(0))
        vera = as_person("vera")
        page = text(
            vera.post(f"/data-ganda/{case.public_id}/", {"decision": "", "reason": "Sudah ditanya"})
        )
        assert "Pilih salah satu" in page and "Sudah ditanya" in page

    def test_the_number_of_queries_does_not_grow_with_the_cases(self, as_person):
        proposal = making.approved(making.programme(), 6)
        drafts.draft(proposal.programme)
        first, *others = making.entries(proposal)
        vera = as_person("vera")

        def queries():
            with CaptureQueriesContext(connection) as seen:
                page = text(vera.get("/data-ganda/"))
            return page.count("Bukan orang yang sama"), len(seen)

        claimed(first.worker)
        queries()  # what is read once
        one = queries()
        for entry in others:
            claimed(entry.worker)
        assert (one[0], queries()) == (1, (6, one[1]))
