"""Parts of pages: a function declares a part's parameters, a template of the same name renders it.

    @part(register)
    def notice(tone="plain", title="", *, content): ...

makes the tag ``{% notice tone="good" %}…{% endnotice %}`` of ``templates/parts/notice.html``. The
template gets the function's parameters, the values that it returns, the CSRF token, and nothing
from the page. A part whose function takes ``content`` has an end tag, others have none.

Parameters are compared with the function when a template is compiled, so a missing or misspelt one
is a TemplateSyntaxError before anything is shown (tests/pages/test_parts.py compiles all of them).
"""

from inspect import getfullargspec, signature

from django.template.base import Node
from django.template.exceptions import TemplateSyntaxError
from django.template.library import parse_bits
from django.utils.safestring import mark_safe

CONTENT = "content"


class PartNode(Node):
    """One use of a part, with the text between tag and end tag as ``content``."""

    def __init__(self, arguments, nodelist):
        self.arguments, self.nodelist = arguments, nodelist
        self.name = arguments.function.__name__

    def render(self, context):
        values = self.arguments.values(context)
        if self.nodelist is not None:
            values[CONTENT] = rendered(self.nodelist, context)
        values |= self.arguments.function(**values) or {}
        values["csrf_token"] = context.get("csrf_token")
        template = context.template.engine.get_template(f"parts/{self.name}.html")
        return template.render(context.new(values))


def part(register):
    """Register the decorated function as a part, see above."""

    def decorate(function):
        name = function.__name__
        takes_content = CONTENT in signature(function).parameters

        def compile_part(parser, token):
            nodelist = content_until(parser, f"end{name}") if takes_content else None
            return PartNode(Arguments(parser, token.split_contents()[1:], function), nodelist)

        register.tag(name, compile_part)
        return function

    return decorate


def arguments(parser, bits, function):
    """The expressions of a tag by parameter, checked against the function's parameters without
    `content`; and the values of those that it leaves out."""
    name, spec = function.__name__, getfullargspec(function)
    keywords = [keyword for keyword in spec.kwonlyargs if keyword != CONTENT]
    args, kwargs = parse_bits(
        parser, bits, spec.args, spec.varargs, spec.varkw, spec.defaults,
        keywords, spec.kwonlydefaults, False, name,
    )  # fmt: skip
    content = {CONTENT: ""} if CONTENT in spec.kwonlyargs else {}
    parameters = signature(function)
    try:  # parse_bits overlooks a missing argument if a later one is given by name
        given = parameters.bind(*args, **kwargs, **content).arguments
    except TypeError as missing:
        raise TemplateSyntaxError(f"{name!r}: {missing}") from missing
    left = {key: par.default for key, par in parameters.parameters.items() if key not in given}
    return {key: value for key, value in given.items() if key != CONTENT}, left


def content_until(parser, end):
    nodelist = parser.parse((end,))
    parser.delete_first_token()
    return nodelist


def rendered(nodelist, context):
    """The text of the nodes without surrounding white space."""
    return mark_safe(nodelist.render(context).strip())  # noqa: S308 rendered, so escaped already


class Arguments:
    """A tag's arguments. `values`: theirs in a context, by parameter; `resolve` calls the function
    with them."""

    def __init__(self, parser, bits, function):
        self.function = function
        self.given, self.left = arguments(parser, bits, function)

    def values(self, context):
        return {**self.left, **{name: value.resolve(context) for name, value in self.given.items()}}

    def resolve(self, context):
        return self.function(**self.values(context))
