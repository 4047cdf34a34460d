"""One step back for verifier and approver, without the village, until the next office has acted.

Kartika heads Senden and Bagus Bogoran; Vera and Vena verify, Amir approves and Rini administers
for Trenggalek.
"""

import pytest

from enrollment.proposals import actions, bulk, decisions
from enrollment.proposals.models import Entry, LeftOut, Step
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from tests.proposals.asking import acting_on, begun, finish, of, picks, text
from tests.proposals.making import YEAR, act
from tests.proposals.test_departures import held, move, todos
from villages import scope
from villages.models import Role
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

WHY = "Salah orang"


def signatures(entry):
    entry = making.fresh(entry)
    return [entry.submitted_by_id, entry.verified_by_id, entry.approved_by_id]


def act_of(office, verb, proposal, pks):
    """As `making.act`, by an office that has no name in `people.NAMES`."""
    with scope.enter(office):
        rows = Entry.objects.filter(pk__in=pks)
        return decisions.decide(verb, making.fresh(proposal.programme), rows, by=office)


class TestVerification:
    def test_is_taken_back_without_signature_and_keeps_the_place(self):
        proposal = making.verified(making.programme(village_quota=2), 2)
        first = making.entries(proposal)[0]
        assert act("vera", "unverify", proposal, pks=[first.pk]).done == 1
        assert making.states(proposal) == {"submitted": 1, "verified": 1}
        assert signatures(first) == [people.office("kartika").user_id, None, None]
        assert held(proposal) == (0, 2)
        assert act("vera", "verify", proposal).done == 1

    def test_is_not_taken_back_once_it_is_approved(self):
        proposal = making.approved(making.programme(), 1)
        assert act("vera", "unverify", proposal).done == 0
        assert making.states(proposal) == {"approved": 1}

    def test_is_taken_back_by_the_verifier_alone(self):
        proposal = making.verified(making.programme(), 1)
        for name in ("amir", "kartika"):
            assert act(name, "unverify", proposal).done == 0
        assert making.states(proposal) == {"verified": 1}

    def test_the_history_says_so(self, as_person):
        proposal = making.verified(making.programme(), 1)
        vera = as_person("vera")
        given = {"act": "unverify", "pick": picks(proposal)}
        answer = text(vera.post(of(proposal, "tindak/"), given, follow=True))
        assert "1 orang batal diverifikasi." in answer
        page = text(vera.get(f"/usulan/orang/{picks(proposal)[0]}/"))
        assert "Verifikasi dibatalkan" in page


class TestReturn:
    def returned(self, **values):
        proposal = making.submitted(making.programme(**values), 2)
        act("vera", "return", proposal, reason=WHY)
        assert making.states(proposal) == {"returned": 2}
        return proposal

    def test_is_taken_back_and_wins_its_place_again(self):
        proposal = self.returned(village_quota=2)
        assert held(proposal) == (0, 0)
        assert act("vera", "recall", proposal).done == 2
        assert making.states(proposal) == {"submitted": 2}
        assert held(proposal) == (0, 2)
        assert signatures(making.entries(proposal)[0])[0] == people.office("kartika").user_id

    def test_waits_where_its_place_has_gone(self):
        proposal = self.returned(village_quota=2)
        with scope.whole_country("tests"):
            proposal.programme.quotas.filter(area=people.SENDEN).update(people=1)
        assert act("vera", "recall", proposal).queued == 1
        assert making.states(proposal) == {"submitted": 1, "waiting": 1}

    def test_is_not_taken_back_once_the_village_has_touched_it(self):
        proposal = self.returned()
        kartika, first = people.office("kartika"), making.entries(proposal)[0]
        with scope.enter(kartika):
            actions.mark_repaired(first, by=kartika)
        assert act("vera", "recall", proposal, pks=[first.pk]).done == 0
        with scope.enter(kartika):
            actions.submit(making.fresh(proposal), by=kartika)
        act("vera", "return", proposal, reason=WHY, pks=[first.pk])
        assert act("vera", "recall", proposal).done == 2, "the new return is another one"

    def test_is_taken_back_by_who_returned_alone(self):
        proposal = self.returned()
        vena = people.hold("vena", Role.VERIFIER, people.TRENGGALEK)
        pks = [entry.pk for entry in making.entries(proposal)]
        assert act_of(vena, "recall", proposal, pks).done == 0
        for name in ("amir", "kartika"):
            assert act(name, "recall", proposal).done == 0
        assert making.states(proposal) == {"returned": 2}


