"""The guides of docs/panduan are pages of the portal, and lead from one to the other."""

import re
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urljoin

import openpyxl
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt

from portal import guides, helping
from tests import people
from tests.access.addresses import DECLARED
from tests.pages.browser import HOME, assert_accessible, assert_fits
from tests.proposals import making
from tests.sources import BASE
from villages.models import Role

pytestmark = pytest.mark.django_db
FILES = sorted(path.stem for path in (BASE / "docs/panduan").glob("*.md"))


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.hrefs, self.ids, self.pictures = [], set(), []
        self.feed(html)

    def handle_starttag(self, tag, pairs):
        given = dict(pairs)
        self.ids.add(given.get("id"))
        if tag == "a" and given.get("href"):
            self.hrefs.append(given["href"])
        if tag == "img":
            self.pictures.append(given["src"])


def page(client, name):
    return client.get(reverse("guide", args=[guides.address_of(name)]))


def test_every_file_is_a_page():
    assert sorted(guides.ORDER) == FILES
    assert set(guides.GUIDE_OF) == set(Role)
    assert set(guides.GUIDE_OF.values()) <= set(guides.ORDER)


@pytest.mark.parametrize("name", FILES)
def test_a_guide_opens_and_all_its_links_and_pictures_lead_somewhere(name, as_person):
    client = as_person("kartika")
    answer = page(client, name)
    assert answer.status_code == 200
    assert "&lt;" not in answer.text, "what is meant for whoever writes the file"
    found = Links(answer.text)
    for href in found.hrefs:
        path, _, anchor = urljoin(answer.request["PATH_INFO"], href).partition("#")
        if not path.startswith("/bantuan/"):
            continue
        target = client.get(path)
        assert target.status_code == 200, href
        assert not anchor or anchor in Links(target.text).ids, href
    for picture in found.pictures:
        if "panduan/" in picture:
            assert finders.find(picture.removeprefix("/static/")), picture
    assert ".md" not in re.sub(r"<[^>]*>", "", answer.text)


def test_the_own_guide_comes_first(as_person):
    for name, title in (("kartika", "Panduan kepala desa"), ("rini", "Panduan admin kabupaten")):
        headings = re.findall(
            r"<h2>.*?</h2>", as_person(name).get(reverse("guide_list")).text, re.S
        )
        assert title in headings[0]


def test_chapters_are_found_by_their_words(as_person):
    client = as_person("rini")
    found = client.get(reverse("guide_list"), {"q": "kuota"}).context["found"]
    assert found[0].title == "Mengatur kuota"
    assert "Tidak ditemukan" in client.get(reverse("guide_list"), {"q": "kuota zebra"}).text
    markup = client.get(reverse("guide_list"), {"q": "<script>"}).text
    assert "<script>" not in markup.replace("<script src", "")


def test_html_in_a_guide_is_shown_as_text():
    reader = MarkdownIt("commonmark", {"html": False})
    assert "<script>" not in reader.render("<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("who", "name", "chapter"),
    [
        ("rini", "programme_new", "admin/#membuat-program"),
        ("rini", "decree_list", "admin/#membuat-keputusan-bupati"),
        ("rini", "import_new", "kepala-desa/#mengunggah-daftar"),
        ("kartika", "import_new", "kepala-desa/#mengunggah-daftar"),
        ("tani", "worker_list", "kepala-desa/#melengkapi-data"),
        ("vera", "leaving_list", "dinas/#orang-keluar"),
        ("dewi", "proposal_list", "dpmd/"),
    ],
)
def test_pages_link_to_the_chapter_that_helps(who, name, chapter, as_person):
    found = re.findall(r'class="help-here" href="([^"]+)"', as_person(who).get(reverse(name)).text)
    assert found == [f"/bantuan/{chapter}"]


def test_the_file_of_a_list_has_no_link_to_a_guide(as_person):
    making.programme()
    client = as_person("rini")
    assert "Bantuan</a>" in client.get(reverse("programme_list")).text
    rows = openpyxl.load_workbook(
        BytesIO(client.get(reverse("programme_list"), {"unduh": "xlsx"}).content)
    ).active.values
    assert "Bantuan" not in [str(cell).split()[-1] for row in rows for cell in row if cell]


def test_each_chapter_helps_on_pages_that_there_are():
    for guide, chapters in helping.CHAPTERS.items():
        text = (BASE / "docs/panduan" / f"{guide}.md").read_text()
        anchors = {slugify(words) for words in re.findall(r"^##+ (.+)$", text, re.M)}
        assert set(chapters) - {""} <= anchors, guide
        names = " ".join(chapters.values()).split()
        assert set(names) <= set(DECLARED), guide
        assert len(names) == len(set(names)), "one page, one chapter"


NOT_OF_A_PAGE = {
    "mengurutkan-daftar-tunggu", "merencanakan-jumlah-usulan", "menulis-angka",
    "keputusan-diperiksa-umum", "yang-ditanyakan-sekali-lagi",
}  # fmt: skip
"""Chapters of the admin about parts of pages that another chapter explains."""


def test_no_chapter_of_who_works_daily_is_found_by_nobody():
    for name in ("kepala-desa", "kecamatan", "admin"):
        sections = guides.guide(name, "desa", "kepala desa").sections
        left = {section.anchor for section in sections} - helping.CHAPTERS[name].keys()
        assert left <= NOT_OF_A_PAGE, name


def test_the_image_of_the_portal_holds_them():
    kept = (BASE / ".dockerignore").read_text().split()
    copied = (BASE / "Dockerfile").read_text()
    for folder in ("docs/panduan", "docs/gambar"):
        assert f"!{folder}" in kept
        assert f"COPY {folder} {folder}" in copied


def test_a_guide_that_does_not_exist_is_not_found(as_person):
    assert as_person("kartika").get("/bantuan/rahasia/").status_code == 404
    assert people.NAMES


@pytest.mark.parametrize("name", ["langkah", "dinas"])
def test_on_a_phone_no_word_of_a_table_is_broken(name, page_at, as_person):
    """A wide table is moved sideways in its room, and not the page."""
    shown = page_at(360, as_person("kartika"))
    shown.goto(f"{HOME}{reverse('guide', args=[name])}")
    lines = shown.evaluate(
        """[...document.querySelectorAll(".guide-table th")].filter(each => each.innerText.trim())
            .filter(each => !/\\s/.test(each.innerText.trim())).map(each => {
              const range = document.createRange(); range.selectNodeContents(each);
              return [each.innerText, new Set([...range.getClientRects()].map(r => r.top)).size];
            })"""
    )
    assert len(lines) > 1
    assert [word for word, rows in lines if rows > 1] == []
    assert_fits(shown)
    assert_accessible(shown)
