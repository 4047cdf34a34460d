"""The child process that fills in a Word template.

`rendering.fill` runs it by its path and never imports it: the template comes from outside, and what
it makes a library do ends with this process. Its argument says in JSON how much time and memory
there is. Its input is a line of JSON with the values, and then the template. Its output is a line
of JSON, with what is wrong or with the lines of the letter, and then the letter.

A template may print values, test them and go through lists. It reaches nothing else: names are
looked up in the given values alone, nothing is called, no other file is read.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

import docxtpl
import jinja2
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment, SecurityError
from lxml import etree

MEGABYTE = 1 << 20
LARGEST = 40 * MEGABYTE
"""Bytes of all parts together, unpacked."""
MOST_PARTS = 500
DEEPEST = 4
"""Loops and tests inside each other."""
MOST_LINES = 400
FILTERS = (
    "upper", "lower", "title", "capitalize", "trim", "default", "d", "join", "first", "last",
    "length", "count",
)  # fmt: skip
LOOP = ("index", "index0", "first", "last", "length", "revindex", "revindex0")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_BLOCK = re.compile(r"\{%[-+]?\s*(?:(?:p|tr|tc|r)\s+)?(\w+)?(.*?)[-+]?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{[-+]?(?:r |p |tr |tc )?(.*?)[-+]?\}\}", re.DOTALL)
_NAME = re.compile(r"'([^']+)'")
_TEXTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_ACTIVE = re.compile(r"word/(?:vbaProject|activeX/|embeddings/|afchunk|media/.*\.(?:svg|emf|wmf)$)")
_FETCHING = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDE\w*|LINK|IMPORT|DATABASE|MACROBUTTON|GOTOBUTTON)\b"
)
_OF_JINJA = ("self", "super", "caller", "varargs", "kwargs")
"""Names that Jinja itself gives to every template."""
_LIKE_A_TAG = re.compile(r"(?<=[{}%])_(?=[{}%])")
_GUARD = "\ue000"
"""Keeps typed text apart from what docxtpl takes for a tag that shall stay (`{_{`)."""
_INSIDE = {"if": ("elif", "else", "endif"), "for": ("else", "endfor")}


class Wrong(Exception):
    """What is wrong with a template: a key of `rendering.SENTENCES`, the tag, and where it is."""

    def __init__(self, what: str, tag: str = "", where: str = ""):
        self.what, self.tag, self.where = what, tag, where


class Tag(NamedTuple):
    words: str
    where: str


class Bare(SandboxedEnvironment):
    """Jinja without attributes, calls, arithmetic that grows, and other templates."""

    intercepted_binops = frozenset(["*", "**", "%", "//", "/", "+", "-"])

    def __init__(self) -> None:
        super().__init__(undefined=jinja2.StrictUndefined, autoescape=True, loader=None)
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.globals = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, dict) and isinstance(argument, str) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))

    def call(self, *_args: Any, **_named: Any) -> Any:
        raise SecurityError("called")

    def call_binop(self, _context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(operator)


def look_into(template: bytes) -> None:
    """Refuse what is no Word file, or one that does more than show words."""
    if template.startswith(b"\xd0\xcf\x11\xe0"):
        raise Wrong("old")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "word/document.xml" not in names:
                raise Wrong("kind")
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
                raise Wrong("large")
            if any(_ACTIVE.match(name) for name in names):
                raise Wrong("active")
            for name in sorted(names):
                if name.endswith((".xml", ".rels")):
                    _look_into_part(name, archive.read(name))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, etree.XMLSyntaxError):
        raise Wrong("broken") from None


def _look_into_part(name: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Wrong("broken")
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    if name.endswith(".rels"):
        for link in root.iter("{*}Relationship"):
            outside = link.get("TargetMode") == "External"
            kind = link.get("Type", "").rsplit("/")[-1]
            if (outside and kind != "hyperlink") or kind.lower() == "afchunk":
                raise Wrong("active")
        return
    for element in root.iter(qn("w:instrText"), qn("w:fldSimple")):
        words = element.get(qn("w:instr")) or element.text or ""
        if _MARK.search(words):
            raise Wrong("field", words.strip()[:60])
        if _FETCHING.search(words.upper()):
            raise Wrong("active")


def tags_of(template: bytes) -> list[Tag]:
    """All tags of a template in their order, each with the words around it; Wrong if one is not
    closed, cannot be read, or is not known here."""
    found: list[Tag] = []
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        for name in sorted(archive.namelist()):
            if _TEXTS.fullmatch(name):
                root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))
                found += _tags_of_part(name, root)
    return found


def _tags_of_part(name: str, root: Any) -> list[Tag]:
    found: list[Tag] = []
    opened: list[tuple[str, Tag]] = []
    for number, paragraph in enumerate(root.iter(qn("w:p")), 1):
        words = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        if not _MARK.search(words):
            continue
        where = _where(name, number, words)
        rest = _TAG.sub("", words)
        if mark := _MARK.search(rest):
            raise Wrong("unclosed", rest[max(0, mark.start() - 5) :].strip()[:60], where)
        for match in _TAG.finditer(words):
            tag = Tag(match[0], where)
            _check(tag, opened)
            found.append(tag)
    if opened:
        word, tag = opened[-1]
        raise Wrong(f"no_end_{word}", tag.words, tag.where)
    return found


def _where(name: str, number: int, words: str) -> str:
    place = {"h": "kepala halaman", "f": "kaki halaman"}.get(name.removeprefix("word/")[0], "")
    shown = words.strip()
    shown = f"{shown[:70]}…" if len(shown) > 70 else shown
    return f"{place or f'paragraf ke-{number}'}: “{shown}”"


def _check(tag: Tag, opened: list[tuple[str, Tag]]) -> None:
    """Read one tag alone, so that it can be named if it is wrong."""
    if tag.words.startswith("{#"):
        return
    if tag.words.startswith("{{"):
        match = _VALUE.fullmatch(tag.words)
        if match is None or not match[1].strip():
            raise Wrong("syntax", *tag)
        _read(f"{{{{ {match[1]} }}}}", tag)
        return
    block = _BLOCK.fullmatch(tag.words)
    word = (block and block[1]) or ""
    if word in _INSIDE:
        if len(opened) >= DEEPEST:
            raise Wrong("deep", *tag)
        _read(f"{{% {word} {block[2] if block else ''} %}}{{% end{word} %}}", tag)
        opened.append((word, tag))
    elif word in ("elif", "else", "endif", "endfor"):
        if not opened or word not in _INSIDE[opened[-1][0]]:
            raise Wrong("no_beginning", *tag)
        if word == "elif":
            _read(f"{{% if {block[2] if block else ''} %}}{{% endif %}}", tag)
        elif word.startswith("end"):
            opened.pop()
    else:
        raise Wrong("unknown_command", *tag)


def _read(source: str, tag: Tag) -> None:
    try:
        tree = Bare().parse(source)
        Bare().compile(tree)
    except (jinja2.TemplateError, SyntaxError, RecursionError):
        raise Wrong("syntax", *tag) from None
    for name in tree.find_all(jinja2.nodes.Name):
        if name.name in _OF_JINJA:
            raise Wrong("unknown_name", name.name, tag.where)


def filled(template: bytes, values: dict[str, Any]) -> Any:
    """The document with the values in the place of its tags."""
    look_into(template)
    tags = tags_of(template)
    try:
        document = docxtpl.DocxTemplate(io.BytesIO(template))
        document.render(_guarded(values), Bare(), autoescape=True)
    except jinja2.UndefinedError as error:
        raise _missing(str(error), tags) from None
    except SecurityError:
        raise Wrong("forbidden", *_suspect(tags)) from None
    except jinja2.TemplateSyntaxError:
        raise Wrong("structure") from None
    except etree.XMLSyntaxError:
        raise Wrong("structure") from None
    except jinja2.TemplateError:
        raise Wrong("structure") from None
    except (KeyError, ValueError, AttributeError, TypeError, IndexError):
        raise Wrong("structure") from None
    return document


def _guarded(value: Any) -> Any:
    if isinstance(value, str):
        return _LIKE_A_TAG.sub(f"_{_GUARD}", value)
    if isinstance(value, list):
        return [_guarded(item) for item in value]
    return {name: _guarded(item) for name, item in value.items()}


def _missing(message: str, tags: list[Tag]) -> Wrong:
    """The tag with the name that no value has: `'nomer' is undefined`, `… no attribute 'isi'`."""
    name = ([*_NAME.findall(message)] or [""])[-1]
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    for tag in tags:
        if name and pattern.search(tag.words):
            return Wrong("unknown_name", name, tag.where)
    return Wrong("unknown_name", name, "")


def _suspect(tags: list[Tag]) -> Tag:
    """The first tag that calls or reckons; quoted words do not count."""
    for tag in tags:
        if re.search(r"[(*/+%-]", re.sub(r"'[^']*'|\"[^\"]*\"", "", tag.words[2:-2]).strip("-+% ")):
            return tag
    return Tag("", "")


def lines_of(document: Any) -> Iterator[dict[str, Any]]:
    """The letter as lines of text: its words, and whether they stand in the middle."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = ["\n".join(p.text for p in cell.paragraphs) for cell in row.cells]
                yield {"cells": cells}
        else:
            yield {"words": block.text, "centre": block.alignment == 1}


def packed(document: Any) -> bytes:
    """The file, with the same bytes whenever it is made."""
    loose, out = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            made.writestr(member, source.read(name).replace(_GUARD.encode(), b""))
    return out.getvalue()


def answer(template: bytes, values: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    made = packed(filled(template, values))
    letter = Document(io.BytesIO(made))
    lines = [line for line, _ in zip(lines_of(letter), range(MOST_LINES), strict=False)]
    return {"lines": lines}, made


def main() -> None:
    order = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    values = json.loads(sys.stdin.buffer.readline())
    template = sys.stdin.buffer.read()
    made = b""
    try:
        told, made = answer(template, values)
    except Wrong as wrong:
        told = {"wrong": wrong.what, "tag": wrong.tag, "where": wrong.where}
    except (MemoryError, RecursionError):
        told = {"wrong": "large", "tag": "", "where": ""}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