class TestApproval:
    def test_is_taken_back_with_its_money_and_keeps_the_place(self):
        proposal = making.approved(making.programme(village_quota=2), 2)
        first = making.entries(proposal)[0]
        assert act("amir", "unapprove", proposal, pks=[first.pk]).done == 1
        assert making.states(proposal) == {"verified": 1, "approved": 1}
        assert held(proposal) == (YEAR, 2)
        assert signatures(first)[1:] == [people.office("vera").user_id, None]
        assert making.fresh(first).cost == 0
        assert act("amir", "approve", proposal).done == 1
        assert held(proposal) == (2 * YEAR, 2)

    def test_stays_while_a_draft_or_a_decree_names_the_person(self):
        proposal = making.approved(making.programme(), 1)
        decree = drafts.draft(proposal.programme)
        with pytest.raises(Refusal, match="sudah masuk keputusan"):
            act("amir", "unapprove", proposal)
        drafts.issue(decree)
        with pytest.raises(Refusal, match="sudah masuk keputusan"):
            act("amir", "unapprove", proposal)
        assert making.states(proposal) == {"approved": 1}
        assert held(proposal) == (YEAR, 1)

    def test_four_eyes_hold_after_a_step_back(self):
        """Taken back by both, the list cannot be signed by one person for two steps."""
        proposal = making.approved(making.programme(), 1)
        (entry,) = making.entries(proposal)
        act("amir", "unapprove", proposal)
        act("vera", "unverify", proposal)
        both = people.become("amir", Role.VERIFIER, people.TRENGGALEK)
        assert act_of(both, "verify", proposal, [entry.pk]).done == 1
        with pytest.raises(Refusal, match="Persetujuan harus oleh orang lain"):
            act("amir", "approve", proposal)
        assert making.states(proposal) == {"verified": 1}

    def test_many_are_taken_back_as_a_job_that_leaves_out_the_drafted(self, as_person):
        proposal = making.approved(making.programme(), 2)
        drafts.draft(proposal.programme)
        more = making.approved(proposal.programme, 3, by="bagus", first=40, area=people.BOGORAN)
        given = {"act": "unapprove", "all": "1", "status": "approved"}
        as_person("amir").post(acting_on(proposal), given)
        finish()
        assert (making.states(proposal), making.states(more)) == ({"approved": 2}, {"verified": 3})
        assert (begun().decided, begun().left) == (3, 2)
        with scope.whole_country("tests"):
            assert LeftOut.objects.filter(codes=["entry.decreed"]).count() == 2
        assert making.fresh(proposal.programme).committed == 2 * YEAR


