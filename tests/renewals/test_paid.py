"""What is known to be paid, and what a gap costs, from the rows of the database."""

from datetime import date

import pytest

from enrollment.coverage.models import Membership
from enrollment.renewals import gaps, paid, rules
from enrollment.renewals.rules import Loss, Paid
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from tests.renewals import making as renewals
from villages import scope

pytestmark = pytest.mark.django_db
BEFORE = date(2027, 1, 1)


def membership(worker, begin, end):
    with scope.whole_country("tests"):
        Membership.objects.create(
            worker=worker, area_id=worker.area_id, active_from=begin, active_until=end
        )


def known(worker, before=BEFORE):
    with scope.enter(people.office("rini")):
        return paid.of_people([worker.pk], before).get(worker.pk)


@pytest.mark.parametrize(
    ("covers", "found"),
    [
        ([], None),
        ([("2026-01", "2026-12")], Paid(date(2026, 12, 1), 12)),
        ([("2025-01", "2025-12"), ("2026-01", "2026-12")], Paid(date(2026, 12, 1), 24)),
        # Two months between are paid as arrears; after three it is another membership.
        ([("2025-01", "2025-12"), ("2026-03", "2026-12")], Paid(date(2026, 12, 1), 22)),
        ([("2025-01", "2025-12"), ("2026-04", "2026-12")], Paid(date(2026, 12, 1), 9)),
        (
            [("2023-01", "2023-03"), ("2024-01", "2024-12"), ("2025-02", "2025-03")],
            Paid(date(2025, 3, 1), 14),
        ),
        # What begins later says nothing of the time before.
        ([("2026-06", "2026-12"), ("2027-02", "2027-03")], Paid(date(2026, 12, 1), 7)),
        ([("2026-06", "2027-03")], Paid(date(2026, 12, 1), 7)),
        ([("2027-06", "2027-12")], None),
    ],
)
def test_the_months_of_the_present_membership(covers, found):
    worker = people.worker(1)
    for first, last in covers:
        begin, end = (date.fromisoformat(f"{month}-01") for month in (first, last))
        months = (end.year - begin.year) * 12 + end.month - begin.month + 1
        renewals.paid_until(worker, end, months)
    assert known(worker) == found


def test_a_membership_that_others_pay_counts_by_its_months():
    worker = people.worker(1)
    membership(worker, date(2026, 2, 10), date(2026, 5, 20))
    assert known(worker) == Paid(date(2026, 5, 1), 4)
    renewals.paid_until(worker, date(2026, 8, 1), 4)  # May is in both
    assert known(worker) == Paid(date(2026, 8, 1), 7)


@pytest.mark.parametrize(
    ("begin", "end", "found"),
    [
        (None, date(2026, 5, 20), Paid(date(2026, 5, 1), 1)),
        (date(2026, 5, 20), None, Paid(date(2026, 12, 1), 8)),
        (None, None, Paid(date(2026, 12, 1), 1)),
        (date(2027, 3, 1), None, None),
    ],
)
def test_of_a_membership_with_an_open_end_no_more_is_said_than_is_known(begin, end, found):
    worker = people.worker(1)
    membership(worker, begin, end)
    assert known(worker) == found


def test_counting_says_the_same_as_looking_at_each():
    """The groups of everybody in a wave, by SQL and person by person."""
    old = renewals.last_year(first_month=date(2026, 11, 1), months=2)
    born = [date(1962, 4, 1), date(1962, 4, 2), date(1990, 1, 1), None]
    numbers = iter(range(100))
    for birth in born:
        values = {} if birth is None else {"birth_date": birth}
        for months in (0, 1, 10, 31):
            number = next(numbers)
            making.approved(old, 1, first=number, **values)
            if months:
                with scope.whole_country("tests"):
                    worker = old.entries.get(worker__name=f"Pekerja {number}").worker
                renewals.paid_until(worker, date(2026, 10, 1), months)
    renewals.decreed(old)
    resumes = date(2027, 4, 1)
    with scope.enter(people.office("rini")):
        counted = rules.outcomes(paid.counted(old.pk, resumes), resumes, lambda month: 1)
        workers = [entry.worker for entry in old.entries.select_related("worker")]
        each = paid.of_people([worker.pk for worker in workers], resumes)
        groups = [
            rules.loss_of(worker.birth_date, each[worker.pk], resumes)
            for worker in workers if worker.pk in each
        ]  # fmt: skip
    assert {loss: outcome.people for loss, outcome in counted.items()} == {
        loss: groups.count(loss) for loss in Loss
    }
    assert len(groups) == 16 and set(groups) == set(Loss)


def test_the_simulator_counts_those_whom_a_decree_names():
    old = renewals.last_year()
    making.approved(old, 4)
    renewals.decreed(old)
    making.approved(old, 1, by="bagus", area=people.BOGORAN, first=10)
    with scope.enter(people.office("rini")):
        gap = gaps.simulate(making.fresh(old), date(2027, 4, 1))
    assert (gap.whole.people, gap.whole.restart, gap.unknown) == (4, 4, 1)
    assert gap.whole.bridge == 4 * 3 * 16_800
    assert gap.months_in_words == "Januari–Maret 2027"


def test_cover_of_another_wave_is_not_counted_as_this_ones():
    """Approved for 2027 and paid in 2026: until a decree of 2027 names them, they lack nothing."""
    wave = renewals.next_year()
    making.approved(wave, 3)
    renewals.decreed(wave)
    waiting = making.approved(wave, 2, by="bagus", area=people.BOGORAN, first=10)
    drafted = making.approved(wave, 1, by="bagus", area=people.BOGORAN, first=20)
    for entry in [*making.entries(waiting), *making.entries(drafted)]:
        if known(entry.worker) is None:
            renewals.paid_until(entry.worker, date(2026, 12, 1), 12)
    with scope.enter(people.office("rini")):
        gap = gaps.simulate(making.fresh(wave), date(2028, 4, 1))
    assert (gap.whole.people, gap.unknown) == (3, 3)
    assert gap.whole.bridge == 3 * 3 * 16_800


def test_whom_only_the_draft_of_a_decree_names_waits_for_it():
    wave = renewals.next_year()
    for entry in making.entries(making.approved(wave, 2)):
        renewals.paid_until(entry.worker, date(2026, 12, 1), 12)
    drafts.draft(making.fresh(wave))
    with scope.enter(people.office("rini")):
        gap = gaps.simulate(making.fresh(wave), date(2028, 4, 1))
    assert (gap.whole.people, gap.unknown) == (0, 2)


def test_of_another_regency_nothing_is_counted():
    old = renewals.last_year()
    making.approved(old, 2)
    renewals.decreed(old)
    with scope.enter(people.office("rini")):
        assert sum(crowd.people for crowd in paid.counted(old.pk, BEFORE)) == 2
    with scope.enter(people.office("boni")):
        assert paid.counted(old.pk, BEFORE) == []
