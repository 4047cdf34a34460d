"""One slip of the fingers between two words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.workers.checks.spelling import one_slip


@pytest.mark.parametrize("typed", ["senden", "snden", "sennden", "sanden", "sendne", "esnden"])
def test_a_letter_left_out_added_changed_or_swapped_is_one_slip(typed):
    assert one_slip(typed, "senden")


@pytest.mark.parametrize("typed", ["sanden a", "snedne", "sade", "sandan", ""])
def test_more_is_another_word(typed):
    assert not one_slip(typed, "senden")


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_it_does_not_matter_which_word_was_meant(one, other):
    assert one_slip(one, other) == one_slip(other, one)
