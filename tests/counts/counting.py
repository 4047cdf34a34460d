"""Counts everybody one by one, to compare with what is kept."""

from collections import Counter

from enrollment.models import DecreeEntry, Entry, EntryCount, PeopleCount, Worker
from villages import scope

ENTRY_KEY = ("programme", "proposal", "agency", "area", "state", "gone", "decree_id")


def kept():
    """What the rows of counts say: of entries (people and rupiah), and of people."""
    with scope.whole_country("tests"):
        entries, people = Counter(), Counter()
        for *key, number, rupiah in EntryCount.objects.values_list(*ENTRY_KEY, "people", "cost"):
            entries[*key, "people"] += number
            entries[*key, "rupiah"] += rupiah
        for row in PeopleCount.objects.all():
            people[row.area_id, row.agency_id, row.ended, *row.findings] += row.people
    return _without_nothing(entries), _without_nothing(people)


def counted():
    """The same, counted row by row."""
    with scope.whole_country("tests"):
        decrees = dict(DecreeEntry.objects.values_list("entry", "decree"))
        entries, people = Counter(), Counter()
        for entry in Entry.objects.select_related("proposal", "worker"):
            gone = bool(entry.worker.ended_on) or entry.worker.area_id != entry.area_id
            assert entry.gone == gone
            key = (
                *(entry.programme_id, entry.proposal_id, entry.proposal.agency_id, entry.area_id),
                *(entry.state, gone, decrees.get(entry.pk)),
            )
            entries[*key, "people"] += 1
            entries[*key, "rupiah"] += entry.cost
        for worker in Worker.objects.all():
            ended = worker.ended_on is not None
            people[worker.area_id, worker.agency_id, ended, *worker.findings] += 1
    return _without_nothing(entries), _without_nothing(people)


def _without_nothing(numbers):
    return {key: number for key, number in numbers.items() if number}


def assert_equal():
    assert kept() == counted()
