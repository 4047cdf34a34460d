"""What a cell says of an illness; the sentences of offices' lists."""

import pytest

from enrollment.illness.rules import read


@pytest.mark.parametrize(
    ("cell", "ill"),
    [
        ("Ya", True), ("YA, stroke", True), ("v", True), ("√", True), (1, True), (True, True),
        ("sakit", True), ("Sakit berat", True), ("sedang sakit keras", True),
        ("tidak sehat", True), ("tidak bekerja", True),
        ("Tidak", False), ("tdk", False), ("T", False), (0, False), ("tidak sakit", False),
        ("sakit ringan", False), ("sehat", False), ("Sehat, bekerja", False),
        ("", None), (None, None), ("-", None), ("kadang-kadang", None), ("x", None),
    ],
)  # fmt: skip
def test_under_a_heading_that_asks_for_an_illness(cell, ill):
    assert read({"ill": cell}) is ill


@pytest.mark.parametrize(
    ("cell", "ill"),
    [
        ("Ya", False), ("Sehat", False), ("baik", False), ("v", False), ("sakit ringan", False),
        ("Tidak", True), ("sakit", True), ("tidak sehat", True), ("Sakit berat", True),
        ("", None), ("kurang jelas", None),
    ],
)  # fmt: skip
def test_under_a_heading_that_asks_for_health(cell, ill):
    assert read({"healthy": cell}) is ill


def test_two_columns_that_disagree_say_nothing():
    assert read({"ill": "ya", "healthy": "sehat"}) is None
    assert read({"ill": "ya", "healthy": "tidak"}) is True
    assert read({}) is None
