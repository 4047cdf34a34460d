"""The parts of pages, each a tag drawn by ``templates/parts/``; docs/design.md and the gallery at
/rancangan/ show them.
"""

from dataclasses import dataclass

from django import template
from django.utils.html import format_html_join
from django.utils.text import capfirst

from enrollment.formats import UNKNOWN
from enrollment.paging import FILE, PRINT, SORT
from portal.components import part
from portal.templatetags.tables import FORM_OF_PAGES
from portal.templatetags.tags import kind, tone_icon

register = template.Library()

BODIES = {"choices": "parts/pieces/choices.html", "tick": "parts/pieces/tick.html"}
NOTICE_ICONS = {"plain": "info"}
BUTTONS = {
    "attention": {"first_button": "btn-quiet", "button": "btn-primary"},
    "good": {"first_button": "btn-primary", "button": "btn-primary"},
    "refused": {"first_button": "btn-danger", "button": "btn-danger"},
}
"""Tone of a question → the classes of the button that asks and the one that does it."""


@part(register)
def todo(
    title,
    url="",
    link="",
    count=None,
    mark="bell",
    tone="attention",
    level=3,
    question="",
    *,
    content,
):
    """A thing to do, in ``<ul class="todos">``. ``level``: of the heading. ``question``: its button
    asks this and then does it."""


@part(register)
def tile(label, number=None, shown="", url="", note="", mark="", tone=""):
    """A number and its list, in ``<ul class="tiles">``. ``shown``: text instead of a number."""
    return {"css": f"tone-{tone}" if tone else ""}


@part(register)
def status(standing):
    """A badge, and what comes next: an `enrollment.standing.Standing`."""
    return {"mark": standing.mark or tone_icon(standing.tone)}


@part(register)
def notice(tone="plain", title="", mark="", url="", link="", role="", *, content):
    """Something to know. Django's messages look the same. ``role``: "status" for what has just been
    done; "alert" for what must be read now, which takes the focus.
    """
    return {
        "mark": mark or NOTICE_ICONS.get(tone) or tone_icon(tone),
        "takes_focus": role == "alert",
    }


@part(register)
def findings(findings):
    """Objects with ``severity``, ``message``, and perhaps ``row`` (of a sheet) and ``url``."""


@part(register)
def field(
    field, label="", inputmode="", autocomplete="", maxlength="", placeholder="", before="",
    after="", accept="", css="", optional=False,
):  # fmt: skip
    """Label, hint, error and input, tied together. ``before``, ``after``: "Rp", "orang"."""
    kind_of_field = kind(field)
    classes = {"is-wrong": field.errors, "choices": kind_of_field == "choices", css: css}
    return {
        "body": BODIES.get(kind_of_field, "parts/pieces/line.html"),
        "is_file": kind_of_field == "file",
        "label": label or field.label,
        "css": " ".join(name for name, applies in classes.items() if applies),
        "grouped": before or after,
    }


@part(register)
def field_notes(field):
    """Hint, errors and findings of a field that a page lays out itself."""


@part(register)
def errors(form, title="Belum tersimpan. Perbaiki dahulu:"):
    """The summary at the top of a refused form, each line a link to its field."""


@part(register)
def filters(form, total, active=False, noun="baris", url="?", post=False, inside=False):
    """Search (the form's ``q``) and filters, sent in the address. ``post``: by POST to the same
    address, for a search that may hold a NIK. ``inside``: it stands in a form with ticks, which its
    buttons keep; they are called ``saring`` (`enrollment.paging.SIFT`) and go to ``url``, or to
    where the form goes.
    """
    chosen_from = [field for field in form.visible_fields() if field.name != "q"]
    words = list(filter(None, map(_in_words, chosen_from)))
    typed = form["q"].value() if "q" in form.fields else ""
    about = "; ".join([f"Cari: {typed}", *words] if typed else words)
    return {
        "method": "post" if post else "get",
        "chosen_from": chosen_from,
        "there": url if inside and url != "?" else "",
        "wrong": any(field.errors for field in chosen_from),
        "words": about,
        "sort": form.data.get(SORT, ""),
    }


def _in_words(field):
    """The label of a filter and what is chosen; None for one that is not used."""
    value = field.value()
    if not value:
        return None
    choices = getattr(field.field, "choices", ())
    return f"{field.label}: {_names(choices).get(str(value), value)}"


def _names(choices):
    """Value → label of choices, those in groups too."""
    names = {}
    for value, label in choices:
        names |= _names(label) if isinstance(label, (list, tuple)) else {str(value): label}
    return names


