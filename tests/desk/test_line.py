"""Who is next: in the order of villages and rows, from any place of the line."""

import pytest

from enrollment.desk.line import Line
from enrollment.proposals.models import Entry
from tests import people
from tests.proposals import making
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists():
    """Four people of Senden and three of Bogoran in one programme; Bogoran's code comes first."""
    subsidy = making.programme()
    senden = making.submitted(subsidy, 4)
    bogoran = making.submitted(subsidy, 3, by="bagus", first=50, area=people.BOGORAN)
    return subsidy, senden, bogoran


def line_of(who, subsidy, proposal=None, **asked):
    return Line(subsidy, proposal, asked, people.office(who))


def pks(rows):
    return [row.pk for row in rows]


def test_stands_in_the_order_of_villages_and_rows(lists):
    subsidy, senden, bogoran = lists
    everybody = [*pks(making.entries(bogoran)), *pks(making.entries(senden))]
    with scope.enter(people.office("vera")):
        line = line_of("vera", subsidy)
        assert pks(line.first(10)) == everybody
        assert line.people == 7
        for at, pk in enumerate(everybody):
            entry = Entry.objects.get(pk=pk)
            assert pks(line.around(entry, 0, 10).behind) == everybody[at + 1 :]
            assert pks(line.around(entry, 0, 2).behind) == everybody[at + 1 : at + 3]
            assert pks(line.around(entry, 10, 0).before) == everybody[:at]
            assert pks(line.around(entry, 2, 2).before) == everybody[max(at - 2, 0) : at]
            assert line.around(entry, 2, 2).waits
        assert line.after_the_last(entry).pk == everybody[0]


def test_leaves_out_who_does_not_wait_for_this_office(lists):
    subsidy, senden, bogoran = lists
    making.act("vera", "verify", bogoran)
    first, *others = making.entries(senden)
    making.act("vera", "return", senden, reason="x", pks=[first.pk])
    with scope.enter(people.office("vera")):
        line = line_of("vera", subsidy)
        assert pks(line.first(10)) == pks(others)
        assert line.of(first.public_id).pk == first.pk, "can be looked at all the same"
        assert pks(line.around(first, 0, 10).behind) == pks(others)
    with scope.enter(people.office("amir")):
        assert pks(line_of("amir", subsidy).first(10)) == pks(making.entries(bogoran))


def test_keeps_to_one_list_and_to_filters(lists):
    subsidy, senden, bogoran = lists
    with scope.enter(people.office("vera")):
        assert pks(line_of("vera", subsidy, senden).first(9)) == pks(making.entries(senden))
        in_bogoran = line_of("vera", subsidy, wilayah=people.BOGORAN)
        assert (in_bogoran.people, pks(in_bogoran.first(9))) == (
            3,
            pks(making.entries(bogoran)),
        )
        named = line_of("vera", subsidy, q="Pekerja 51")
        assert (named.people, pks(named.first(9))) == (None, pks(making.entries(bogoran)[1:2]))
        assert line_of("vera", subsidy, status="approved").first(9) == []
        assert line_of("vera", subsidy, status="semua").people == 7


def test_ends_with_the_last_one(lists):
    subsidy, senden, bogoran = lists
    making.act("vera", "verify", senden)
    only, *others = making.entries(bogoran)
    making.act("vera", "verify", bogoran, pks=pks(others))
    with scope.enter(people.office("vera")):
        line = line_of("vera", subsidy)
        assert line.after_the_last(only) is None
        assert line.of(None).pk == only.pk
    making.act("vera", "verify", bogoran)
    with scope.enter(people.office("vera")):
        assert line_of("vera", subsidy).of(None) is None


def test_nobody_waits_for_an_office_that_decides_nothing(lists):
    subsidy, *_ = lists
    for who in ("rini", "kartika", "audi"):
        with scope.enter(people.office(who)):
            assert line_of(who, subsidy).first(9) == []