class TestRejection:
    def rejected(self, by="vera", quota=2, number=2, to="submitted"):
        made = {"submitted": making.submitted, "verified": making.verified}[to]
        proposal = made(making.programme(village_quota=quota), number)
        first = making.entries(proposal)[0]
        act(by, "reject", proposal, pks=[first.pk], reason=WHY)
        return proposal, making.fresh(first)

    @pytest.mark.parametrize(("by", "to"), [("vera", "submitted"), ("amir", "verified")])
    def test_is_reopened_by_who_rejected_and_wins_a_place_again(self, by, to):
        proposal, entry = self.rejected(by, to=to)
        assert held(proposal) == (0, 1)
        assert act(by, "reopen", proposal) == decisions.Decision(done=1, rows=(entry.pk,))
        now = making.fresh(entry)
        assert (now.state, now.reason, now.rank) == ("submitted", "", None)
        assert signatures(entry) == [people.office("kartika").user_id, None, None]
        assert held(proposal) == (0, 2)

    def test_goes_to_the_waiting_list_when_the_quota_is_full(self, as_person):
        proposal, entry = self.rejected(number=3)
        act("vera", "admit", proposal)
        assert held(proposal) == (0, 2)
        given = {"act": "reopen", "pick": [str(entry.public_id)]}
        answer = as_person("vera").post(of(proposal, "tindak/"), given, follow=True)
        assert "1 di antaranya masuk daftar tunggu" in text(answer)
        now = making.fresh(entry)
        assert (now.state, now.rank) == ("waiting", 2)
        assert held(proposal) == (0, 2)

    def test_who_waited_when_rejected_waits_again_and_passes_nobody(self):
        proposal = making.submitted(making.programme(village_quota=1), 3)
        first, second, _ = making.entries(proposal)
        act("vera", "reject", proposal, pks=[second.pk], reason=WHY)
        act("vera", "reject", proposal, pks=[first.pk], reason=WHY)
        assert held(proposal) == (0, 0)
        assert act("vera", "reopen", proposal, pks=[second.pk]).queued == 1
        assert (making.fresh(second).state, making.fresh(second).rank) == ("waiting", 3)

    def test_is_not_reopened_by_anybody_else(self, as_person):
        proposal, entry = self.rejected()
        other = people.hold("vena", Role.VERIFIER, people.TRENGGALEK)
        assert act_of(other, "reopen", proposal, [entry.pk]).done == 0
        for name in ("amir", "kartika"):
            assert act(name, "reopen", proposal).done == 0
            page = text(as_person(name).get(f"/usulan/orang/{entry.public_id}/"))
            assert "Buka kembali" not in page
        assert "Buka kembali" in text(as_person("vera").get(f"/usulan/orang/{entry.public_id}/"))

    def test_what_the_village_withdrew_is_not_reopened(self):
        proposal = making.submitted(making.programme(village_quota=1), 2)
        act("kartika", "withdraw", proposal, reason="Tidak jadi")
        assert making.states(proposal) == {"submitted": 1, "rejected": 1}
        assert act("vera", "reopen", proposal).done == 0

    def test_who_was_proposed_again_is_not_reopened(self):
        proposal, entry = self.rejected()
        kartika = people.office("kartika")
        with scope.enter(kartika):
            assert actions.pick(proposal, Worker.objects.filter(pk=entry.worker_id), by=kartika)
        assert act("vera", "reopen", proposal).done == 0
        assert making.states(proposal) == {"submitted": 1, "rejected": 1, "draft": 1}

    def test_who_no_longer_qualifies_stays_rejected(self):
        proposal, entry = self.rejected()
        with scope.whole_country("tests"):
            Worker.objects.filter(pk=entry.worker_id).update(findings=["rt.missing"])
        decided = act("vera", "reopen", proposal)
        assert (decided.done, decided.left) == (0, 1)

    def test_many_are_reopened_as_a_job_each_with_a_place_or_a_number(self, as_person):
        proposal = making.submitted(making.programme(village_quota=5), 5)
        act("vera", "reject", proposal, reason=WHY)
        with scope.whole_country("tests"):
            proposal.programme.quotas.filter(area=people.SENDEN).update(people=3)
        given = {"act": "reopen", "all": "1", "status": "rejected"}
        as_person("vera").post(of(proposal, "tindak/"), given)
        finish()
        assert making.states(proposal) == {"submitted": 3, "waiting": 2}
        assert held(proposal) == (0, 3)
        with scope.whole_country("tests"):
            ranks = (
                Entry.objects.in_state("waiting").order_by("rank").values_list("rank", flat=True)
            )
            assert list(ranks) == [1, 2]
            assert Step.objects.filter(from_state="rejected").count() == 5


