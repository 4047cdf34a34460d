"""How values of people are shown: masked, in full, and told apart."""

from datetime import date

import pytest

from enrollment.workers.history import COLUMNS
from enrollment.workers.models import Worker
from enrollment.workers.showing import in_full, label, shown, told_apart

BORN = date(1975, 8, 17)


@pytest.mark.parametrize(
    ("column", "value", "masked", "whole"),
    [
        ("nik", "3522151708750001", "352215**********", "3522151708750001"),
        ("kk", "3522151203100002", "352215**********", "3522151203100002"),
        ("mother_name", "SITI AMINAH", "S*** A*****", "SITI AMINAH"),
        ("phone", "081234567890", "************", "081234567890"),
        ("birth_date", BORN, "1975", "17-08-1975"),
        ("term_start", BORN, "17-08-1975", "17-08-1975"),
        ("sex", "L", "Laki-laki", "Laki-laki"),
        ("birth_date", None, "", ""),
    ],
)
def test_a_value_is_shown_masked_and_in_full(column, value, masked, whole):
    assert shown(column, value) == masked
    assert in_full(column, value) == whole


def test_people_are_told_apart_by_rt_and_birth_year():
    assert told_apart(Worker(rt="003", birth_date=BORN)) == "RT 003, lahir 1975"
    assert told_apart(Worker(rt="", birth_date=BORN)) == "lahir 1975"
    assert told_apart(Worker(rt="")) == told_apart(None) == ""


def test_no_column_of_the_history_is_shown_by_its_own_name():
    for column in COLUMNS:
        assert label(column) != column.replace("_", " "), column
    assert label("ended_reason") == "Alasan berakhir"
    assert in_full("consent_on", True) == "ya"
