"""The public page in a browser, as a stranger sees it: a file is compared and sent nowhere."""

import os

import pytest
from django.test import Client

from tests import people
from tests.decrees import drafts, signing
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.selection import short
from villages import scope

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture
def issued():
    made = drafts.programme()
    drafts.approve(made, *(people.worker(number) for number in range(3)))
    decree = drafts.issue(signing.signed(signing.unnumbered(made)))
    drafts.printed(decree)
    return signing.fresh(decree)


@pytest.mark.parametrize("width", short([360, 1280]))
def test_a_dropped_file_is_compared_here(page_at, issued, width, tmp_path):
    with scope.whole_country("tests"):
        content = issued.files.get(kind="signed").file.read()
    page = page_at(width, Client())
    page.goto(f"{HOME}/k/{issued.header['code']}/")
    assert_accessible(page)
    assert_fits(page)
    assert_quiet(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    chosen = {"name": "naskah.pdf", "mimeType": "application/pdf", "buffer": content}
    page.set_input_files("#id_berkas", files=[chosen])
    page.wait_for_selector("[data-same]:visible")
    assert "Naskah bertanda tangan (PDF)" in page.inner_text("[data-same]")
    look(page, f"same-{width}")
    flipped = content[:-5] + bytes([content[-5] ^ 1]) + content[-4:]
    page.set_input_files("#id_berkas", files=[{**chosen, "buffer": flipped}])
    page.wait_for_selector("[data-differs]:visible")
    assert page.locator("[data-same]").is_hidden()
    assert_accessible(page)
    assert asked == []  # the file stays in the browser


DROP = """([where, content]) => {
  const dropped = new DataTransfer();
  if (content) dropped.items.add(new File([Uint8Array.from(content)], "jatuh.pdf"));
  else dropped.setData("text/uri-list", "https://jahat.example/");
  const event = new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: dropped});
  document.querySelector(where).dispatchEvent(event);
  return event.defaultPrevented;
}"""


def test_a_file_dropped_beside_the_frame_is_compared_too(page_at, issued):
    """The browser would else leave the page and open the file."""
    with scope.whole_country("tests"):
        content = list(issued.annexes.get(version="full").file.read())
    page = page_at(360, Client())
    page.goto(f"{HOME}/k/{issued.header['code']}/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    assert page.evaluate(DROP, ["h1", content])
    page.wait_for_selector("[data-same]:visible")
    assert "Lampiran lengkap (XLSX)" in page.inner_text("[data-same]")
    assert page.evaluate(DROP, ["[data-compare]", content[:-1]])
    page.wait_for_selector("[data-differs]:visible")
    assert page.evaluate(DROP, ["h1", None])  # a link that is dropped leads nowhere
    assert page.locator("[data-differs]").is_visible()
    assert asked == []


@pytest.mark.parametrize("width", short([360, 1280]))
def test_without_scripts_the_hash_is_typed(page_at, issued, width):
    page = page_at(width, Client(), javascript=False)
    page.goto(f"{HOME}/k/")
    look(page, f"ask-{width}")
    page.fill("#id_kode", issued.header["code"].lower())
    page.click("text=Periksa >> nth=-1")
    page.wait_for_url("**/k/*/")
    assert page.locator("#id_berkas").is_hidden()
    page.click("summary")
    page.fill("#id_sidik", "0" * 64)
    page.click("button:has-text('Bandingkan')")
    page.wait_for_selector("text=Berkasnya berbeda")
    look(page, f"differs-{width}")


def look(page, name):
    """Keep a picture where somebody wants to look (`PICTURES`)."""
    if place := os.environ.get("PICTURES"):
        page.screenshot(path=f"{place}/{name}.png", full_page=True)
