"""The guides (docs/panduan) quote the pages: every **bold** word is on a page, letter for letter,
and every finding that a user may meet is explained."""

import ast
import re
from pathlib import Path

import pytest

from enrollment.workers.checks.findings import CODES, Severity
from portal.navigation import MENU
from portal.templatetags.tags import SEVERITIES
from villages.models import Role

BASE = Path(__file__).resolve().parents[2]
GUIDES = sorted((BASE / "docs" / "panduan").glob("*.md"))
ROOMS = ("enrollment", "villages", "portal")
GUIDE_OF = {
    Role.VILLAGE_OPERATOR: "kepala-desa.md",
    Role.VILLAGE_HEAD: "kepala-desa.md",
    Role.DISTRICT: "kecamatan.md",
    Role.DPMD: "dpmd.md",
    Role.AGENCY: "opd.md",
    Role.VERIFIER: "dinas.md",
    Role.APPROVER: "dinas.md",
    Role.REGENCY_ADMIN: "admin.md",
    Role.BPJS: "bpjs.md",
    Role.AUDITOR: "auditor.md",
}

_VILLAGE = re.compile(r"\{\{?[^{}]*village_word[^{}]*\}\}?")
_VARIABLE = re.compile(r"\{\{.*?\}\}|%\(\w+\)s|\{[^{}]*\}", re.S)
_TAG_ARGUMENT = re.compile(r'"([^"<>]+)"')
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)


def plain(text):
    """The text with single spaces, "…" in place of a variable, and "desa" in place of the
    regency's own word for its villages."""
    return " ".join(_VARIABLE.sub("…", _VILLAGE.sub("desa", text)).split()).rstrip(".:")


def texts_of_templates():
    """The text nodes of the templates, and the texts that they pass to components."""
    for path in (BASE / "templates").rglob("*.html"):
        if path.name == "gallery.html":  # shows components with texts that no page has
            continue
        source = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text())
        for tag in re.findall(r"\{%.*?%\}", source, re.S):
            yield from _TAG_ARGUMENT.findall(tag)
            yield from (step for words in _TAG_ARGUMENT.findall(tag) for step in words.split("|"))
        yield from re.findall(r'="([^"<>]+)"', source)
        yield from re.split(r"\{%.*?%\}|<[^>]*>", source, flags=re.S)
        # A sentence whose numbers are links or bold is one sentence to the reader.
        yield from re.split(
            r"\{%.*?%\}|</?(?!b\b|a\b)[^>]*>", re.sub(r"</?[ab]\b[^>]*>", "", source)
        )


def texts_of_rooms():
    """Every string in the rooms' code: labels of fields, states, menu, findings."""
    for room in ROOMS:
        for path in (BASE / room).rglob("*.py"):
            if not {"migrations", "demo"} & set(path.relative_to(BASE).parts):
                for node in ast.walk(ast.parse(path.read_text())):
                    if isinstance(node, ast.JoinedStr):
                        yield ast.unparse(node)[2:-1]
                    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield node.value


def as_quoted(texts):
    """The texts as a guide quotes them; also capitalised, since labels in the code may not be."""
    found = {plain(text) for text in texts}
    return found | {text[:1].upper() + text[1:] for text in found}


@pytest.fixture(scope="module")
def words():
    labels = [code.label for code in CODES.values()]
    return as_quoted(texts_of_templates()) | as_quoted(texts_of_rooms()) | as_quoted(labels)


def quoted(guide):
    return [plain(text) for text in _BOLD.findall(guide.read_text())]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_quoted_word_of_a_guide_is_on_a_page(guide, words):
    assert [text for text in quoted(guide) if text not in words] == []


def test_a_word_that_is_on_no_page_is_not_found(words):
    assert {"Unggah daftar", "Simpan … orang ke daftar", "Kepala desa"} <= words
    assert not {"Kirim daftar", "unggah", "daftar ini untuk banyak"} & words


def sections(guide):
    """Heading → the first cells of the table below it."""
    parts = re.split(r"^## (.+)$", guide.read_text(), flags=re.M)
    return {
        heading: re.findall(r"^\| \*\*(.+?)\*\* \|", body, re.M)
        for heading, body in zip(parts[1::2], parts[2::2], strict=True)
    }


@pytest.mark.parametrize("severity", Severity)
def test_every_finding_is_explained_under_its_own_word(severity):
    explained = sections(BASE / "docs/panduan/temuan.md")[SEVERITIES[severity].word]
    assert explained == [code.label for code in CODES.values() if code.severity is severity]


def test_every_role_has_its_guide():
    index = (BASE / "docs/panduan/README.md").read_text()
    assert set(GUIDE_OF) == set(Role)
    for name in GUIDE_OF.values():
        assert f"({name})" in index


def test_every_entry_of_the_menu_is_in_a_guide():
    quoted_words = {text for guide in GUIDES for text in quoted(guide)}
    assert {entry.label for entry in MENU} - quoted_words == set()
