"""Passwords that people here would guess first are refused."""

from contextlib import suppress

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "bismillah123", "Rahasia2026!", "sayangku12345", "merdeka1945!!", "lindungdesa26",
        "Trenggalek2026", "senden12345", "kabupatentrenggalek", "kecamatankampak1", "kepaladesa.01",
        "bpjs-jamsostek", "qwertyuiop12", "kartika1990!", "indonesia12345",
        "081234567890", "12-08-1990-12", "Sayang Ibu 1",
    ],
)  # fmt: skip
def test_a_password_of_common_words_or_places_is_refused(password):
    kartika = people.office("kartika").user
    with pytest.raises(ValidationError):
        validate_password(password, kartika)


@pytest.mark.parametrize(
    "password",
    ["sawah-hijau-pagi-77", "Pensil kuning tiga kodok", "x7!pelikan-Atap", "tangga.Bubur.4.lilin"],
)
def test_a_password_of_unrelated_words_is_taken(password):
    validate_password(password, people.office("kartika").user)


def test_a_short_one_is_refused():
    with pytest.raises(ValidationError, match="10"):
        validate_password("x7!pel-At")


@pytest.mark.parametrize("password", ["a" * 100_000, "x\0y" * 5, "😀" * 12, "пароль-из-букв-77"])
def test_odd_passwords_neither_break_nor_delay_it(password):
    """Looking for words in all of a long text would take minutes."""
    with suppress(ValidationError):
        validate_password(password, people.office("kartika").user)


def test_digits_and_signs_are_taken_when_they_are_many():
    validate_password("8472-9911-0034-57", people.office("kartika").user)