@part(register)
def pages(page, inside=False):
    """The rows shown, other pages, and all rows as a file or to be printed. ``page``: of
    `paging.listed`. ``inside``: it stands in a form with ticks, which its buttons keep.
    """
    in_a_file, on_paper = FILE in page.offers, PRINT in page.offers and not page.whole
    return {
        "form": FORM_OF_PAGES,
        "path": page.path or "?",
        "before": page.has_previous() and page.previous_page_number(),
        "after": page.has_next() and page.next_page_number(),
        "url_before": page.has_previous() and page.address(page=page.previous_page_number()),
        "url_after": page.has_next() and page.address(page=page.next_page_number()),
        "file": page.address(unduh="xlsx") if in_a_file and not page.posted else "",
        "paper": page.address(cetak="1") if on_paper and not page.posted else "",
        "posted_file": in_a_file and page.posted,
        "posted_paper": on_paper and page.posted,
    }


@part(register)
def pick(value, name, checked=False):
    """The checkbox that selects a row, in a column with ``pick=True``. ``name``: of the row."""


@part(register)
def confirm(
    label, question, link, url="", inside=False, tone="attention", mark="", ask_reason=False,
    said="", name="", value="", *, content,
):  # fmt: skip
    """Asks before acting, without a script. ``label``: of the first button, ``link``: of the one
    that does it; ``url`` by POST, or ``inside`` the page's own form with ``name`` and ``value``.
    ``ask_reason``: ``True``, or the label of the reason where it is not the proposer who reads it;
    ``said``: the reason, where a page is shown once more with it.
    """
    asked = ask_reason if isinstance(ask_reason, str) else "Alasan, dibaca oleh pengusul"
    return {**BUTTONS.get(tone, BUTTONS["attention"]), "reason_label": asked}


@part(register)
def progress(
    title, done=None, total=None, running=False, url="", page_url="", part="", about=False,
    left="", *, content,
):  # fmt: skip
    """How far a job is. While it is ``running``, this part is reloaded from ``url``. ``part``: an
    id when a page has several; ``about``: the total is an estimate; ``left``: see Job.time_left;
    ``page_url``: to reload without JavaScript.
    """
    sentence = f"{capfirst(left)}." if left else ""
    texts = [text for text in (content, sentence) if text]
    return {"text": format_html_join(" ", "{}", ([text] for text in texts))}


@part(register)
def refresh(seconds=10):
    """In ``{% block head %}`` of a page with a running job: reloads it if JavaScript is off."""


@part(register)
def money(people, programme, total, at_most=False):
    """People times what the programme's months cost; ``at_most`` where their occupations, which may
    make it less, were not looked at."""
    most = at_most and programme.price_list.differs
    return {"a_month": programme.premium, "label": "paling banyak" if most else "jumlah"}


@part(register)
def budget(used, ceiling, left=None, of=""):
    """How much of a budget is spent, in rupiah; ``of`` a programme where a page has several."""
    return {"css": "full" if used >= ceiling else "", "has_left": left is not None}


@part(register)
def nothing(title, mark="inbox", url="", link="", *, content):
    """An empty list, and what to do next."""


@part(register)
def fact(label, value, optional=False, change=""):
    """A label and its value, in ``<dl class="facts">``. An empty value is marked as not filled in,
    unless it is ``optional``. ``change``: the address of the page on which it is changed."""
    return {"known": value not in (None, "", UNKNOWN)}


@part(register)
def compare(caption, left, right, rows):
    """Two records side by side. Rows: (label, left, right, differs)."""


@part(register)
def moments(moments):
    """History: objects with ``when``, ``what``, and perhaps ``who``, ``why``."""


@dataclass(frozen=True)
class Step:
    """One step of a stepper. ``refused``: here the list was sent back."""

    name: str
    number: int
    done: bool
    now: bool
    refused: bool

    @property
    def css(self):
        if self.now:
            return "now refused" if self.refused else "now"
        return "done" if self.done else "later"

    @property
    def mark(self):
        return {"done": "check", "now refused": "undo-2"}.get(self.css)


@part(register)
def stepper(names, now, note="", refused=False):
    """The steps of a list. ``names`` are separated by ``|``; ``now`` counts from 1, and is past the
    end when all are done."""
    numbered = enumerate(names.split("|"), start=1)
    return {
        "steps": [
            Step(name, number, done=number < now, now=number == now, refused=refused)
            for number, name in numbered
        ]
    }


@part(register)
def bars(rows, caption, unit=""):
    """A bar chart as a table. ``rows``: (label, number, url or ""), with bars relative to the
    largest; or (label, number, url, whole), with each bar relative to its own whole.
    """
    rows = [(*row, None)[:4] for row in rows]
    largest = max((row[1] or 0 for row in rows), default=0)
    drawn = [
        {"label": label, "number": number, "url": url, "whole": whole,
         "percent": f"{100 * (number or 0) / (whole or largest or 1):.1f}"}
        for label, number, url, whole in rows
    ]  # fmt: skip
    return {"rows": drawn}
