"""Template tags behind the parts in ``templates/parts/``; docs/design.md shows how to use them."""

from functools import lru_cache

from django import template
from django.forms import widgets
from django.utils.safestring import mark_safe
from lucide.templatetags.lucide import lucide

register = template.Library()

SEVERITIES = {
    "error": {"tone": "refused", "icon": "circle-x", "word": "Salah"},
    "refusal": {"tone": "refused", "icon": "circle-x", "word": "Tidak dapat diusulkan"},
    "gap": {"tone": "attention", "icon": "circle-dashed", "word": "Kurang"},
    "warning": {"tone": "plain", "icon": "eye", "word": "Periksa"},
}
TONE_ICONS = {
    "plain": "circle-dashed",
    "attention": "bell",
    "moving": "clock",
    "good": "circle-check",
    "refused": "circle-x",
}
KINDS = [
    ("file", widgets.FileInput),
    ("choices", (widgets.RadioSelect, widgets.CheckboxSelectMultiple)),
    ("tick", widgets.CheckboxInput),
    ("select", widgets.Select),
]
CONTROLS = {
    "file": "form-control",
    "choices": "choice",
    "tick": "form-check-input",
    "select": "form-select",
    "line": "form-control",
}
MESSAGE_TONES = {"success": "good", "warning": "attention", "error": "refused"}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name, size=20):
    """An inline lucide icon. It decorates: the word beside it carries the meaning."""
    attributes = {"class": "icon", "aria-hidden": "true", "focusable": "false"}
    return lucide(str(name), size=size, **attributes)


@register.filter
def tone_icon(tone):
    """The icon that goes with a tone (plain, attention, moving, good, refused)."""
    return TONE_ICONS.get(tone, TONE_ICONS["plain"])


@register.filter
def severity(code):
    """``error``, ``gap`` or ``warning`` → its tone, icon and word."""
    return SEVERITIES[str(code)]


@register.filter
def message_tone(level_tag):
    """The level of a Django message → a tone."""
    return MESSAGE_TONES.get(level_tag, "plain")


@register.tag
def keep(parser, token):
    """``{% keep as name %}…{% endkeep %}``: render once, use the text in several places.

    Lets a page say its title once for the tab and the heading, and lets the layout leave out the
    wrapping of a block that a page did not fill.
    """
    _, _, name = token.split_contents()
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(name, nodes)


class KeepNode(template.Node):
    def __init__(self, name, nodelist):
        self.name, self.nodelist = name, nodelist

    def render(self, context):
        text = self.nodelist.render(context).strip()
        context[self.name] = mark_safe(text)  # noqa: S308 rendered, so escaped already
        return ""


@register.simple_tag
def control(field, **attributes):
    """The input of a bound form field with the right class; empty attributes are left out."""
    attrs = {name: value for name, value in attributes.items() if value not in ("", None)}
    own = field.field.widget.attrs.get("class", "")
    attrs["class"] = f"{CONTROLS[kind(field)]} {own}".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def kind(field):
    """``file``, ``choices`` (radio, several boxes), ``tick`` (one box), ``select`` or ``line``."""
    widget = field.field.widget
    return next((name for name, kinds in KINDS if isinstance(widget, kinds)), "line")


@register.inclusion_tag("parts/stepper.html")
def stepper(names, now, note="", refused=False):
    """The life of a list. ``names`` parted by ``|``; ``now`` counts from 1, past the end = done."""
    steps = []
    for number, name in enumerate(names.split("|"), start=1):
        state = "done" if number < now else "now" if number == now else "later"
        steps.append({"name": name, "number": number, "state": state})
    return {"steps": steps, "note": note, "refused": refused}


@register.inclusion_tag("parts/bars.html")
def bars(rows, caption, unit=""):
    """A bar chart that is a table. ``rows``: (label, number, url or ""), each bar measured against
    the largest; or (label, number, url, whole), each bar the share of its own whole.
    """
    rows = [(*row, None)[:4] for row in rows]
    largest = max((row[1] or 0 for row in rows), default=0)
    drawn = [
        {"label": label, "number": number, "url": url, "whole": whole,
         "percent": f"{100 * (number or 0) / (whole or largest or 1):.1f}"}
        for label, number, url, whole in rows
    ]  # fmt: skip
    return {"rows": drawn, "caption": caption, "unit": unit}
