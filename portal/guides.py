"""The guides of docs/panduan as pages: written once, read beside the work they explain, with the
words of the reader's regency for a desa and its head.

They are our own files, written in Markdown. HTML in them is shown as text, never run, and notes to
whoever writes them (`<!-- … -->`) are left out.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from villages.models import Role

FOLDER = settings.BASE_DIR / "docs" / "panduan"
START = "README"
ORDER = [
    START, "kepala-desa", "kecamatan", "dpmd", "opd", "dinas", "admin", "bpjs", "auditor",
    "temuan", "langkah",
]  # fmt: skip
GUIDE_OF = {
    Role.VILLAGE_OPERATOR: "kepala-desa",
    Role.VILLAGE_HEAD: "kepala-desa",
    Role.DISTRICT: "kecamatan",
    Role.DPMD: "dpmd",
    Role.AGENCY: "opd",
    Role.VERIFIER: "dinas",
    Role.APPROVER: "dinas",
    Role.REGENCY_ADMIN: "admin",
    Role.BPJS: "bpjs",
    Role.AUDITOR: "auditor",
}
MOST_FOUND = 20
NOTE = re.compile(r"<!--.*?-->\n*", re.DOTALL)
TABLE = '<table class="guide-table">'
ROOM = '<div class="guide-room" role="group" aria-label="Tabel" tabindex="0">'
"""On a phone a wide table is moved in it, by finger or by key, instead of breaking its words."""
VILLAGE = re.compile(r"\b(kepala )?desa(?=nya\b|\b)", re.IGNORECASE)
"""A desa, or its head, in the files."""


@dataclass(frozen=True)
class Section:
    """A chapter of a guide, below a heading of the second level."""

    guide: str
    title: str
    anchor: str
    text: str

    @property
    def url(self):
        return f"{reverse('guide', args=[address_of(self.guide)])}#{self.anchor}"


@dataclass(frozen=True)
class Guide:
    name: str
    title: str
    html: SafeString
    sections: list[Section]

    @property
    def url(self):
        return reverse("guide", args=[address_of(self.name)])


def address_of(name):
    return "umum" if name == START else name


@require_safe
def index(request):
    """All guides, the own one first; or the chapters that contain what is looked for."""
    words = request.GET.get("q", "").strip()[:100]
    own = GUIDE_OF.get(request.office.role) if request.office else None
    names = sorted(ORDER, key=lambda name: name != own)
    guides = [guide(name, *_words(request)) for name in names]
    page = {"guides": guides, "words": words, "own": own}
    if words:
        page["found"] = search(words, guides)
    return render(request, "guides/index.html", page)


@require_safe
def page(request, name):
    known = {address_of(key): key for key in ORDER}
    if name not in known:
        raise Http404
    return render(request, "guides/page.html", {"guide": guide(known[name], *_words(request))})


def _words(request):
    """What the reader's regency calls a desa and its head."""
    regency = request.regency
    return (regency.village_word, regency.village_head_word) if regency else ("desa", "kepala desa")


def search(words, guides):
    """The chapters that contain all the words, those first that name them in their title."""
    wanted = words.casefold().split()
    found = [
        section
        for guide in guides
        for section in guide.sections
        if all(word in f"{section.title} {section.text}".casefold() for word in wanted)
    ]
    found.sort(key=lambda section: not all(word in section.title.casefold() for word in wanted))
    return found[:MOST_FOUND]


@lru_cache(maxsize=200)
def guide(name, village_word, head_word):
    """The guide in a file of docs/panduan. Files change with the program alone. An anchor is made
    of the words of the file, so that links to it hold in every regency."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(NOTE.sub("", (FOLDER / f"{name}.md").read_text()))
    title, sections, text = "", [], []
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slugify(plain(tokens[at + 1])))
            _call(tokens[at + 1].children, village_word, head_word)
            words = plain(tokens[at + 1])
            if token.tag == "h1":
                title = words
            elif token.tag == "h2":
                sections.append((words, token.attrGet("id"), text := []))
        elif token.type == "inline":
            _call(token.children, village_word, head_word)
            text.append(plain(token))
            for child in token.children:
                _lead_into_the_portal(child)
            if [child.type for child in token.children] == ["image"]:
                _fold(tokens[at - 1 : at + 2])
        elif token.type == "table_open":
            token.attrSet("class", "guide-table")
    html = reader.renderer.render(_without_title(tokens), reader.options, {})
    html = html.replace("&lt;br&gt;", "<br>")  # the one mark that a cell of a table needs
    html = html.replace(TABLE, f"{ROOM}{TABLE}").replace("</table>", "</table></div>")
    return Guide(
        name,
        title,
        mark_safe(html),  # noqa: S308 our own file, its HTML escaped by the reader
        [Section(name, words, anchor, " ".join(parts)) for words, anchor, parts in sections],
    )


def _call(tokens, village_word, head_word):
    """Put a regency's own words into the texts of tokens, and of the tokens in them."""

    def own(found):
        word = head_word if found[1] else village_word
        return word[:1].upper() + word[1:] if found[0][0].isupper() else word

    for token in tokens:
        if token.type in ("text", "image"):
            token.content = VILLAGE.sub(own, token.content)
        _call(token.children or (), village_word, head_word)


def _without_title(tokens):
    """The page shows the first heading itself."""
    is_title = [token.type for token in tokens[:1]] == ["heading_open"]
    return tokens[3:] if is_title and tokens[0].tag == "h1" else tokens


def plain(inline):
    """The text of a piece of Markdown without its marks."""
    words = [" " if child.type == "softbreak" else child.content for child in inline.children]
    return " ".join("".join(words).replace("<br>", " ").split())


def _lead_into_the_portal(token):
    """Links between the files become links between the pages."""
    if token.type == "link_open":
        path, _, anchor = str(token.attrGet("href") or "").partition("#")
        name = PurePosixPath(path).stem
        if name in ORDER:
            url = reverse("guide", args=[address_of(name)])
            token.attrSet("href", f"{url}#{anchor}" if anchor else url)


def _fold(paragraph):
    """A picture is folded away, so that a phone loads it only when somebody wants to see it."""
    opening, inline, closing = paragraph
    opening.hidden = closing.hidden = True  # no <p> around <details>
    (image,) = inline.children
    image.type = "html_inline"
    image.content = format_html(
        '<details class="toggle"><summary>Lihat gambar: {}</summary>'
        '<img src="{}" alt="{}" loading="lazy"></details>',
        image.content,
        static(f"panduan/{PurePosixPath(str(image.attrGet('src'))).name}"),
        image.content,
    )
