"""As many people approve as the regency's bands ask for the ceiling of the wave."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from enrollment.bands import actions
from enrollment.bands.rules import SUGGESTED, Span, spans
from enrollment.proposals import actions as lists
from enrollment.proposals import bulk, decisions
from enrollment.proposals.models import Cosignature, Entry, LeftOut, Step
from tests import people
from tests.bands.asking import bands, signers, verified
from tests.proposals import making
from tests.proposals.making import YEAR
from villages import scope
from villages.models import Office, Role
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def act(name, verb, proposal, **values):
    return making.act(name, verb, proposal, **values)


def second_office(name):
    """A new approver's office of somebody who had one until yesterday."""
    user = people.office(name).user
    people.leave(name)
    with scope.whole_country("tests"):
        return Office.objects.create(
            user=user, role=Role.APPROVER, area_id=people.TRENGGALEK, starts_on=timezone.localdate()
        )


def committed(proposal):
    return making.fresh(proposal.programme).committed


class TestHowMany:
    @pytest.mark.parametrize(
        ("ceiling", "approvers"),
        [
            (1, 1),
            (99_999_999, 1),
            (100_000_000, 2),
            (999_999_999, 2),
            (1_000_000_000, 2),
            (1_000_000_001, 3),
            (5_000_000_000, 3),
        ],
    )
    def test_the_usual_scale(self, ceiling, approvers):
        """Below 100 million one, up to a thousand million two, above it three."""
        rini = people.office("rini")
        subsidy = making.programme(ceiling=ceiling)
        with scope.enter(rini):
            assert actions.needed(subsidy.pk) == 1
            actions.take_suggestion(by=rini)
            assert actions.needed(subsidy.pk) == approvers

    def test_without_bands_one_is_enough(self):
        proposal = making.approved(making.programme(ceiling=5_000_000_000), 1)
        assert making.states(proposal) == {"approved": 1}

    def test_bands_of_another_regency_do_not_count(self):
        people.office("boni")
        bands((0, 3), regency=people.BOJONEGORO)
        proposal = making.approved(making.programme(), 1)
        assert making.states(proposal) == {"approved": 1}

    def test_it_is_told_the_same_in_every_scope(self):
        subsidy = verified().programme
        for name in ("kartika", "karim", "dewi", "tani", "amir"):
            with scope.enter(people.office(name)):
                assert actions.needed(subsidy.pk) == 2

    def test_the_scale_in_words_has_no_gap(self):
        assert spans(SUGGESTED) == [
            Span(0, 99_999_999, 1),
            Span(100_000_000, 1_000_000_000, 2),
            Span(1_000_000_001, None, 3),
        ]
        assert spans([]) == [Span(0, None, 1)]
        assert spans([(0, 2)]) == [Span(0, None, 2)]

    def test_the_suggestion_overwrites_nothing(self):
        bands((7, 2))
        rini = people.office("rini")
        with scope.enter(rini), pytest.raises(Refusal, match="Sudah ada jenjang"):
            actions.take_suggestion(by=rini)

    def test_it_says_how_many_approvers_are_missing(self):
        people.office("amir")
        bands((0, 3))
        rini = people.office("rini")
        with scope.enter(rini):
            assert actions.approvers_missing(rini) == 2
        people.office("ani"), people.office("anto")
        with scope.enter(rini):
            assert actions.approvers_missing(rini) == 0


