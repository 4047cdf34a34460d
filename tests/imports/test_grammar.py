"""Lists made by the grammar of `bench/meaning`, which `bench/meaning/run` makes by the thousand.

The grammar tells the truth: about a list, about its parts, and about what a reader gets wrong.
And the reader understands the kinds in `UNDERSTOOD`, in lists other than those of the measurement.
"""

import re
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from bench.meaning import kinds, villages, wordings
from bench.meaning.judging import Kept, judged, verdict
from bench.meaning.model import laid_out
from bench.meaning.shrinking import shrunk
from enrollment.workbooks.opening import Sheet
from tests.sources import BASE
from villages import scope

pytestmark = pytest.mark.django_db
SEED = 2026
UNDERSTOOD = (
    "plain",
    "columns: name and NIK in one",
    "columns: order",
    "columns: ticked sex",
    "heading: english",
    "layout: below heading",
    "layout: ditto",
    "layout: end",
    "layout: families",
    "layout: groups",
    "layout: letterhead",
    "layout: merged",
    "layout: pages",
    "layout: replaced",
    "layout: second table",
    "layout: sheets",
    "layout: unnamed",
    "life: decoys",
    "people: no NIK",
    "people: no name",
    "value: coded sex",
    "value: faulty",
    "value: sex",
    "village: title below",
    "village: two that differ",
)
"""Kinds of lists in which nothing is misread. This only grows."""


@cache
def regencies():
    with scope.whole_country("tests"):
        return villages.load()


def lists(kind, count):
    return [kinds.make(SEED, number, regencies(), kind) for number in range(count)]


def sheets_of(laid):
    return [Sheet(sheet.name, sheet.visible, iter(sheet.rows)) for sheet in laid.sheets]


def plain_list():
    return next(made for made in lists("plain", 50) if "rt" in keys_of(made) and made.area > "35.1")


def keys_of(made):
    return {column.key for column in made.plans[0].tables[0].columns}


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_each_kind_has_people_and_is_the_same_for_the_same_seed(kind):
    for first, second in zip(lists(kind, 8), lists(kind, 8), strict=True):
        laid = laid_out(first)
        assert laid.people
        assert laid == laid_out(second)
        places = {(sheet.name, number) for sheet in laid.sheets for number, _ in sheet.rows}
        assert laid.people.keys() <= places


@pytest.mark.parametrize("kind", UNDERSTOOD)
def test_lists_of_this_kind_are_understood(kind):
    for made in lists(kind, 20):
        assert (made.number, judged(made).details) == (made.number, {})


def test_whoever_is_left_keeps_the_truth_when_rows_and_columns_go():
    made = plain_list()
    table = made.plans[0].tables[0]
    columns = tuple(column for column in table.columns if column.key != "rt")
    smaller = replace(table, columns=columns, lines=table.lines[1:])
    plan = replace(made.plans[0], tables=(smaller,))
    before = list(laid_out(made).people.values())[1:]
    after = laid_out(replace(made, plans=(plan,))).people.values()
    assert [{**truth, "rt": ("",)} for truth in before] == list(after)


def test_a_value_that_is_misread_is_silent_unless_a_finding_is_about_it():
    made = plain_list()
    laid = laid_out(made)
    place = next(iter(laid.people))
    laid.people[place] = {**laid.people[place], "rt": ("999",)}
    assert verdict(made, laid, sheets_of(laid)).faults == {place: ["wrong rt"]}
    told = Kept({"rt": "", "phone": "", "nik": ""}, ("rt.missing", "nik.region_unknown"))
    assert told.tells_of("rt")
    assert not told.tells_of("phone")
    assert not told.tells_of("nik")  # a warning lets the row be taken


def test_people_who_vanish_or_are_invented_are_noticed():
    made = plain_list()
    laid = laid_out(made)
    place, truth = laid.people.popitem()
    assert verdict(made, laid, sheets_of(laid)).faults == {place: ["invented"]}
    nowhere = ("nowhere", 1)
    laid.people[place], laid.people[nowhere] = truth, truth
    result = verdict(made, laid, sheets_of(laid))
    assert (result.faults, result.vanished) == ({nowhere: ["vanished"]}, 1)


def test_a_good_row_that_is_refused_is_noticed_and_a_bad_one_that_is_taken():
    made = plain_list()
    laid = laid_out(made)
    place = next(iter(laid.people))
    laid.people[place] = {**laid.people[place], "ended": (True,)}
    assert verdict(made, laid, sheets_of(laid)).faults == {place: ["lost ended"]}
    faulty = next(made for made in lists("people: no name", 5) if not judged(made).faults)
    laid = laid_out(faulty)
    place = next(at for at, truth in laid.people.items() if truth["name"] == ("",))
    laid.people[place] = {**laid.people[place], "name": ("-",), "told": ()}
    result = verdict(faulty, laid, sheets_of(laid))
    assert result.faults == {place: ["refused name.missing"]}
    assert result.refused == 1


def test_shrinking_leaves_the_fault_and_little_else():
    def fails(made):
        return any("petani" in str(line.cells).lower() for line in made.plans[0].tables[0].lines)

    made = next(made for made in lists("plain", 50) if fails(made))
    table = shrunk(made, fails).plans[0].tables[0]
    assert len(table.lines) == 1
    assert {column.key for column in table.columns} == {"nik", "name"}


def test_the_grammar_is_wider_than_the_words_in_the_code():
    """At least a third of its wordings stand nowhere in the code, not even within a pattern."""
    rooms = ("enrollment/sheets", "enrollment/fields")
    files = [path for room in rooms for path in (BASE / room).rglob("*.py")]
    code = " ".join(words(path.read_text()) for path in files)
    dice = Random(SEED)
    made = {words(wordings.worded(key, dice)) for key in wordings.WORDINGS for _ in range(300)}
    made -= {""}
    unlisted = [wording for wording in made if f" {wording} " not in code]
    assert len(made) > 500
    assert len(unlisted) > len(made) / 3


def words(text):
    return " ".join(re.findall("[a-z0-9]+", text.casefold()))
