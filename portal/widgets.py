"""The renderer of form widgets: Django's own, but for selects."""

import html

from django.forms import Select
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe


class Widgets(DjangoTemplates):
    """Writes selects in Python: Django's template includes two others for each option, which took a
    third of the time of a page that offers the 458 places of a regency."""

    def render(self, template_name, context, request=None):
        if template_name == Select.template_name:
            return mark_safe(select(context["widget"]))  # noqa: S308 escaped below
        return super().render(template_name, context, request)


def select(widget):
    groups = "\n".join(group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{escaped(widget["name"])}"{attributes(widget)}>\n{groups}\n</select>'


def group(name, options):
    written = "\n".join(map(option, options))
    return f'<optgroup label="{escaped(name)}">\n{written}\n</optgroup>' if name else written


def option(widget):
    value, label = escaped(widget["value"]), escaped(widget["label"])
    return f'<option value="{value}"{attributes(widget)}>{label}</option>'


def attributes(widget):
    """True stands for an attribute without a value; False leaves it out."""
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def escaped(value):
    """What Django's `conditional_escape` gives, in two calls instead of eight."""
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))