class TestApproving:
    def test_the_last_of_two_signatures_approves_and_takes_the_money(self):
        proposal = verified()
        done = act("amir", "approve", proposal)
        assert (done.done, done.partly) == (2, 2)
        assert making.states(proposal) == {"cosigned": 2} and committed(proposal) == 0
        assert signers(proposal) == [["amir"]] * 2
        done = act("ani", "approve", proposal)
        assert (done.done, done.partly) == (2, 0)
        assert making.states(proposal) == {"approved": 2} and committed(proposal) == 2 * YEAR
        assert {row.approved_by.username for row in making.entries(proposal)} == {"ani"}
        assert signers(proposal) == [["amir"]] * 2

    def test_three(self):
        proposal = verified(1, approvers=3)
        for name in ("amir", "ani"):
            act(name, "approve", proposal)
            assert making.states(proposal) == {"cosigned": 1} and committed(proposal) == 0
        act("anto", "approve", proposal)
        assert making.states(proposal) == {"approved": 1} and committed(proposal) == YEAR
        with scope.whole_country("tests"):
            steps = Step.objects.filter(role="penyetuju").order_by("pk")
            assert list(steps.values_list("from_state", "to_state")) == [
                ("verified", "cosigned"), ("cosigned", "cosigned"), ("cosigned", "approved"),
            ]  # fmt: skip

    def test_one_choice_may_finish_some_and_begin_others(self):
        proposal = verified(3, people_paid=1)
        first, *_ = making.entries(proposal)
        act("amir", "approve", proposal, pks=[first.pk])
        done = act("ani", "approve", proposal)
        assert (done.done, done.partly) == (3, 2)
        assert making.states(proposal) == {"approved": 1, "cosigned": 2}
        assert committed(proposal) == YEAR

    def test_a_place_is_kept_and_the_first_signature_needs_no_money(self):
        proposal = verified(2, people_paid=1)
        act("amir", "approve", proposal)
        with pytest.raises(Refusal, match="cukup untuk 1 orang"):
            act("ani", "approve", proposal)
        assert making.states(proposal) == {"cosigned": 2} and committed(proposal) == 0
        with scope.whole_country("tests"):
            assert proposal.programme.quotas.get(area=people.SENDEN).used == 2

    def test_nobody_signs_twice(self):
        proposal = verified(1, approvers=3)
        act("amir", "approve", proposal)
        with pytest.raises(Refusal, match="sudah Anda setujui"):
            act("amir", "approve", proposal)
        assert signers(proposal) == [["amir"]]

    def test_nobody_gives_the_last_signature_too(self):
        proposal = verified(1)
        act("amir", "approve", proposal)
        with pytest.raises(Refusal, match="sudah Anda setujui"):
            act("amir", "approve", proposal)
        assert making.states(proposal) == {"cosigned": 1}

    def test_nor_from_a_second_office(self):
        proposal = verified(1)
        act("amir", "approve", proposal)
        other = second_office("amir")
        with scope.enter(other), pytest.raises(Refusal, match="sudah Anda setujui"):
            rows = Entry.objects.filter(proposal=proposal)
            decisions.decide("approve", making.fresh(proposal.programme), rows, by=other)
        assert making.states(proposal) == {"cosigned": 1}

    def test_who_verified_may_not_be_one_of_them(self, monkeypatch):
        monkeypatch.setattr(people, "NAMES", dict(people.NAMES))
        proposal = verified(1)
        people.become("vera", Role.APPROVER, people.TRENGGALEK)
        people.NAMES["vera"] = (Role.APPROVER, people.TRENGGALEK)
        with pytest.raises(Refusal, match="atau verifikasi"):
            act("vera", "approve", proposal)
        assert act("amir", "approve", proposal).partly == 1

    def test_who_proposed_may_not_be_one_of_them(self, monkeypatch):
        monkeypatch.setattr(people, "NAMES", dict(people.NAMES))
        bands((0, 2))
        proposal = making.draft(making.programme(), 1, by="olan")
        kartika = people.office("kartika")
        with scope.enter(kartika):
            lists.submit(proposal, by=kartika)
        act("vera", "verify", proposal)
        people.become("olan", Role.APPROVER, people.TRENGGALEK)
        people.NAMES["olan"] = (Role.APPROVER, people.TRENGGALEK)
        with pytest.raises(Refusal, match="dahulu Anda usulkan"):
            act("olan", "approve", proposal)


class TestTakingBack:
    @pytest.mark.parametrize(
        ("verb", "to"),
        [("unsign", "verified"), ("return", "returned"), ("reject", "rejected")],
    )
    def test_out_of_the_middle(self, verb, to):
        proposal = verified(1)
        act("amir", "approve", proposal)
        assert signers(proposal) == [["amir"]]
        assert act("amir", verb, proposal, reason="Uji").done == 1
        assert making.states(proposal) == {to: 1} and signers(proposal) == [[]]

    @pytest.mark.parametrize(
        ("verb", "to"),
        [("unapprove", "verified"), ("return", "returned"), ("reject", "rejected")],
    )
    def test_after_the_last_signature(self, verb, to):
        proposal = verified(1)
        act("amir", "approve", proposal)
        act("ani", "approve", proposal)
        assert act("anto", verb, proposal, reason="Uji").done == 1
        assert making.states(proposal) == {to: 1} and signers(proposal) == [[]]
        assert committed(proposal) == 0

    def test_only_who_signed_takes_a_signature_back_and_the_others_go_with_it(self):
        proposal = verified(1, approvers=3)
        act("amir", "approve", proposal)
        assert act("ani", "unsign", proposal).done == 0
        act("ani", "approve", proposal)
        assert act("amir", "unsign", proposal).done == 1  # also after another one has signed
        assert making.states(proposal) == {"verified": 1} and signers(proposal) == [[]]
        act("amir", "approve", proposal)
        assert signers(proposal) == [["amir"]]


