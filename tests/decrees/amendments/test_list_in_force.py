"""A decree of 594, of whom 37 go and to whom 30 come: 587 are in force, numbered 1 to 587."""

from datetime import date

import pytest

from enrollment.coverage.models import Cover
from enrollment.decrees import amending
from enrollment.decrees.models import DecreeEntry
from enrollment.proposals.models import Entry
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts
from tests.decrees.amendments.making import amended, in_force
from tests.decrees.opened import lines, sheet_of
from tests.leavings import stories
from tests.proposals import making
from villages import scope

pytestmark = pytest.mark.django_db

ISSUED, CHANGED = date(2026, 3, 17), date(2026, 6, 17)


def test_594_less_37_and_30_more_are_587(monkeypatch):
    stories.today_is(monkeypatch, date(2026, 5, 20))
    subsidy = making.programme(people_paid=700)
    making.approved(subsidy, 594)
    base = drafts.issue(drafts.draft(subsidy))
    assert base.people == 594
    with scope.whole_country("tests"):
        entries = list(Entry.objects.filter(programme=subsidy).order_by("pk"))
        paid_before = Cover.objects.count()
    assert paid_before == 594
    gone = entries[3::16][:37]
    for entry in gone:
        stories.left(entry)
    making.approved(subsidy, 30, by="bagus", area=people.BOGORAN, first=700)
    amendment = amended(base, day=CHANGED)

    year, seven = 12 * 16_800, 7 * 16_800  # approved in May, so paid from June on
    assert amendment.header["balance"] == {
        "before": [594, 594 * year], "out": [37, 37 * year], "coming": [30, 30 * seven],
        "corrected": 0, "after": [587, 557 * year + 30 * seven],
    }  # fmt: skip
    first, last = in_force(base, date(2026, 6, 16)), in_force(base, CHANGED)
    assert [number for number, *_ in first] == list(range(1, 595))
    assert [number for number, *_ in last] == list(range(1, 588))
    out = {nik for _, nik, _ in first} - {nik for _, nik, _ in last}
    come = {nik for _, nik, _ in last} - {nik for _, nik, _ in first}
    with scope.whole_country("tests"):
        left = Worker.objects.filter(entries__in=gone)
        assert out == set(left.values_list("nik", flat=True))
        assert len(out) == 37
        new = DecreeEntry.objects.filter(decree=amendment)
        assert come == set(new.values_list("nik", flat=True))
        assert len(come) == 30
        covered = Cover.objects.filter(source=amendment.cover_source_id)
        assert {(one.months.lower, one.months.upper) for one in covered} == {
            (date(2026, 6, 1), date(2027, 1, 1))
        }
        assert covered.count() == 30
        assert amending.numbering([*amending.on(base, CHANGED)]).people == 587
    assert in_force(base, date(2026, 3, 16)) == []  # before the decree
    assert in_force(amendment, CHANGED) == last  # from wherever one asks
    assert in_force(base, date(2027, 1, 1)) == last

    book = drafts.printed(amendment)["full"]
    with scope.whole_country("tests"):
        text = [" ".join(map(str, line)) for line in lines(sheet_of(book.file.read()))]
    assert "SEMULA: 594 orang 119750400" in text
    assert "KELUAR: 37 orang 7459200" in text
    assert "MASUK: 30 orang 3528000" in text
    assert "MENJADI: 587 orang 115819200" in text