class TestTheWaitingList:
    @pytest.fixture
    def waiting(self):
        """One place is free; Pekerja 2, 3 and 4 wait for it, in this order."""
        proposal = making.submitted(making.programme(village_quota=2), 5)
        first = making.entries(proposal)[0]
        act("vera", "return", proposal, pks=[first.pk], reason=WHY)
        return proposal, making.entries(proposal)[2:]

    def test_the_home_page_names_the_free_place_and_who_is_next(self, waiting, as_person):
        vera = as_person("vera")
        todo = todos(vera)["3 orang menunggu, 1 dapat diambil"]
        home = text(vera.get("/"))
        assert "1 tempat kosong, berikutnya Pekerja 2 (nomor 1)" in home
        listed = text(vera.get(todo.url))
        assert "Pekerja 2" in listed and "Pekerja 1<" not in listed

    def test_a_full_village_is_not_named(self, as_person):
        making.submitted(making.programme(village_quota=2), 5)
        assert not [title for title in todos(as_person("vera")) if "menunggu, " in title]

    def test_the_next_in_turn_is_taken_at_once(self, waiting):
        proposal, (second, *_) = waiting
        assert act("vera", "admit", proposal, pks=[second.pk]).done == 1

    def test_who_was_taken_by_mistake_waits_again_with_the_same_number(self, waiting, as_person):
        proposal, (second, third, last) = waiting
        numbers = [making.fresh(entry).rank for entry in (second, third, last)]
        act("vera", "admit", proposal, pks=[third.pk], out_of_turn=True)
        assert making.states(proposal)["submitted"] == 2 and held(proposal) == (0, 2)
        listed = text(as_person("vera").get(of(proposal)))
        assert "Nomor tunggu" not in listed
        given = {"act": "unadmit", "pick": [str(third.public_id)], "status": "submitted"}
        answer = text(as_person("vera").post(of(proposal, "tindak/"), given, follow=True))
        assert "1 orang kembali ke daftar tunggu." in answer
        assert making.states(proposal) == {"returned": 1, "submitted": 1, "waiting": 3}
        assert [making.fresh(entry).rank for entry in (second, third, last)] == numbers
        assert held(proposal) == (0, 1)
        page = text(as_person("vera").get(f"/usulan/orang/{third.public_id}/"))
        assert "Kembali ke daftar tunggu" in page and "Diambil dari daftar tunggu" in page
        assert act("vera", "admit", proposal, pks=[second.pk]).done == 1

    def test_only_who_was_taken_from_the_waiting_list_goes_back_there(self, waiting, as_person):
        proposal, (second, *_) = waiting
        (other,) = [one for one in making.entries(proposal) if one.state == "submitted"]
        assert act("vera", "unadmit", proposal, pks=[other.pk]).done == 0
        assert "Batalkan pengambilan" not in text(as_person("vera").get(of(proposal)))
        act("vera", "admit", proposal, pks=[second.pk])
        assert "Batalkan pengambilan" in text(as_person("vera").get(of(proposal)))
        vena = people.hold("vena", Role.VERIFIER, people.TRENGGALEK)
        assert act_of(vena, "unadmit", proposal, [second.pk]).done == 0
        act("vera", "verify", proposal, pks=[second.pk])
        assert act("vera", "unadmit", proposal, pks=[second.pk]).done == 0
        act("vera", "unverify", proposal, pks=[second.pk])
        assert act("vera", "unadmit", proposal, pks=[second.pk]).done == 0, "not the last step"
        assert making.fresh(second).rank is None

    def test_out_of_turn_asks_and_says_who_is_passed_over(self, waiting, as_person):
        proposal, (_, _, last) = waiting
        vera = as_person("vera")
        given = {"act": "admit", "pick": [str(last.public_id)], "status": "waiting"}
        page = text(vera.post(of(proposal, "tindak/"), given))
        assert "Ambil di luar urutan?" in page
        assert "2 orang menunggu lebih dahulu" in page
        assert "nomor tunggu 1: <b>Pekerja 2</b>" in page
        assert "nomor tunggu 2: <b>Pekerja 3</b>" in page
        assert f'href="{of(proposal)}?status=waiting"' in page
        assert making.fresh(last).state == "waiting"
        vera.post(of(proposal, "tindak/"), given | {"out_of_turn": "1"})
        assert making.fresh(last).state == "submitted"

    def test_whoever_is_gone_is_not_passed_over(self, waiting):
        proposal, (second, third, last) = waiting
        move(second, people.BOGORAN)
        move(third, people.BAURENO)
        assert act("vera", "admit", proposal, pks=[last.pk]).done == 1

    def test_another_village_is_not_passed_over(self, waiting):
        proposal, _ = waiting
        other = making.submitted(proposal.programme, 3, by="bagus", first=40, area=people.BOGORAN)
        act("vera", "return", other, pks=[making.entries(other)[0].pk], reason=WHY)
        (theirs,) = [row for row in making.entries(other) if row.state == "waiting"]
        assert act("vera", "admit", other, pks=[theirs.pk]).done == 1

    def test_a_job_asks_too_and_everybody_passes_nobody(self, waiting, as_person):
        proposal, _ = waiting
        with scope.whole_country("tests"):
            proposal.programme.quotas.filter(area=people.SENDEN).update(people=9)
        vera = as_person("vera")
        some = {"act": "admit", "all": "1", "status": "waiting", "q": "Pekerja 4"}
        assert "Ambil di luar urutan?" in text(vera.post(of(proposal, "tindak/"), some))
        assert not bulk.BulkDecision.objects.exists()
        vera.post(of(proposal, "tindak/"), some | {"q": ""})
        finish()
        assert making.states(proposal) == {"returned": 1, "submitted": 4}
