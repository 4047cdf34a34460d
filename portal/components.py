"""Parts of pages: a function declares a part's parameters, a template of the same name renders it.

    @part(register)
    def notice(tone="plain", title="", *, content): ...

makes the tag ``{% notice tone="good" %}…{% endnotice %}`` of ``templates/parts/notice.html``. The
template gets the function's parameters, the values that it returns, the CSRF token, and nothing
from the page. A part whose function takes ``content`` has an end tag, others have none.

Parameters are compared with the function when a template is compiled, so a missing or misspelt one
is a TemplateSyntaxError before anything is shown (tests/pages/test_parts.py compiles all of them).
"""

from functools import wraps
from inspect import getfullargspec, signature

from django.template.exceptions import TemplateSyntaxError
from django.template.library import InclusionNode, parse_bits
from django.utils.safestring import mark_safe

CONTENT = "content"


class PartNode(InclusionNode):
    """Django's inclusion tag, with the text between tag and end tag as ``content``."""

    def __init__(self, name, nodelist, args, kwargs, values):
        super().__init__(values, False, args, kwargs, f"parts/{name}.html")
        self.name, self.nodelist = name, nodelist

    def get_resolved_arguments(self, context):
        args, kwargs = super().get_resolved_arguments(context)
        if self.nodelist is not None:
            kwargs[CONTENT] = rendered(self.nodelist, context)
        return args, kwargs


def part(register):
    """Register the decorated function as a part, see above."""

    def decorate(function):
        name = function.__name__
        takes_content = CONTENT in signature(function).parameters
        values = _values(function)

        def compile_part(parser, token):
            nodelist = content_until(parser, f"end{name}") if takes_content else None
            args, kwargs = arguments(parser, token.split_contents()[1:], function)
            return PartNode(name, nodelist, args, kwargs, values)

        register.tag(name, compile_part)
        return function

    return decorate


def arguments(parser, bits, function):
    """The expressions of a tag, checked against the function's parameters without `content`."""
    name, spec = function.__name__, getfullargspec(function)
    keywords = [keyword for keyword in spec.kwonlyargs if keyword != CONTENT]
    args, kwargs = parse_bits(
        parser, bits, spec.args, spec.varargs, spec.varkw, spec.defaults,
        keywords, spec.kwonlydefaults, False, name,
    )  # fmt: skip
    content = {CONTENT: ""} if CONTENT in spec.kwonlyargs else {}
    try:  # parse_bits overlooks a missing argument if a later one is given by name
        signature(function).bind(*args, **kwargs, **content)
    except TypeError as missing:
        raise TemplateSyntaxError(f"{name!r}: {missing}") from missing
    return args, kwargs


def content_until(parser, end):
    nodelist = parser.parse((end,))
    parser.delete_first_token()
    return nodelist


def rendered(nodelist, context):
    """The text of the nodes without surrounding white space."""
    return mark_safe(nodelist.render(context).strip())  # noqa: S308 rendered, so escaped already


def _values(function):
    """The context of a part's template: all parameters, and the values the function returns."""
    parameters = signature(function)

    @wraps(function)
    def values(*args, **kwargs):
        bound = parameters.bind(*args, **kwargs)
        bound.apply_defaults()
        return {**bound.arguments, **(function(*args, **kwargs) or {})}

    return values


class Arguments:
    """A tag's arguments; `resolve` calls the function with their values in a context."""

    def __init__(self, parser, bits, function):
        self.function = function
        self.args, self.kwargs = arguments(parser, bits, function)

    def resolve(self, context):
        args = [value.resolve(context) for value in self.args]
        kwargs = {name: value.resolve(context) for name, value in self.kwargs.items()}
        return self.function(*args, **kwargs)
