"""What the verifier is warned of stands on the screen, and not on what Ctrl-P prints."""

import pytest
from django.urls import reverse

from enrollment.workers.checks.findings import CODES
from tests import people
from tests.illness.test_who_reads import say
from tests.pages.browser import HOME
from tests.proposals import making
from tests.statements.test_programmes import SAID

pytestmark = pytest.mark.django_db
TOLD, SENTENCE = CODES["work.too_ill"].label, CODES["work.too_ill"].sentence
OTHER = CODES["position.ends"].label
SHOWN = "document.body.innerText"


@pytest.fixture
def listed():
    """Two who are ill; of the second something else is noted, too."""
    ends = {"position": "Ketua RW 02", "term_end": "2026-06-30"}
    subsidy = making.programme()
    entries = making.entries(making.submitted(subsidy, 1, **SAID))
    entries += making.entries(making.submitted(subsidy, 1, by="bagus", area=people.BOGORAN,
                                               first=10, **ends, **SAID))  # fmt: skip
    for entry, by in zip(entries, ("kartika", "bagus"), strict=True):
        say(entry.worker, by=by)
    return entries


def pages(entry):
    programme = entry.programme_id
    return {
        "list": reverse("programme_people", args=[programme]),
        "entry": reverse("entry_detail", args=[entry.public_id]),
        "desk": reverse("programme_desk", args=[programme]) + f"?orang={entry.public_id}",
    }


@pytest.mark.parametrize("name", ["list", "entry", "desk"])
def test_is_on_the_screen_and_not_on_paper(name, listed, page_at, as_person):
    page = page_at(1280, as_person("vera"))
    for entry in listed:
        page.goto(HOME + pages(entry)[name])
        for toggle in page.locator("details.toggle:has(.findings) > summary").all():
            toggle.click()
        seen = page.evaluate(SHOWN)
        assert TOLD in seen or SENTENCE in seen
        page.emulate_media(media="print")
        printed = page.evaluate(SHOWN)
        assert "sakit" not in printed.lower()
        assert entry.worker.name in printed
        page.emulate_media(media="screen")


def test_what_else_is_noted_is_printed_and_an_empty_note_leaves_nothing(listed, page_at, as_person):
    page = page_at(1280, as_person("vera"))
    alone, both = listed
    for entry, notes in ((alone, 0), (both, 1)):
        page.goto(HOME + pages(entry)["entry"])
        assert page.locator(".findings").evaluate("each => each.checkVisibility()")
        page.emulate_media(media="print")
        shown = "all => all.filter(each => each.checkVisibility()).length"
        assert page.locator(".finding").evaluate_all(shown) == notes
        assert ("Yang perlu dilihat" in page.evaluate(SHOWN)) is bool(notes)
        page.emulate_media(media="screen")
    page.goto(HOME + pages(both)["list"])
    page.emulate_media(media="print")
    assert OTHER in page.evaluate(SHOWN)
    page.emulate_media(media="screen")
