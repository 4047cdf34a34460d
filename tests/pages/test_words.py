"""A place is called on every page what its regency calls it: where villages are nagari, no page
says "desa"."""

import re
from html import unescape

import pytest

from tests import people
from tests.pages import populated
from tests.pages.walk import addresses, pages
from villages import scope

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DESA = re.compile(r"\b(?:[Kk]epala )?[Dd]esa(?:nya)?\b|\b[Kk]ades\b|\bAPBDes\b")
"""In capitals it is quoted from a sheet, as it was typed there."""
HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SHOWN = re.compile(r'\b(?:placeholder|title|aria-label|alt|content|data-label)="([^"]*)"')
WHERE_IT_IS_SET = {"profile_edit": {"desa", "kepala desa"}}
"""The page on which a regency chooses its words names the law's own."""


def words_of(html):
    """What a page says to somebody who sees or hears it."""
    html = HIDDEN.sub(" ", html)
    return unescape(" ".join([re.sub(r"<[^>]*>", " ", html), *SHOWN.findall(html)]))


@pytest.fixture(scope="module")
def sets(kept_for_module):
    profile = people.regency(people.TRENGGALEK)
    profile.village_word, profile.village_head_word = "nagari", "wali nagari"
    with scope.whole_country("test"):
        profile.save()
    return populated.build()


@pytest.mark.parametrize("who", ["kartika", "vera", "rini", "bima"])
def test_no_page_says_desa_where_villages_are_nagari(who, sets, as_person):
    said, shown = set(), 0
    for name, url, answer in pages(as_person(who), list(addresses(sets)), set()):
        shown += 1
        words = words_of(answer.text)
        allowed = WHERE_IT_IS_SET.get(name, ())
        said |= {
            (name, url, " ".join(words[max(found.start() - 40, 0) : found.end() + 40].split()))
            for found in DESA.finditer(words)
            if found[0].lower() not in allowed
        }
    assert shown > 5
    assert not said, "\n".join(map(" | ".join, sorted(said)))
