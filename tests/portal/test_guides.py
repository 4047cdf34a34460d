"""The guides of docs/panduan are pages of the portal, and lead from one to the other."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from markdown_it import MarkdownIt

from portal import guides
from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits
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


def test_pages_link_to_the_chapter_that_helps(as_person):
    client = as_person("rini")
    for name, guide in (("settings", "admin"), ("import_new", "kepala-desa"),
                        ("programme_new", "admin"), ("decree_list", "admin")):  # fmt: skip
        assert reverse("guide", args=[guide]) in client.get(reverse(name)).text, name


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
