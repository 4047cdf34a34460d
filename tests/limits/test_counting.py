"""What an office asks in a day is counted against its limits, also by two at the same moment."""

import threading

import pytest
from django.db import connections

from enrollment.limits import actions as limits
from enrollment.limits.models import Usage, UsageLimit
from tests import people
from villages import scope


def set_limits(area=people.TRENGGALEK, **values):
    people.regency(area)
    with scope.whole_country("test"):
        UsageLimit.objects.update_or_create(regency_id=area, defaults=values)


def used(office):
    with scope.whole_country("test"):
        return Usage.objects.filter(office=office).values_list("checked", "told").first()


def count(office, **numbers):
    """Whether so much may be counted."""
    with scope.enter(office):
        try:
            limits.count(office, **numbers)
        except limits.Exceeded:
            return False
        return True


@pytest.mark.django_db
def test_beyond_a_limit_nothing_is_counted():
    kartika = people.office("kartika")
    set_limits(village_checks=10, village_answers=3)
    assert count(kartika, checked=8, told=2)
    assert not count(kartika, checked=3)
    assert not count(kartika, told=2)
    assert used(kartika) == (8, 2)
    assert count(kartika, checked=9, limited=False)
    assert used(kartika) == (17, 2)


@pytest.mark.django_db
def test_a_check_needs_room_for_an_answer():
    """Else, with no answers left, a refusal would tell those who are registered from the others."""
    kartika = people.office("kartika")
    set_limits(village_checks=10, village_answers=1)
    assert count(kartika, checked=1, told=1)
    assert not count(kartika, checked=1)


@pytest.mark.django_db
def test_the_usual_limits_let_a_whole_regency_pass_in_a_day():
    tani, kartika = people.office("tani"), people.office("kartika")
    assert count(tani, checked=157_058)
    assert not count(kartika, checked=157_058)


@pytest.mark.django_db
def test_each_office_counts_by_itself_and_a_regency_for_itself():
    kartika, olan, boni = map(people.office, ("kartika", "olan", "boni"))
    set_limits(village_checks=5)
    assert count(kartika, checked=5) and count(olan, checked=5) and count(boni, checked=6)
    assert not count(kartika, checked=1)
    with scope.enter(people.office("rini")):
        assert [usage.office_id for usage in limits.reached(people.office("rini"))] == [
            kartika.pk, olan.pk,
        ]  # fmt: skip
    with scope.enter(people.office("bagus")):
        assert not Usage.objects.exists()


def naive(office, checked):
    """As one would count without a single statement: look, then write."""
    limit = UsageLimit.objects.of(office.area_id).village_checks
    usage = Usage.objects.get(office=office)
    LOOKED.wait(timeout=30)
    if usage.checked + checked > limit:
        raise limits.Exceeded
    usage.checked += checked
    usage.save()


LOOKED = threading.Barrier(2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("counting", "passed"), [("count", 1), ("naive", 2)])
def test_two_counts_at_the_same_moment_do_not_both_pass_the_limit(counting, passed):
    """`naive` is the control: it lets both pass."""
    kartika = people.office("kartika")
    set_limits(village_checks=10)
    assert count(kartika, checked=2)
    start, answers = threading.Barrier(2), []

    def ask():
        try:
            with scope.enter(kartika):
                start.wait(timeout=30)
                if counting == "naive":
                    naive(kartika, 5)
                else:
                    limits.count(kartika, checked=5)
            answers.append(True)
        except limits.Exceeded:
            answers.append(False)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(answers) == passed
