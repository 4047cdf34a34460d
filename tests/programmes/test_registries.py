"""Registries that a programme requires: read as offices write them, and written alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.programmes.registries import Named, Required, kept, read, written
from villages.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "required"),
    [
        ("DTSEN", Required("DTSEN")),
        ("DTSEN desil 1–4, 2026-I", Required("DTSEN", (1, 4), "2026-I")),
        ("dtsen  Desil 1 - 4", Required("dtsen", (1, 4))),
        ("DTSEN desil 1 sampai 4", Required("DTSEN", (1, 4))),
        ("DTSEN desil 1 s.d. 4", Required("DTSEN", (1, 4))),
        ("DTSEN desil 2", Required("DTSEN", (2, 2))),
        ("Data P3KE, 2024", Required("Data P3KE", None, "2024")),
    ],
)
def test_a_line_is_read(text, required):
    assert read(text) == (required,)


def test_there_may_be_several_one_a_line():
    assert read("DTSEN\n\n P3KE \n") == (Required("DTSEN"), Required("P3KE"))
    assert read("") == ()


@pytest.mark.parametrize("text", ["DTSEN desil", "DTSEN desil empat", "A, B, C", ", 2026"])
def test_a_line_that_cannot_be_read_is_refused_with_an_example(text):
    with pytest.raises(Refusal, match="misalnya: DTSEN desil 1–4, 2026-I"):
        read(text)


@pytest.mark.parametrize("text", ["DTSEN desil 0–4", "DTSEN desil 4–1", "DTSEN desil 1–11"])
def test_impossible_deciles_are_refused(text):
    with pytest.raises(Refusal, match="desil harus 1 sampai 10"):
        read(text)


def test_a_text_of_before_is_the_name_of_a_registry():
    assert kept("Data A, B, C") == (Required("Data A, B, C"),)


NAMES = st.sampled_from(["DTSEN", "P3KE", "Data Damisda"])
DECILES = st.none() | st.tuples(st.integers(1, 10), st.integers(1, 10)).map(
    lambda pair: tuple(sorted(pair))
)
REQUIRED = st.builds(Required, NAMES, DECILES, st.sampled_from(["", "2026-I", "2024"]))


@given(st.lists(REQUIRED))
def test_what_is_written_is_read_again(required):
    assert read(written(required)) == tuple(required)


@given(REQUIRED, st.integers(1, 10))
def test_without_deciles_any_decile_will_do(required, decile):
    low, high = required.deciles or (1, 10)
    named = Named(required.registry, required.period, decile)
    assert required.met_by(named) == (low <= decile <= high)
