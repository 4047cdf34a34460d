"""Dates, more time for a village, and freezes: what they stop, and that the database holds it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from enrollment.decrees import actions as decrees
from enrollment.proposals import actions as proposals
from enrollment.proposals import bulk
from enrollment.proposals.models import BulkDecision, Step
from enrollment.schedules import actions
from enrollment.schedules.models import Extension, Freeze, Schedule
from enrollment.schedules.rules import Dates, Move
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from villages import scope
from villages.models import Area
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


def set_dates(subsidy, **dates):
    rini = people.office("rini")
    with scope.enter(rini):
        actions.set_dates(subsidy, Dates(**dates), by=rini)


def extend(subsidy, area=people.SENDEN, until=None):
    rini = people.office("rini")
    with scope.enter(rini):
        return actions.extend(
            subsidy, Area.objects.get(pk=area), until=until or today() + 3 * DAY,
            reason="Banjir", by=rini,
        )  # fmt: skip


def freeze(move="all", first=None, last=None, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        return actions.freeze(
            move=move, first=first or today(), last=last or today(), reason="Tutup buku", by=office
        )


def lift(frozen, by="rini"):
    with scope.enter(people.office(by)):
        actions.thaw(frozen, by=people.office(by))


def hand_in(proposal, by="kartika"):
    with scope.enter(people.office(by)):
        return proposals.submit(proposal, by=people.office(by))


class TestDates:
    def test_a_list_that_is_late_waits_for_more_time(self):
        proposal = making.draft(making.programme(), 2)
        set_dates(proposal.programme, submit_until=today() - DAY)
        with pytest.raises(Refusal, match="sudah lewat"):
            hand_in(proposal)
        extend(proposal.programme, until=today())
        assert hand_in(proposal).submitted == 2

    def test_more_time_is_for_one_village(self):
        subsidy = making.programme()
        proposal = making.draft(subsidy, 1, by="bagus", area=people.BOGORAN)
        set_dates(subsidy, submit_until=today() - DAY)
        extend(subsidy)
        with pytest.raises(Refusal, match="sudah lewat"):
            hand_in(proposal, by="bagus")

    def test_a_returned_row_reopens_alone(self):
        proposal = making.submitted(making.programme(), 2)
        first, _ = making.entries(proposal)
        making.act("vera", "return", proposal, pks=[first.pk], reason="Alamatnya kurang")
        making.draft(proposal.programme, 1, first=10)
        set_dates(proposal.programme, submit_until=today() - DAY)
        with scope.enter(people.office("kartika")):
            proposals.submit(proposal, by=people.office("kartika"), unrepaired=True)
        assert making.states(proposal) == {"submitted": 2, "draft": 1}

    def test_verifying_late_goes_on(self):
        proposal = making.submitted(making.programme(), 1)
        set_dates(proposal.programme, verify_until=today() - DAY)
        making.act("vera", "verify", proposal)
        assert making.states(proposal) == {"verified": 1}

    def test_before_the_first_day(self):
        proposal = making.draft(making.programme(), 1)
        set_dates(proposal.programme, submit_from=today() + DAY)
        with pytest.raises(Refusal, match="baru dibuka"):
            hand_in(proposal)

    def test_days_out_of_order_are_refused_by_form_and_database(self):
        subsidy = making.programme()
        with pytest.raises(Refusal, match="lebih awal"):
            set_dates(subsidy, submit_until=today(), verify_until=today() - DAY)
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match="schedule_in_order"),
            transaction.atomic(),
        ):
            Schedule.objects.create(
                programme=subsidy, regency_id=people.TRENGGALEK, submit_until=today(),
                approve_until=today() - DAY,
            )  # fmt: skip

    def test_no_more_time_than_there_is(self):
        subsidy = making.programme()
        with pytest.raises(Refusal, match="tidak punya batas"):
            extend(subsidy)
        set_dates(subsidy, submit_until=today() + 5 * DAY)
        with pytest.raises(Refusal, match="Isi tanggal sesudahnya"):
            extend(subsidy, until=today() + 5 * DAY)
        extend(subsidy, until=today() + 6 * DAY)
        with pytest.raises(Refusal, match="Isi tanggal sesudahnya"):
            extend(subsidy, until=today() + 6 * DAY)

    def test_more_time_is_only_added(self):
        subsidy = making.programme()
        set_dates(subsidy, submit_until=today())
        extend(subsidy)
        with scope.enter(people.office("rini")):
            assert Extension.objects.update(until=today()) == 0
            assert Extension.objects.all().delete()[0] == 0


class TestAFreeze:
    @pytest.mark.parametrize(
        ("move", "stopped"),
        [
            ("all", {"submit", "verify", "approve"}),
            ("submit", {"submit"}),
            ("verify", {"verify"}),
            ("approve", {"approve"}),
            ("issue", set()),
        ],
    )
    def test_stops_its_kind_and_no_other(self, move, stopped):
        subsidy = making.programme()
        drafted = making.draft(subsidy, 1)
        submitted = making.submitted(subsidy, 1, by="bagus", area=people.BOGORAN, first=10)
        other = making.verified(making.programme(name="Lain"), 1, first=20)
        freeze(move)
        steps = {
            "submit": lambda: hand_in(drafted),
            "verify": lambda: making.act("vera", "verify", submitted),
            "approve": lambda: making.act("amir", "approve", other),
        }
        for name, step in steps.items():
            if name in stopped:
                with pytest.raises(Refusal, match=r"berhenti sampai .*: Tutup buku"):
                    step()
            else:
                step()

    def test_a_list_is_still_drawn_up(self):
        freeze()
        assert making.states(making.draft(making.programme(), 2)) == {"draft": 2}

    def test_is_that_of_the_regency_on_its_days(self):
        freeze(by="boni")
        freeze(first=today() - 2 * DAY, last=today() - DAY)
        freeze(first=today() + DAY, last=today() + 2 * DAY)
        assert hand_in(making.draft(making.programme(), 1)).submitted == 1

    @pytest.mark.parametrize("first", [-3, 0, 4])
    def test_is_lifted_when_the_regency_says_so_and_keeps_its_days(self, first):
        """Also where it begins today or has not begun: what was set is not written anew."""
        proposal = making.draft(making.programme(), 1)
        began, last = today() + first * DAY, today() + 9 * DAY
        frozen = freeze(first=began, last=last)
        if first <= 0:
            with pytest.raises(Refusal, match="berhenti"):
                hand_in(proposal)
        lift(frozen)
        assert hand_in(proposal).submitted == 1
        kept = making.fresh(frozen)
        assert (kept.first, kept.last) == (began, last)
        assert kept.standing.word == ("Dibatalkan" if first > 0 else "Diakhiri")
        with scope.whole_country("tests"):
            changed = Freeze.events.rel.related_model.objects.filter(pgh_label="update")
            assert [event.lifted_at for event in changed] == [kept.lifted_at]

    def test_what_was_lifted_before_it_began_does_not_begin(self, monkeypatch):
        lift(freeze(first=today() + DAY, last=today() + 2 * DAY))
        tomorrow = today() + DAY
        monkeypatch.setattr(timezone, "localdate", lambda moment=None: tomorrow)
        with scope.enter(people.office("kartika")):
            assert actions.frozen_now(people.SENDEN, Move.SUBMIT) is None

    def test_is_lifted_once_and_not_after_its_last_day(self):
        over = freeze(first=today() - 2 * DAY, last=today() - DAY)
        lifted = freeze(last=today() + DAY)
        lift(lifted)
        at = making.fresh(lifted).lifted_at
        for frozen in (over, lifted):
            with pytest.raises(Refusal, match="sudah berakhir"):
                lift(frozen)
        assert making.fresh(over).lifted_at is None
        assert making.fresh(lifted).lifted_at == at

    def test_stops_issuing(self):
        decree = drafts.draft(making.approved(making.programme(), 1).programme)
        freeze("issue")
        with scope.enter(people.office("rini")), pytest.raises(Refusal, match="berhenti"):
            decrees.issue(decree, by=people.office("rini"))

    def test_a_village_changes_none(self):
        frozen = freeze()
        with scope.enter(people.office("kartika")):
            assert Freeze.objects.count() == 1
            assert Freeze.objects.filter(pk=frozen.pk).update(last=today() - DAY) == 0


def test_a_freeze_that_begins_while_a_job_runs_stops_the_job_in_words():
    """The job has begun, so only the database can say no."""
    proposal = making.submitted(making.programme(), 2)
    job = making.begin(people.office("vera"), "verify", proposal.programme)
    freeze("verify")
    bulk.proceed(job.pk)
    with scope.whole_country("tests"):
        job = BulkDecision.objects.get()
    assert (job.state, job.decided) == ("refused", 0)
    assert "Sedang masa beku" in job.message
    assert making.states(proposal) == {"submitted": 2}


def test_no_script_gets_round_a_freeze():
    entry = making.entries(making.submitted(making.programme(), 1))[0]
    vera = people.office("vera")

    def step():
        Step.objects.create(
            entry=entry, area_id=entry.area_id, from_state="submitted", to_state="verified",
            office=vera, name="Vera", role=vera.role,
        )  # fmt: skip

    with scope.enter(vera):
        step()
    frozen = freeze("verify")
    with (
        scope.enter(vera),
        pytest.raises(IntegrityError, match="rest in a freeze"),
        transaction.atomic(),
    ):
        step()
    lift(frozen)
    with scope.enter(vera):
        step()
