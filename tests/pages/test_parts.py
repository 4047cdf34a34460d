"""Parts are tags whose parameters are checked before a page is shown; templates only print."""

import re
import tomllib
from inspect import signature

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError, Variable
from django.template.defaulttags import IfChangedNode, IfNode, TemplateLiteral
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode

from portal.components import CONTENT, PartNode
from portal.templatetags import parts

TEMPLATES = settings.BASE_DIR / "templates"
GALLERY = "gallery.html"
LONGEST = 160
OF_OTHERS = ("admin/", "403.html")
"""Their variables come from Django and import-export, not from our views."""
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


def show(source, **context):
    return Template(source).render(Context(context))


def lines_of_all():
    for name in NAMES:
        for number, line in enumerate((TEMPLATES / name).read_text().splitlines(), start=1):
            yield f"{name}:{number}", line


def parts_in(names):
    """Names of the parts that these templates use."""
    nodes = (get_template(name).template.nodelist.get_nodes_by_type(PartNode) for name in names)
    return {node.name for found in nodes for node in found}


PARTS = {path.stem for path in (TEMPLATES / "parts").glob("*.html")} - {"table"}
TO_COME = {"bars"}
"""Parts for the charts of planned rooms; no page uses them yet."""


@pytest.mark.parametrize("name", NAMES)
def test_every_template_uses_parts_with_their_parameters(name):
    get_template(name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% notice ton='good' %}Tersimpan.{% endnotice %}", "unexpected keyword argument 'ton'"),
        ("{% tile labl='Orang' %}", "unexpected keyword argument 'labl'"),
        ("{% tile number=3 %}", "missing a required argument: 'label'"),
        ("{% fact 'NIK' %}", "did not receive value(s) for the argument(s): 'value'"),
        ("{% notice content='x' %}{% endnotice %}", "unexpected keyword argument 'content'"),
        ("{% notice %}Tersimpan.", "Unclosed tag"),
        ("{% notise %}Tersimpan.{% endnotise %}", "Invalid block tag"),
    ],
)
def test_a_misspelt_or_missing_parameter_is_refused(text, message):
    with pytest.raises(TemplateSyntaxError, match=re.escape(message)):
        Template(text)


def test_a_part_shows_what_it_is_given():
    shown = show("{% notice title='Ada <b>' %}{{ text }}{% endnotice %}", text="x < y")
    assert "<h2>Ada <b></h2>" in shown, "a template's own text is its author's"
    assert "x &lt; y" in shown


def test_a_part_sees_no_variables_of_the_page():
    page = {"url": "/rahasia/", "note": "rahasia"}
    assert show("{{ url }}{{ note }}", **page) == "/rahasia/rahasia"
    assert "rahasia" not in show("{% tile 'Orang' number=3 %}", **page)


def test_a_part_with_a_form_sends_the_token():
    text = "{% confirm 'Tutup' 'Tutup?' 'Ya' url='#' %}{% endconfirm %}"
    assert 'value="abc"' in show(text, csrf_token="abc")


def test_every_part_has_a_function_and_a_template():
    assert set(parts.register.tags) >= PARTS
    assert parts_in(NAMES) <= PARTS


@pytest.mark.urls("tests.pages.urls")
def test_the_gallery_shows_every_part(client):
    drawn = {template.name for template in client.get("/rancangan/").templates}
    assert drawn >= {f"parts/{name}.html" for name in PARTS | {"table"}}


def test_every_part_is_used_beyond_the_gallery():
    assert PARTS - parts_in(name for name in NAMES if name != GALLERY) == TO_COME


def test_the_formatter_knows_every_part_with_content():
    config = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    with_content = {name for name in PARTS if CONTENT in signature(getattr(parts, name)).parameters}
    assert set(config["tool"]["djangofmt"]["custom-blocks"]) == with_content | {
        *("keep", "table", "column"),
    }


def test_no_line_is_long():
    assert [where for where, line in lines_of_all() if len(line) > LONGEST] == []


def nodes_of(name, kind):
    return get_template(name).template.nodelist.get_nodes_by_type(kind)


def test_a_part_is_never_included():
    """`include … with` would ignore a misspelt parameter."""
    included = {name: [n.template.var for n in nodes_of(name, IncludeNode)] for name in NAMES}
    assert any(included.values())
    assert [
        (name, part)
        for name, parts in included.items()
        for part in parts
        if str(part).startswith("parts/") and not str(part).startswith("parts/pieces/")
    ] == []


def only_tests_flags(condition):
    """Whether a condition is made of plain variables with `not`, `and`, `or`."""
    if isinstance(condition, TemplateLiteral):
        value = condition.value
        return isinstance(value.var, Variable) and not value.var.literal and not value.filters
    parts = [condition.first, condition.second]
    return condition.id in ("not", "and", "or") and all(
        only_tests_flags(part) for part in parts if part is not None
    )


def decisions(nodes):
    """The conditions in these nodes that compare or compute."""
    for node in nodes.get_nodes_by_type(IfChangedNode):
        yield node
    for node in nodes.get_nodes_by_type(IfNode):
        for condition, _ in node.conditions_nodelists:
            if condition is not None and not only_tests_flags(condition):
                yield condition


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(OF_OTHERS)])
def test_templates_make_no_comparisons(name):
    """Python decides what follows from a state; a template only tests the flags that it gets."""
    assert list(decisions(get_template(name).template.nodelist)) == []


@pytest.mark.parametrize(
    "condition",
    ["a == 'x'", "a|length", "a|divisibleby:2", "not a in b", "a and b > 1"],
)
def test_a_comparison_is_found_however_it_is_written(condition):
    inside = "{% notice %}{% for a in b %}{%if CONDITION %}x{%endif%}{% endfor %}{% endnotice %}"
    template = Template(inside.replace("CONDITION", condition))
    assert list(decisions(template.nodelist))
    assert not list(decisions(Template(inside.replace("CONDITION", "not a and b.c")).nodelist))