class TestBandsThatChange:
    def test_more_are_asked_for_before_the_last_signature(self):
        proposal = verified(1)
        act("amir", "approve", proposal)
        bands((0, 3))
        assert act("ani", "approve", proposal).partly == 1
        act("anto", "approve", proposal)
        assert making.states(proposal) == {"approved": 1}

    def test_fewer_are_asked_for(self):
        proposal = verified(1, approvers=3)
        act("amir", "approve", proposal)
        act("ani", "approve", proposal)
        bands()
        assert making.states(proposal) == {"cosigned": 1}
        act("anto", "approve", proposal)
        assert making.states(proposal) == {"approved": 1} and committed(proposal) == YEAR

    def test_who_is_approved_stays_so(self):
        proposal = making.approved(making.programme(), 1)
        bands((0, 3))
        assert making.states(proposal) == {"approved": 1}

    def test_they_change_between_the_decision_and_the_database(self, monkeypatch):
        """As if the admin had saved them just then."""
        proposal = verified(1)
        monkeypatch.setattr(actions, "needed", lambda _: 1)
        with pytest.raises(Refusal, match="baru saja berubah"):
            act("amir", "approve", proposal)
        assert making.states(proposal) == {"verified": 1} and committed(proposal) == 0

    def test_a_higher_ceiling_asks_for_more(self):
        bands((100 * YEAR, 2))
        proposal = making.verified(making.programme(people_paid=99), 2)
        first, second = making.entries(proposal)
        act("amir", "approve", proposal, pks=[first.pk])
        with scope.whole_country("tests"):
            type(proposal.programme).objects.update(ceiling=100 * YEAR)
        assert act("amir", "approve", proposal, pks=[second.pk]).partly == 1
        assert making.states(proposal) == {"approved": 1, "cosigned": 1}


