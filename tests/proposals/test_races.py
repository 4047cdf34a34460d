"""Many people decide at one moment: real threads, real connections, committed rows.

`bench/approvals/run` runs the same with RACE_RUNS=20.
"""

import fcntl
import os
import threading
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connections, transaction
from django.db.models import F

from enrollment.programmes import actions as programmes
from enrollment.programmes import budget, quotas
from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.proposals import actions, bulk, candidates, decisions, replacing, rules
from enrollment.proposals.models import Entry, Proposal, Step
from enrollment.workers.models import Worker
from tests import databases, people
from tests.proposals import making
from tests.proposals.making import YEAR
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)

CROWD, ROOM = 50, 10
RUNS = int(os.environ.get("RACE_RUNS", "2"))


@pytest.fixture(autouse=True)
def enough_connections():
    """Run one race at a time, because the server allows only a hundred connections."""
    with (Path(settings.PORTAL_DATA) / "race.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def at_once(calls):
    """Run each call in its own thread and connection, all starting at the same moment.

    Returns what they returned; a Refusal counts as an answer, anything else is raised.
    """
    start, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        try:
            start.wait(timeout=30)
            answers[number] = call()
        except Exception as problem:
            answers[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, Refusal):
            raise answer
    return answers


def approvals(proposal, rows, by="amir"):
    """One call for each row, which approves only that row."""
    office = people.office(by)

    def approve(pk):
        with scope.enter(office):
            subsidy = PremiumSubsidy.objects.get(pk=proposal.programme_id)
            return decisions.decide("approve", subsidy, Entry.objects.filter(pk=pk), by=office)

    return [lambda pk=row.pk: approve(pk) for row in rows]


def verified_again(proposal):
    """Reset everything to the state before the race."""
    with scope.whole_country("tests"):
        Entry.objects.filter(proposal=proposal).update(state="verified", approved_by=None, cost=0)
        PremiumSubsidy.objects.filter(pk=proposal.programme_id).update(committed=0)


@contextmanager
def without_the_ceiling_constraint(name):
    """Drop the constraint, so that the control test can really overspend."""
    rule = "subsidy_within_ceiling"
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute(f"ALTER TABLE enrollment_premiumsubsidy DROP CONSTRAINT {rule}")
        try:
            yield
        finally:
            cursor.execute(
                f"ALTER TABLE enrollment_premiumsubsidy ADD CONSTRAINT {rule}"
                " CHECK (committed <= ceiling) NOT VALID"
            )


@contextmanager
def without_trigger(name, trigger):
    """So that a control test can really approve what the trigger refuses."""
    with databases.owner(name) as owner, owner.cursor() as cursor:
        which = f"ALTER TABLE enrollment_entry {{}} TRIGGER {trigger}"
        cursor.execute(which.format("DISABLE"))
        try:
            yield
        finally:
            cursor.execute(which.format("ENABLE"))


def told(text):
    if "RACE_RUNS" in os.environ:
        print(text)


def test_fifty_approvals_with_room_for_ten_approve_ten():
    proposal = making.verified(making.programme(people_paid=ROOM), CROWD)
    rows = making.entries(proposal)
    for run in range(RUNS):
        verified_again(proposal)
        answers = at_once(approvals(proposal, rows))
        refused = [answer for answer in answers if isinstance(answer, Refusal)]
        subsidy = making.fresh(proposal.programme)
        told(f"run {run + 1}: {making.states(proposal)}, committed Rp{subsidy.committed}")
        assert making.states(proposal) == {"approved": ROOM, "verified": CROWD - ROOM}
        assert subsidy.committed == subsidy.ceiling == ROOM * YEAR
        assert len(refused) == CROWD - ROOM
        assert all("Sisa pagu Rp0 cukup untuk 0 orang" in str(answer) for answer in refused)


def test_the_same_race_overspends_when_the_update_does_not_carry_its_condition(
    monkeypatch, database_name
):
    """The control reads first and adds later; all threads read before any of them adds."""
    proposal = making.verified(making.programme(people_paid=ROOM), CROWD)
    looked = threading.Barrier(CROWD)

    def look_then_add(subsidy, count, rupiah):
        held = PremiumSubsidy.objects.get(pk=subsidy.pk)
        if held.committed + rupiah > held.ceiling:
            raise Refusal("full")
        looked.wait(timeout=30)
        PremiumSubsidy.objects.filter(pk=subsidy.pk).update(committed=F("committed") + YEAR)
        return YEAR

    monkeypatch.setattr(budget, "commit", look_then_add)
    with without_the_ceiling_constraint(database_name):
        at_once(approvals(proposal, making.entries(proposal)))
        subsidy = making.fresh(proposal.programme)
        told(f"control: {making.states(proposal)}, committed Rp{subsidy.committed}")
        with scope.whole_country("tests"):  # leave no row that breaks the rule behind
            PremiumSubsidy.objects.filter(pk=subsidy.pk).update(committed=0)
    assert making.states(proposal) == {"approved": CROWD}
    assert subsidy.committed == 5 * subsidy.ceiling


@pytest.mark.every
def test_jobs_over_everybody_and_single_approvals_share_one_budget(monkeypatch):
    """Two approvers press "Semua" while a third approves one by one; there is money for thirty.

    A job reserves money for all of its people or for none; nobody else can use what it holds.
    """
    monkeypatch.setattr(bulk, "BATCH", 4)
    subsidy = making.programme(people_paid=30)
    lists = [
        making.verified(subsidy, 20),
        making.verified(subsidy, 20, by="bagus", first=30, area=people.BOGORAN),
    ]
    single = making.verified(subsidy, 10, by="tani", first=60)
    amir = people.office("amir")
    offices = [amir, people.hold("ani", people.Role.APPROVER, people.TRENGGALEK)]

    jobs = [
        making.begin(office, "approve", subsidy, proposal=proposal)
        for office, proposal in zip(offices, lists, strict=True)
    ]
    at_once([
        *(lambda pk=job.pk: bulk.proceed(pk) for job in jobs),
        *approvals(single, making.entries(single)),
    ])  # fmt: skip
    jobs = [making.fresh(job) for job in jobs]
    states = [making.states(proposal) for proposal in lists]
    assert sorted(job.state for job in jobs) in (["done", "refused"], ["refused", "refused"])
    for job, found in zip(jobs, states, strict=True):
        assert found == ({"approved": 20} if job.state == "done" else {"verified": 20})
    approved = sum(found.get("approved", 0) for found in [*states, making.states(single)])
    now = making.fresh(subsidy)
    assert now.committed == approved * YEAR <= now.ceiling
    with scope.whole_country("tests"):
        assert Step.objects.filter(to_state="approved").count() == approved


@pytest.mark.every
def test_two_jobs_and_a_rejection_over_the_same_people_decide_about_each_once(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 3)
    proposal = making.submitted(making.programme(village_quota=30), 30)
    vera = people.office("vera")
    other = people.hold("vena", people.Role.VERIFIER, people.TRENGGALEK)

    subsidy = proposal.programme
    jobs = [
        making.begin(vera, "verify", subsidy),
        making.begin(other, "verify", subsidy),
        making.begin(other, "reject", subsidy, reason="Ganda"),
    ]
    at_once([lambda pk=job.pk: bulk.proceed(pk) for job in jobs])
    done = [making.fresh(job).decided for job in jobs]
    assert sum(done) == 30
    assert making.states(proposal) == {
        state: n for state, n in (("verified", done[0] + done[1]), ("rejected", done[2])) if n
    }
    with scope.whole_country("tests"):
        decided = Step.objects.filter(from_state="submitted")
        assert decided.count() == decided.values("entry").distinct().count() == 30
        assert (
            Quota.objects.get(programme=proposal.programme, area=people.SENDEN).used
            == done[0] + done[1]
        )


def test_a_double_click_counts_once():
    proposal = making.verified(making.programme(people_paid=ROOM), 3)
    rows = making.entries(proposal)
    for _ in range(RUNS):
        verified_again(proposal)
        answers = at_once(approvals(proposal, [rows[0]] * 8))
        assert sorted(answer.done for answer in answers) == [0] * 7 + [1]
        assert making.fresh(proposal.programme).committed == YEAR
    with scope.whole_country("tests"):
        assert Step.objects.filter(entry=rows[0], to_state="approved").count() == RUNS


@pytest.mark.every
def test_two_verifiers_share_the_same_rows_without_a_deadlock():
    proposal = making.submitted(making.programme(), 30)
    offices = [
        people.office("vera"),
        people.hold("vena", people.Role.VERIFIER, people.TRENGGALEK),
    ]
    pks = [row.pk for row in making.entries(proposal)]

    def verify(office, order):
        with scope.enter(office):
            rows = Entry.objects.filter(pk__in=order)
            return decisions.decide("verify", proposal.programme, rows, by=office)

    answers = at_once(
        [lambda o=office, i=index: verify(o, pks[:: 1 - 2 * (i % 2)])
         for index, office in enumerate(offices * 4)]
    )  # fmt: skip
    assert sum(answer.done for answer in answers) == 30
    assert making.states(proposal) == {"verified": 30}
    with scope.whole_country("tests"):
        assert Step.objects.filter(to_state="verified").count() == 30


def test_approving_and_taking_back_at_once_keeps_the_totals_right():
    proposal = making.approved(making.programme(people_paid=20), 10)
    more = making.verified(proposal.programme, 20, by="bagus", first=50, area=people.BOGORAN)
    amir = people.office("amir")

    def take_back(pk):
        with scope.enter(amir):
            rows = Entry.objects.filter(pk=pk)
            return decisions.decide(
                "return", proposal.programme, rows, by=amir, reason="Data keliru"
            )

    calls = [lambda pk=row.pk: take_back(pk) for row in making.entries(proposal)]
    at_once(calls + approvals(more, making.entries(more)))
    with scope.whole_country("tests"):
        approved = Entry.objects.in_state("approved").count()
        used = dict(Quota.objects.filter(used__gt=0).values_list("area", "used"))
    assert 10 <= approved <= 20
    assert making.fresh(proposal.programme).committed == approved * YEAR
    assert used == {people.BOGORAN: 20}


@pytest.mark.every
def test_changing_a_quota_and_returning_people_do_not_deadlock():
    proposal = making.approved(making.programme(village_quota=50), 20)
    rini, amir = people.office("rini"), people.office("amir")

    def change(quota):
        with scope.enter(rini):
            edited = PremiumSubsidy.objects.get(pk=proposal.programme_id)
            edited.village_quota = quota
            programmes.change(edited, occupations=[], by=rini)

    def take_back(pk):
        with scope.enter(amir):
            rows = Entry.objects.filter(pk=pk)
            decisions.decide("return", proposal.programme, rows, by=amir, reason="Data keliru")

    returns = [lambda pk=row.pk: take_back(pk) for row in making.entries(proposal)]
    at_once([*returns, *(lambda n=n: change(60 + n) for n in range(10))])
    assert making.states(proposal) == {"returned": 20}
    assert making.fresh(proposal.programme).committed == 0


def test_a_village_and_an_agency_hand_in_at_once_for_the_last_places():
    subsidy = making.programme(village_quota=10)
    lists = {
        "kartika": making.draft(subsidy, 10),
        "tani": making.draft(subsidy, 10, by="tani", first=20),
    }

    def submit(name, proposal):
        office = people.office(name)
        with scope.enter(office):
            return actions.submit(proposal, by=office)

    done = at_once([lambda n=name, p=lists[name]: submit(n, p) for name in lists])
    assert sum(part.submitted for part in done) == sum(part.waiting for part in done) == 10
    with scope.whole_country("tests"):
        quota = Quota.objects.get(programme=subsidy, area=people.SENDEN)
        ranks = Entry.objects.in_state("waiting").order_by("rank").values_list("rank", flat=True)
        assert (quota.used, quota.queued, list(ranks)) == (10, 10, list(range(1, 11)))


KK = "3503070101200001"


@pytest.fixture
def examined_together(monkeypatch):
    """From its call on, two offices examine their people before either has handed in anybody."""

    def begin():
        both, examined = threading.Barrier(2), candidates.examined

        def examine(programme, workers, **how):
            found = list(examined(programme, workers, **how))
            both.wait(timeout=30)
            return found

        monkeypatch.setattr(candidates, "examined", examine)

    return begin


def handed_in_at_once(lists):
    """Each list by its office; a list on which nobody can be handed in is refused."""

    def submit(name, proposal):
        office = people.office(name)
        with scope.enter(office):
            return actions.submit(proposal, by=office)

    return at_once([lambda n=name, p=lists[name]: submit(n, p) for name in lists])


def two_of_a_family():
    """Sisters on the lists of two villages; the programme takes one of a family."""
    subsidy = making.programme(family_limit=1)
    return {
        "kartika": making.draft(subsidy, 1, kk=KK),
        "bagus": making.draft(subsidy, 1, by="bagus", area=people.BOGORAN, first=20, kk=KK),
    }


def test_two_villages_hand_in_people_of_one_family_at_once(examined_together):
    lists = two_of_a_family()
    examined_together()
    answers = handed_in_at_once(lists)
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    states = [making.states(proposal) for proposal in lists.values()]
    assert sorted(states, key=str) == [{"draft": 1}, {"submitted": 1}]


def test_both_are_handed_in_when_families_are_not_counted_again(examined_together, monkeypatch):
    """The control: what each has examined does not know of the other."""
    monkeypatch.setattr(candidates, "families_filled", lambda programme, people: {})
    lists = two_of_a_family()
    examined_together()
    handed_in_at_once(lists)
    assert [making.states(proposal) for proposal in lists.values()] == [{"submitted": 1}] * 2


def test_both_are_handed_in_when_families_are_counted_and_not_held(examined_together, monkeypatch):
    """The other control: both count again before either has written."""
    monkeypatch.setattr(candidates, "_HOLD_FAMILIES", "SELECT %s")
    both, seat = threading.Barrier(2), decisions.seat

    def seat_together(*which, **how):
        both.wait(timeout=30)
        return seat(*which, **how)

    monkeypatch.setattr(decisions, "seat", seat_together)
    lists = two_of_a_family()
    examined_together()
    handed_in_at_once(lists)
    assert [making.states(proposal) for proposal in lists.values()] == [{"submitted": 1}] * 2


SHARING = {"kartika": people.SENDEN, "bagus": people.BOGORAN, "tani": people.SENDEN}
"""Offices, and where the people on their lists live."""


def lists_that_share_families(run):
    """On each list somebody of the same twenty families, put there in different orders."""
    subsidy, lists = making.programme(family_limit=1, name=f"Program {run}"), {}
    for at, (name, area) in enumerate(SHARING.items()):
        for family in sorted(range(20), reverse=at % 2 == 1):
            lists[name] = making.draft(
                subsidy, 1, by=name, area=area, first=300 * run + 100 * at + family,
                kk=f"35030701012{family:05d}",
            )  # fmt: skip
    return lists


@pytest.mark.every
def test_lists_that_share_many_families_do_not_deadlock():
    for run in range(RUNS):
        lists = lists_that_share_families(run)
        answers = handed_in_at_once(lists)
        done = [answer for answer in answers if not isinstance(answer, Refusal)]
        assert sum(answer.submitted for answer in done) == 20
        with scope.whole_country("tests"):
            rows = Entry.objects.filter(proposal__in=lists.values(), state="submitted")
            assert rows.values("worker__kk").distinct().count() == rows.count() == 20


def two_rejected_of_a_family():
    proposal = making.submitted(making.programme(family_limit=1), 1, kk=KK)
    making.act("vera", "reject", proposal, reason="Ganda")
    other = making.submitted(
        making.fresh(proposal.programme), 1, by="bagus", area=people.BOGORAN, first=20, kk=KK
    )
    making.act("vera", "reject", other, reason="Ganda")
    return proposal, other


def test_two_rejected_of_one_family_are_reopened_at_once(examined_together):
    lists = two_rejected_of_a_family()
    examined_together()
    vera = people.office("vera")

    def reopen(proposal):
        with scope.enter(vera):
            rows = Entry.objects.filter(proposal=proposal)
            return decisions.decide("reopen", proposal.programme, rows, by=vera)

    answers = at_once([lambda p=proposal: reopen(p) for proposal in lists])
    assert sorted(answer.done for answer in answers) == [0, 1]


def verified_sisters():
    """Sisters who share a card since they were verified; the programme takes one of a family."""
    proposal = making.verified(making.programme(family_limit=1), 2)
    with scope.whole_country("tests"):
        Worker.objects.filter(entries__proposal=proposal).update(kk=KK)
    return proposal


def two_approve(proposal, monkeypatch):
    """Two approvers approve one sister each, and neither examination knows of a family."""
    monkeypatch.setattr(rules, "family_full", lambda *given: None)
    first, second = making.entries(proposal)
    amir = approvals(proposal, [first])
    return at_once([*amir, *approvals(proposal, [second], by="ani")])


def test_two_approvers_take_no_more_of_a_family_than_the_programme(monkeypatch):
    proposal = verified_sisters()
    answers = two_approve(proposal, monkeypatch)
    (refused,) = [answer for answer in answers if isinstance(answer, Refusal)]
    assert "satu keluarga" in str(refused)
    assert making.states(proposal) == {"approved": 1, "verified": 1}
    assert making.fresh(proposal.programme).committed == YEAR


def test_without_the_trigger_both_of_the_family_are_approved(monkeypatch, database_name):
    """The control."""
    proposal = verified_sisters()
    with without_trigger(database_name, "family_limit_holds_update"):
        two_approve(proposal, monkeypatch)
    assert making.states(proposal) == {"approved": 2}


def in_two_waves():
    """One person, verified for all of 2026 and for the second half of it by another programme."""
    first = making.verified(making.programme(), 1)
    later = making.programme(name="Tengah tahun", first_month=date(2026, 7, 1), months=6)
    kartika = people.office("kartika")
    with scope.enter(kartika):
        second = actions.start(later, by=kartika)
        actions.pick(second, Worker.objects.filter(entries__proposal=first), by=kartika)
        actions.submit(second, by=kartika)
    making.act("vera", "verify", second)
    return first, second


def both_approved_at_once(lists, examined_together):
    examined_together()
    calls = zip(lists, ("amir", "ani"), strict=True)
    return at_once(
        [call for each, by in calls for call in approvals(each, making.entries(each), by)]
    )


def test_two_approvers_never_promise_one_month_twice(examined_together):
    lists = in_two_waves()
    answers = both_approved_at_once(lists, examined_together)
    (refused,) = [answer for answer in answers if isinstance(answer, Refusal)]
    assert "bulannya baru saja disetujui di program atau tahap lain" in str(refused)
    states = [making.states(each) for each in lists]
    assert sorted(states, key=str) == [{"approved": 1}, {"verified": 1}]
    spent = [making.fresh(each.programme).committed for each in lists]
    assert sorted(spent) in ([0, YEAR], [0, YEAR // 2])


def test_without_the_trigger_both_waves_promise_the_same_months(examined_together, database_name):
    """The control: neither examination sees the other."""
    lists = in_two_waves()
    with without_trigger(database_name, "months_promised_once"):
        both_approved_at_once(lists, examined_together)
    assert [making.states(each) for each in lists] == [{"approved": 1}] * 2
    assert [making.fresh(each.programme).committed for each in lists] == [YEAR, YEAR // 2]


def test_without_its_lock_the_trigger_sees_neither(examined_together, database_name):
    """The other control: the trigger alone, asked before either transaction has ended."""
    lists = in_two_waves()
    with without_the_wait(database_name):
        both_approved_at_once(lists, examined_together)
    assert [making.states(each) for each in lists] == [{"approved": 1}] * 2


def test_the_months_of_many_are_asked_one_by_one(database_name):
    """Comparing everybody of a statement with everybody else of it took ten times as long."""
    subsidy = making.programme(people_paid=2_000)
    making.crowd(subsidy, 2_000, "verified")
    rows = Entry.objects.filter(programme=subsidy)
    amir = people.office("amir").user

    def seconds():
        with scope.whole_country("tests"), transaction.atomic():
            began = time.perf_counter()
            rows.update(state="approved", approved_by=amir, cost=YEAR)
            took = time.perf_counter() - began
            transaction.set_rollback(True)
        return took

    asked = min(seconds() for _ in range(3))
    with without_trigger(database_name, "months_promised_once"):
        unasked = min(seconds() for _ in range(3))
    assert asked < 2 * unasked


_WAIT_FOR_BOTH = """
    PERFORM pg_advisory_xact_lock_shared(2, 2);
    FOR look IN 1..600 LOOP
        EXIT WHEN (SELECT count(*) FROM pg_locks WHERE (classid, objid) = (2, 2)) = 2;
        PERFORM pg_sleep(0.05);
    END LOOP;
"""


@contextmanager
def without_the_wait(name):
    """The trigger `months_promised_once` without its lock; it ends once both have asked."""
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('months_promised_once'::regproc)")
        ((whole,),) = cursor.fetchall()
        lock = "PERFORM pg_advisory_xact_lock(hashtextextended('months in ' || regency, 0))"
        assert lock in whole
        hurried = whole.replace(lock, "PERFORM regency").replace(
            "RETURN NULL", f"{_WAIT_FOR_BOTH} RETURN NULL"
        )
        cursor.execute(hurried)
        try:
            yield
        finally:
            cursor.execute(whole)


def reopened_at_once(proposal):
    """Both rejected people of a list with one place are reopened at the same moment."""
    vera = people.office("vera")

    def reopen(pk):
        with scope.enter(vera):
            rows = Entry.objects.filter(pk=pk)
            return decisions.decide("reopen", proposal.programme, rows, by=vera)

    return at_once([lambda pk=row.pk: reopen(pk) for row in making.entries(proposal)])


def two_rejected_for_one_place():
    proposal = making.submitted(making.programme(village_quota=2), 2)
    making.act("vera", "reject", proposal, reason="Ganda")
    with scope.whole_country("tests"):
        proposal.programme.quotas.filter(area=people.SENDEN).update(people=1)
    return proposal


def test_two_reopened_for_the_last_place_get_a_place_and_a_number():
    proposal = two_rejected_for_one_place()
    answers = reopened_at_once(proposal)
    assert sorted(answer.queued for answer in answers) == [0, 1]
    assert making.states(proposal) == {"submitted": 1, "waiting": 1}
    with scope.whole_country("tests"):
        assert Quota.objects.get(programme=proposal.programme, area=people.SENDEN).used == 1


def test_50_clicks_at_once_take_the_free_places_once():
    """A village clicks again and again, and the Dinas admits meanwhile: never more than is free."""
    proposal = making.submitted(making.programme(village_quota=3), 10)
    making.act("vera", "reject", proposal, reason="Ganda", pks=first_ids(proposal, 3))
    kartika, vera = people.office("kartika"), people.office("vera")

    def replace():
        with scope.enter(kartika):
            seen = Proposal.objects.select_related("programme").get(pk=proposal.pk)
            return replacing.take(seen, by=kartika)

    def admit():
        with scope.enter(vera):
            rows = Entry.objects.filter(pk=first_waiting)
            return decisions.decide("admit", proposal.programme, rows, by=vera).done

    first_waiting = making.entries(proposal)[3].pk
    answers = at_once([*[replace] * 45, *[admit] * 5])
    assert sum(answer for answer in answers if isinstance(answer, int)) == 3
    assert making.states(proposal) == {"rejected": 3, "submitted": 3, "waiting": 4}
    with scope.whole_country("tests"):
        assert Quota.objects.get(programme=proposal.programme, area=people.SENDEN).used == 3


def first_ids(proposal, count):
    return [row.pk for row in making.entries(proposal)[:count]]


def test_without_the_lock_on_the_quota_both_take_the_last_place(monkeypatch):
    """The control: both look before either has taken. Only the constraint then stops one of them,
    and that one gets an error instead of a number on the waiting list."""
    proposal = two_rejected_for_one_place()
    looked = threading.Barrier(2)

    def look(programme, areas=None):
        quota = Quota.objects.filter(programme=programme, area__in=set(areas))
        found = {row.area_id: row for row in quota}
        looked.wait(timeout=30)
        return found

    monkeypatch.setattr(quotas, "lock", look)
    with pytest.raises(IntegrityError, match="quota_not_exceeded"):
        reopened_at_once(proposal)
    assert making.states(proposal) == {"submitted": 1, "rejected": 1}
