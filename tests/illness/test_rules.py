"""What a cell says of an illness; the sentences of offices' lists."""

import pytest

from enrollment.illness.rules import is_unread, read


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


@pytest.mark.parametrize(
    ("told", "unread"),
    [
        ({"ill": "mungkin"}, True), ({"healthy": "kurang jelas"}, True),
        ({"ill": "ya", "healthy": "sehat"}, True), ({"ill": "mungkin", "healthy": ""}, True),
        ({"ill": "ya"}, False), ({"ill": "tidak", "healthy": "-"}, False),
        ({"ill": False}, False), ({"ill": ""}, False), ({"ill": "-"}, False),
        ({"ill": None}, False), ({}, False),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_understood_is_told(told, unread):
    assert is_unread(told) is unread