class TestTheDatabase:
    def refuses(self, constraint, change):
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError) as broken,
            transaction.atomic(),
        ):
            change()
        assert broken.value.__cause__.diag.constraint_name == constraint

    def rows(self, proposal):
        return Entry.objects.filter(proposal=proposal)

    def sign(self, proposal, name, office=None):
        by = people.office(name)
        (entry,) = making.entries(proposal)
        return lambda: entry.cosignatures.create(
            area_id=entry.area_id, user=by.user, office=office or by, name=name
        )

    def test_refuses_an_approval_with_too_few_signatures(self):
        proposal, amir = verified(2), people.office("amir").user
        self.refuses(
            "entry_approved_by_enough",
            lambda: self.rows(proposal).update(state="approved", approved_by=amir),
        )
        bands()  # and it is the bands that it asks
        with scope.whole_country("tests"):
            assert self.rows(proposal).update(state="approved", approved_by=amir) == 2

    def test_refuses_it_for_a_whole_statement_if_one_lacks_one(self):
        proposal, ani = verified(2), people.office("ani").user
        act("amir", "approve", proposal, pks=[making.entries(proposal)[0].pk])
        self.refuses(
            "entry_approved_by_enough",
            lambda: self.rows(proposal).update(state="approved", approved_by=ani),
        )

    def test_refuses_a_row_that_begins_approved(self):
        proposal, amir = verified(1), people.office("amir").user
        (entry,) = making.entries(proposal)
        entry.pk, entry.state, entry.approved_by = None, "approved", amir
        entry.worker, entry.public_id = people.worker(77), "0" * 32
        self.refuses("entry_approved_by_enough", lambda: entry.save(force_insert=True))

    def test_refuses_the_last_signature_of_somebody_who_has_signed(self):
        proposal, amir = verified(1), people.office("amir").user
        act("amir", "approve", proposal)
        self.refuses(
            "cosignature_once_a_person",
            lambda: self.rows(proposal).update(state="approved", approved_by=amir),
        )

    def test_refuses_a_state_without_its_signature(self):
        proposal = verified(1)
        self.refuses(
            "entry_cosigned_is_signed", lambda: self.rows(proposal).update(state="cosigned")
        )

    def test_refuses_a_second_signature_also_from_another_office(self):
        proposal = verified(1, approvers=3)
        act("amir", "approve", proposal)
        self.refuses("cosignature_once_a_person", self.sign(proposal, "amir"))
        other = second_office("amir")
        self.refuses("cosignature_once_a_person", self.sign(proposal, "amir", office=other))

    def test_refuses_signatures_of_others_than_approvers(self):
        proposal = verified(1)
        self.refuses("cosignature_of_an_approver", self.sign(proposal, "rini"))
        ani = people.office("ani")
        self.refuses("cosignature_of_an_approver", self.sign(proposal, "amir", office=ani))

    def test_refuses_a_signature_kept_for_later(self):
        proposal = making.submitted(making.programme(), 1)
        self.refuses("cosignature_of_an_approver", self.sign(proposal, "amir"))

    def test_refuses_the_maker_and_the_verifier(self):
        proposal = verified(1)
        for name in ("vera", "kartika"):
            office = second_office(name)
            self.refuses("cosigner_is_not_maker", self.sign(proposal, name, office=office))

    def test_refuses_a_verifier_who_has_signed(self):
        proposal, amir = verified(1, approvers=3), people.office("amir").user
        act("amir", "approve", proposal)
        self.refuses("cosigner_is_not_maker", lambda: self.rows(proposal).update(verified_by=amir))

    @pytest.mark.parametrize("signed", [["amir"], ["amir", "ani"]])
    def test_keeps_a_signature_while_the_approval_stands(self, signed):
        proposal = verified(1)
        for name in signed:
            act(name, "approve", proposal)
        self.refuses("cosignature_stays", Cosignature.objects.all().delete)
        with scope.whole_country("tests"):
            assert Cosignature.objects.update(name="Lain") == 0

    def test_removes_them_with_the_approval_whatever_takes_it_away(self):
        proposal = verified(1)
        act("amir", "approve", proposal)
        with scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE enrollment_entry SET state = 'rejected', reason = 'x' WHERE proposal_id=%s",
                [proposal.pk],
            )
        assert signers(proposal) == [[]]


class TestInBulk:
    def test_a_job_signs_and_the_next_one_finishes(self, monkeypatch):
        monkeypatch.setattr(bulk, "BATCH", 2)
        proposal = verified(5, people_paid=5)
        for name, state, money in [("amir", "cosigned", 0), ("ani", "approved", 5 * YEAR)]:
            job = making.begin(people.office(name), "approve", proposal.programme)
            bulk.proceed(job.pk)
            job = making.fresh(job)
            assert (job.state, job.decided, job.left, job.funded) == ("done", 5, 0, 0)
            assert making.states(proposal) == {state: 5} and committed(proposal) == money

    def test_own_ones_are_left_out(self):
        proposal = verified(3)
        act("amir", "approve", proposal, pks=[making.entries(proposal)[0].pk])
        job = making.begin(people.office("amir"), "approve", proposal.programme)
        bulk.proceed(job.pk)
        with scope.whole_country("tests"):
            assert [row.codes for row in LeftOut.objects.all()] == [["entry.own"]]
        assert making.fresh(job).decided == 2
        assert signers(proposal) == [["amir"]] * 3

    def test_money_is_reserved_only_for_those_whom_it_finishes(self):
        proposal = verified(5, people_paid=2)
        act("amir", "approve", proposal, pks=[row.pk for row in making.entries(proposal)[:2]])
        job = making.begin(people.office("ani"), "approve", proposal.programme)
        bulk.proceed(job.pk)
        assert making.fresh(job).state == "done"
        assert making.states(proposal) == {"approved": 2, "cosigned": 3}
        assert committed(proposal) == 2 * YEAR

    def test_it_stops_before_the_first_if_the_money_is_short(self):
        proposal = verified(3, people_paid=2)
        act("amir", "approve", proposal)
        job = making.begin(people.office("ani"), "approve", proposal.programme)
        bulk.proceed(job.pk)
        assert making.fresh(job).state == "refused"
        assert making.states(proposal) == {"cosigned": 3} and committed(proposal) == 0
