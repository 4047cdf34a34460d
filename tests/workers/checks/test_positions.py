"""Reading positions and terms, and finding two heads of one seat."""

from datetime import date

import pytest

from enrollment.workers.checks.positions import (
    NONE,
    Held,
    Kind,
    Position,
    doubly_held,
    read_position,
    read_term,
)

TODAY = date(2026, 11, 28)
COVER = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ketua RT 03 RW 01", Position(Kind.RT, True, "003", "001")),
        ("KETUA RT. 03/RW. 01", Position(Kind.RT, True, "003", "001")),
        ("Ketua RT 003/001", Position(Kind.RT, True, "003", "001")),
        ("RT 003", Position(Kind.RT, True, "003")),
        ("Ketua RT 3 Dusun Krajan", Position(Kind.RT, True, "003", "", "KRAJAN")),
        ("Ketua Rukun Tetangga 5", Position(Kind.RT, True, "005")),
        ("Ketua RW 2", Position(Kind.RW, True, "", "002")),
        ("Ketua RW IV", Position(Kind.RW, True, "", "004")),
        ("Ketua RT", Position(Kind.RT, True)),
        ("Sekretaris RT 03", Position(Kind.RT, False, "003")),
        ("Wakil Ketua RW 2", Position(Kind.RW, False, "", "002")),
        ("Mantan Ketua RT 03", Position(Kind.RT, False, "003")),
        ("Kadus Krajan", Position(Kind.HAMLET, True, hamlet="KRAJAN")),
        ("Kepala Dusun Sumber Agung", Position(Kind.HAMLET, True, hamlet="SUMBER AGUNG")),
        ("kader posyandu", Position(Kind.CADRE)),
        ("Kader Posyandu RT 03", Position(Kind.CADRE)),
        ("Petani", NONE), ("", NONE), ("Marbot", NONE), ("Artis", NONE),
    ],
)  # fmt: skip
def test_a_position_is_read(text, meant):
    assert read_position(text) == meant


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("2020-2025", (date(2020, 1, 1), date(2025, 12, 31))),
        ("2020 s.d. 2026", (date(2020, 1, 1), date(2026, 12, 31))),
        ("2020 s/d 2026", (date(2020, 1, 1), date(2026, 12, 31))),
        ("01-02-2020 s.d. 31-01-2026", (date(2020, 2, 1), date(2026, 1, 31))),
        ("1 Februari 2020 sampai dengan 31 Januari 2026", (date(2020, 2, 1), date(2026, 1, 31))),
        ("2026-2020", (None, None)), ("5 tahun", (None, None)), ("2024", (None, None)),
        ("", (None, None)), ("seumur hidup", (None, None)),
    ],
)  # fmt: skip
def test_a_term_in_one_cell_is_read(text, term):
    assert read_term(text, TODAY) == term


def held(person, position="Ketua RT 03 RW 01", area="v", **values):
    return Held(person, area, read_position(position), **values)


def test_two_heads_of_one_rt():
    assert doubly_held([held(1), held(2, "RT 3/RW 1")], COVER) == {1, 2}
    assert doubly_held([held(1)], COVER) == set()


@pytest.mark.parametrize(
    "other",
    [
        held(2, "Ketua RT 03 RW 02"),
        held(2, "Ketua RT 04 RW 01"),
        held(2, area="w"),
        held(2, "Sekretaris RT 03 RW 01"),
        held(2, "Kader Posyandu RT 03"),
        held(2, "Ketua RT 03"),  # of which RW is not known
    ],
)
def test_other_seats_are_no_clash(other):
    assert doubly_held([held(1), other], COVER) == set()


def test_an_address_tells_what_the_words_leave_out():
    """Who is head of an RT lives there."""
    one, other = held(1, "Ketua RT", rt="003", rw="001"), held(2)
    assert doubly_held([one, other], COVER) == {1, 2}
    assert doubly_held([held(1, "Ketua RT", rt="004", rw="001"), other], COVER) == set()


def test_hamlets_tell_apart_where_no_rw_is_known():
    krajan, tengah = (held(n, "Ketua RT 03", hamlet=h) for n, h in [(1, "Krajan"), (2, "Tengah")])
    assert doubly_held([krajan, tengah], COVER) == set()
    assert doubly_held([krajan, held(3, "Ketua RT 3 Dusun Krajan")], COVER) == {1, 3}
    assert doubly_held([held(1, "Kadus Krajan"), held(2, "Kasun Krajan")], COVER) == {1, 2}


def test_terms_that_follow_one_another_are_no_clash():
    before = held(1, end=date(2026, 5, 31))
    assert doubly_held([before, held(2, start=date(2026, 6, 1))], COVER) == set()
    assert doubly_held([before, held(2, start=date(2026, 5, 31))], COVER) == {1, 2}


def test_a_term_that_ended_before_the_cover_is_no_clash():
    assert doubly_held([held(1, end=date(2025, 12, 31)), held(2)], COVER) == set()
    assert doubly_held([held(1, end=date(2026, 1, 1)), held(2)], COVER) == {1, 2}
