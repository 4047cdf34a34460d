"""Pages break names, numbers and file names that fill their columns without a space, and stay as
wide as the screen."""

import pytest

from enrollment.imports.models import Import, ImportRow
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts
from tests.pages import populated
from tests.pages.browser import assert_fits, open_known
from tests.pages.walk import NO_PAGE, UNFOLD, addresses, pages
from tests.proposals import making
from villages import scope
from villages.models import Agency, Area, User

pytestmark = pytest.mark.django_db

PHONE, DESK = 360, 1280
WORD = "SASTROWARDOYO" * 20
NUMBER = "188.45/417/406.001.3/" * 20
FILE = "DAFTAR_PEKERJA_RENTAN_" * 20
PERSON = {
    field: WORD[: Worker._meta.get_field(field).max_length]
    for field in ("name", "birth_place", "hamlet", "occupation_text", "mother_name", "position")
} | {"address": NUMBER[:255]}


@pytest.fixture
def sets(monkeypatch):
    """`populated` with the longest words; in the frozen copies of decrees too."""
    person, programme, decree = people.worker, making.programme, drafts.draft
    numbers = iter(range(10, 99))

    def long_person(*which, **values):
        return person(*which, **{**values, **PERSON})

    def long_programme(**values):
        return programme(**{**values, "name": f"{next(numbers)}{WORD}"[:150]})

    def long_decree(subsidy, **words):
        return decree(
            subsidy,
            **{**words, "number": f"{next(numbers)}{NUMBER}"[:100], "title": WORD[:255]},
        )

    monkeypatch.setattr(people, "worker", long_person)
    monkeypatch.setattr(making, "programme", long_programme)
    monkeypatch.setattr(drafts, "draft", long_decree)
    filled = populated.build()
    with scope.whole_country("tests"):
        Import.objects.update(filename=f"{FILE[:250]}.xlsx")
        ImportRow.objects.update(name=WORD[:150])
        Agency.objects.update(name=WORD[:120])
        User.objects.update(first_name=WORD[:150])
        Area.objects.filter(pk__in=[people.SENDEN, people.BOGORAN]).update(name=WORD[:100])
    return filled


@pytest.mark.every
def test_no_word_makes_a_page_wider(sets, client, as_person, page_at):
    seen, left, faults = set(), list(addresses(sets)), []
    page = page_at(PHONE, client)
    for who in ("rini", "kartika"):
        opened = []
        for name, url, answer in pages(as_person(who), left, seen, opened):
            open_known(page, url, answer)
            page.evaluate(UNFOLD)
            faults += [f"{who} {name} {url}: {misfit}" for misfit in misfits_of(page)]
        left = [address for address in left if address not in opened]
    assert {"decree_detail", "import_detail", "worker_detail"} <= {
        name for name, kind in seen if kind != NO_PAGE
    }
    assert not faults, "\n\n".join(faults)


def misfits_of(page):
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        try:
            assert_fits(page)
        except AssertionError as misfit:
            yield f"at {width} px: {misfit}"
