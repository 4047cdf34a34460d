"""Searching for a name that is written a little otherwise."""

import random

import pytest

from enrollment.workers.models import Worker
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db

NAMES = [
    *("SITI AMINAH", "SITTI AMINAH", "SRI WAHYUNI", "SRI WAHJOENI", "M. ALI", "H. MOH. ALI", "NUR"),
    *("NURUL HIDAYAH", "AGUS", "AGOES SALIM", "YU", "A B C", "EKO-PRASETYO", "D'ARC", "I MADE OKA"),
    *("NI LUH PUTU SARI", "DWI LESTARI", "TRI", "O", "ZAINAL ABIDIN", "R.A. KARTINI"),
]  # fmt: skip


def test_only_names_that_trigrams_call_similar_are_found_and_all_of_these():
    """Looking at parts of a word first leaves nobody out, however the word is mistyped."""
    for number, name in enumerate(NAMES):
        people.worker(number, name=name)
    with scope.whole_country("test"):
        everybody, found = Worker.objects.all(), 0
        for text in _mistyped(random.Random(5), 400):
            similar = {w.name for w in everybody.filter(name__trigram_word_similar=text)}
            assert {w.name for w in everybody.filter(name__similar=text)} == similar, text
            found += bool(similar)
    assert found > 100, "the texts resemble no name"


def test_a_text_longer_than_a_name_is_told_and_searched_for_by_nobody(as_person):
    """Comparing it with every name of a regency would take minutes."""
    people.worker(1, name="SITI")
    client = as_person("kartika")
    assert "Paling panjang 150 huruf" in client.get("/pekerja/", {"q": "siti " * 31}).text
    assert "Tidak ada yang cocok" in client.get("/pekerja/", {"q": "zz " * 50}).text


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "...", " "])
def test_a_search_for_signs_finds_nobody(as_person, typed):
    people.worker(1, name="SITI")
    answer = as_person("kartika").get("/pekerja/", {"q": f"zz{typed}zz"})
    assert "Tidak ada yang cocok" in answer.text


def _mistyped(chance, times):
    """Names with a letter dropped, doubled, replaced or moved to another word."""
    for _ in range(times):
        letters = list(chance.choice(NAMES).lower())
        for _ in range(chance.randrange(3)):
            at = chance.randrange(len(letters))
            letters[at] = chance.choice(["", letters[at] * 2, chance.choice("aeiou .-"), "k"])
            letters = list("".join(letters)) or ["a"]
        yield "".join(letters)
