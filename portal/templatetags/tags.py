"""Small tags and filters of templates: icons, inputs, texts kept for several places."""

from functools import lru_cache

from django import template
from django.forms import widgets
from django.utils.safestring import mark_safe
from lucide.templatetags.lucide import lucide

from enrollment.standing import Standing

register = template.Library()

SEVERITIES = {
    "error": Standing("refused", "Salah", mark="circle-x"),
    "refusal": Standing("refused", "Tidak dapat diusulkan", mark="circle-x"),
    "notice": Standing("attention", "Pastikan dahulu", mark="list-checks"),
    "gone": Standing("attention", "Perlu ditangani", mark="user-x"),
    "gap": Standing("attention", "Kurang", mark="circle-dashed"),
    "warning": Standing("plain", "Periksa", mark="eye"),
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
    """An inline lucide icon. It is decoration: the word beside it has the meaning."""
    attributes = {"class": "icon", "aria-hidden": "true", "focusable": "false"}
    return lucide(str(name), size=size, **attributes)


@register.filter
def tone_icon(tone):
    """The icon that goes with a tone (plain, attention, moving, good, refused)."""
    return TONE_ICONS.get(tone, TONE_ICONS["plain"])


@register.filter
def severity(code):
    """``error``, ``gap`` or ``warning`` → its `Standing`."""
    return SEVERITIES[str(code)]


@register.filter
def message_tone(level_tag):
    """The level of a Django message → a tone."""
    return MESSAGE_TONES.get(level_tag, "plain")


@register.tag
def keep(parser, token):
    """``{% keep as name %}…{% endkeep %}``: render once, use the text in several places.

    So a page writes its title once for the tab and the heading, and the layout leaves out the
    element around a block that a page has not filled.
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
