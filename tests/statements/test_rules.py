"""What a statement lacks, and its sentence."""

from datetime import date

import pytest

from enrollment.statements.rules import Demand, Statement, Weight, missing

FIRST = date(2026, 4, 1)
WHOLE = Statement(
    "Petani", "sawah Krajan", "menanam padi", "Sunarto, kepala dusun", date(2026, 3, 2)
)
WARNS = Demand(Weight.WARNING, 12)


def without(**values):
    given = {name: getattr(WHOLE, name) for name in Statement.__dataclass_fields__}
    return Statement(**given | values)


def test_a_whole_statement_lacks_nothing():
    assert missing(WHOLE, WARNS, FIRST) == []


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({"workplace": ""}, ["tempat bekerja"]),
        ({"work": "", "said_by": ""}, ["yang dikerjakan", "siapa yang menyatakan"]),
        ({"said_on": None}, ["tanggalnya"]),
        ({"occupation": ""}, []),
    ],
)
def test_what_is_missing_is_named(values, lacks):
    assert missing(without(**values), WARNS, FIRST) == lacks


def test_an_old_statement_is_said_again():
    assert missing(without(said_on=date(2025, 4, 30)), WARNS, FIRST) == []
    (lacks,) = missing(without(said_on=date(2025, 3, 31)), WARNS, FIRST)
    assert lacks == "tanggal yang baru (yang ini 31 Maret 2025)"
    assert missing(without(said_on=date(2025, 3, 31)), Demand(Weight.WARNING, 13), FIRST) == []


def test_a_statement_after_the_first_month_counts():
    assert missing(without(said_on=date(2026, 6, 1)), WARNS, FIRST) == []
