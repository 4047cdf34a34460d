"""RT and RW in their own columns, in one column and in addresses."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.workers.checks.rt_rw import find_rt_rw, is_read, read_rt_rw


@pytest.mark.parametrize(
    ("cell", "pair"),
    [
        ("006", ("006", "")),
        ("6", ("006", "")),
        (6.0, ("006", "")),
        (6, ("006", "")),
        ("6.0", ("006", "")),
        ("10.0", ("010", "")),
        ("RT 06", ("006", "")),
        ("RT.06", ("006", "")),
        ("005/004", ("005", "004")),
        ("5 / 4", ("005", "004")),
        ("05-04", ("005", "004")),
        ("RT 05/RW 04", ("005", "004")),
        ("RT. 005 RW. 004", ("005", "004")),
        ("RT 5/4", ("005", "004")),
        ("RW 04 RT 05", ("005", "004")),
        ("RW 04", ("", "004")),
        ("-", ("", "")),
        ("", ("", "")),
        (None, ("", "")),
        ("000", ("", "")),
        (0, ("", "")),
        ("0/2", ("", "002")),
        ("III", ("003", "")),
        ("RT III RW II", ("003", "002")),
        ("I/II", ("001", "002")),
        ("07–02", ("007", "002")),
        ("3 dan 5", ("003", "005")),
        ("03.05", ("003", "005")),
        ("3.0/5.0", ("003", "005")),
        ("003005", ("003", "005")),
        ("'02/03", ("002", "003")),
        ("(03/04)", ("003", "004")),
        ("04/RW 05", ("004", "005")),
        ("R.T 05 R.W 02", ("005", "002")),
        ("rt.06rw.03", ("006", "003")),
        ("RT/RW : 011/005", ("011", "005")),
        ("RTRW 01/02", ("001", "002")),
        ("RW/RT 05/03", ("003", "005")),
        ("RT - RW 05", ("", "005")),
        ("RT/RW -/-", ("", "")),
        ("005 RT / 002 RW", ("005", "002")),
        ("RT 003 RW 005 No 12", ("003", "005")),
        ("Rukun Tetangga 03 Rukun Warga 05", ("003", "005")),
        (datetime(2026, 5, 3), ("3-Mei-26", "")),
        (date(2026, 5, 3), ("3-Mei-26", "")),
        ("2026-05-03", ("3-Mei-26", "")),
        ("2026-05-03 00:00:00", ("3-Mei-26", "")),
        ("3-Mei-26", ("3-Mei-26", "")),
    ],
)
def test_rt_and_rw_are_read_from_their_cell(cell, pair):
    assert read_rt_rw(cell) == pair


@pytest.mark.parametrize(
    ("address", "pair"),
    [
        ("DUSUN KRAJAN RT 05 RW 02", ("005", "002")),
        ("Jl. Melati RT.05/RW.02", ("005", "002")),
        ("Jl. Melati RT 5/2", ("005", "002")),
        ("Dsn. Sumber Rt: 3", ("003", "")),
        ("JL. ARTERI NO. 12", ("", "")),
        ("JL. MULYANI NO. 1", ("", "")),
        ("PERT 5", ("", "")),
        ("KRAJAN RT/RW. 05/02", ("005", "002")),
        ("KRAJAN RT/RW:008/002", ("008", "002")),
        ("Krajan RT III/II", ("003", "002")),
        ("KRAJAN, 06/03", ("006", "003")),
        ("004/005, Dsn X", ("004", "005")),
        ("Dsn Krajan 3/5", ("003", "005")),
        ("JL. RAYA 03/02 SENDEN", ("003", "002")),
        ("Jl. Merdeka 12/5", ("", "")),
        ("JL. MELATI NO. 12/3", ("", "")),
        ("JL. MELATI NO. 004/005", ("", "")),
        ("Lahir 17/08/1975", ("", "")),
        ("Jl. R.W. Monginsidi 12", ("", "")),
        ("", ("", "")),
    ],
)
def test_rt_and_rw_are_found_in_an_address(address, pair):
    assert find_rt_rw(address) == pair


@pytest.mark.parametrize(
    "cell", ["X", "05A", "5-Apr", "Krajan", "0305", "3/5/2", 3.1, "Krajan 3", "RT 0305"]
)
def test_what_cannot_be_read_stays_as_typed(cell):
    rt, rw = read_rt_rw(cell)
    assert (rt, rw) == (str(cell), "") and not is_read(rt)


numbers = st.integers(1, 30)


@given(
    numbers,
    numbers,
    st.sampled_from(
        ["{:03d}/{:03d}", "{}-{}", "RT {} RW {}", "rt.{:02d}/rw.{:02d}", "RT/RW {}/{}"]
    ),
)
def test_a_pair_in_a_usual_form_is_read_back(rt, rw, form):
    assert read_rt_rw(form.format(rt, rw)) == (f"{rt:03d}", f"{rw:03d}")


@given(st.text(max_size=60))
def test_no_text_raises(text):
    assert all(len(part) <= 10 for part in read_rt_rw(text))
    assert all(part == "" or is_read(part) for part in find_rt_rw(text))
