"""Reads a home page's HTML: its things to do, and its numbers with the lists they link to."""

import re
from html import unescape
from typing import NamedTuple

_TODO = re.compile(
    r'<li class="todo .*?<span class="todo-mark">(?P<mark>.*?)</span>.*?'
    r"<h2[^>]*>(?P<title>.*?)</h2>(?P<rest>.*?)</li>",
    re.S,
)
_TILE = re.compile(
    r'<a class="tile[^"]*" href="(?P<url>[^"]+)">\s*<span class="tile-label">(?P<label>.*?)</span>'
    r"\s*<b>(?P<number>[\d.]+)</b>",
    re.S,
)
_SHARE = re.compile(
    r'<a href="(?P<url>[^"]+)"><b data-count>(?P<number>[\d.]+)</b>(?P<label>.*?)</a>'
)
_TOTAL = re.compile(r'filters-count">\s*<span><b>([\d.]+)</b>')
_HREF = re.compile(r'href="([^"]+)"')
_TAG = re.compile(r"<(svg.*?</svg|[^>]*)>", re.S)


class Todo(NamedTuple):
    title: str
    number: int | None
    url: str


class Number(NamedTuple):
    label: str
    number: int
    url: str


def todos(html):
    """The things to do, in order."""
    return [
        Todo(text(found["title"]), _number(text(found["mark"])), _url(found["rest"]))
        for found in _TODO.finditer(html)
    ]


def numbers(html):
    """Every linked number on the page, including those of the things to do."""
    linked = [
        Number(text(found["label"]), _number(found["number"]), unescape(found["url"]))
        for pattern in (_TILE, _SHARE)
        for found in pattern.finditer(html)
    ]
    return linked + [Number(*todo) for todo in todos(html) if todo.number is not None and todo.url]


def total(html):
    """The number of rows that a list states; None when the page is not a list."""
    found = _TOTAL.search(html)
    return _number(found[1]) if found else html.count('<table class="compare"') or None


def text(html):
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _number(written):
    return int(written.replace(".", "")) if written else None


def _url(html):
    found = _HREF.search(html)
    return unescape(found[1]) if found else ""
