"""What a person's state is called on a day, from the draft to after the decree."""

from datetime import date

import pytest

from enrollment.proposals.stages import NAMES, Grant, counted, standing_on, tiles

YEAR = (date(2026, 4, 1), date(2027, 1, 1))
BEFORE, DURING, AFTER = date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1)
DECREED = Grant(number="1/2026", months=YEAR)
REGISTERED = Grant(number="1/2026", months=YEAR, registered_on=date(2026, 3, 20))


@pytest.mark.parametrize(
    ("day", "grant", "following"),
    [
        (BEFORE, None, "Menunggu keputusan"),
        (AFTER, None, "Menunggu keputusan"),
        (BEFORE, DECREED, "Menunggu pendaftaran BPJS"),
        (DURING, DECREED, "Menunggu pendaftaran BPJS"),
        (AFTER, DECREED, "Masa program berakhir 31 Desember 2026"),
        (BEFORE, REGISTERED, "Terdaftar di BPJS 20 Maret 2026, masa program mulai April 2026"),
        (DURING, REGISTERED, "Terdaftar di BPJS 20 Maret 2026"),
        (AFTER, REGISTERED, "Masa program berakhir 31 Desember 2026"),
    ],
)
def test_after_approval_it_follows_from_the_decree_and_the_day(day, grant, following):
    standing = standing_on(day, "approved", grant)
    assert standing.word == ("Ditetapkan" if grant else "Disetujui")
    assert standing.next == following


@pytest.mark.parametrize("grant", [None, DECREED, REGISTERED])
def test_who_has_died_after_approval_does_not_look_well_cared_for(grant):
    standing = standing_on(DURING, "approved", grant, gone="Sudah tidak terdaftar")
    assert (standing.tone, standing.next) == ("attention", "Sudah tidak terdaftar")


@pytest.mark.parametrize("state", ["draft", "submitted", "verified", "returned", "waiting"])
def test_before_approval_the_day_does_not_matter(state):
    assert standing_on(BEFORE, state) == standing_on(AFTER, state)


def test_nobody_is_called_protected():
    """Not even in the months of a decree whose people are registered: nothing is paid yet."""
    days, grants = (BEFORE, DURING, AFTER), (None, DECREED, REGISTERED)
    said = [standing_on(day, "approved", grant) for day in days for grant in grants]
    assert not [one for one in said if "lindung" in f"{one.word} {one.next}".lower()]
    assert not [label for label in NAMES.values() if "lindung" in label.lower()]


def test_people_of_a_draft_decree_still_count_as_approved():
    rows = [("approved", None, 3), ("approved", "draft", 4), ("approved", "issued", 5)]
    assert counted([*rows, ("draft", None, 1), ("rejected", None, 0)], ["issued"]) == {
        "draft": 1,
        "approved": 7,
        "decreed": 5,
    }


def test_a_stage_without_people_has_no_tile():
    shown = tiles({"approved": 2, "decreed": 1, "draft": 0})
    assert [(stage, number) for stage, _, number, _ in shown] == [("approved", 2), ("decreed", 1)]
