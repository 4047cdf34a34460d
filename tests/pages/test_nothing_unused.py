"""No template that is never shown, no CSS class that is never used and no function that only tests
call may remain."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

BASE = settings.BASE_DIR
TEMPLATES = BASE / "templates"
OF_OTHERS = {"admin.css"}
"""Styles pages that are not ours."""
STYLES = [
    path
    for path in sorted((BASE / "static" / "portal").glob("*.css"))
    if path.name not in OF_OTHERS
]
ROOMS = ("portal", "villages", "enrollment")
BY_HTMX = {"htmx-request"}
"""Set on elements while an answer is on its way."""
BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
BY_NAME = ("admin/", "registration/")
"""Folders where Django's own views and import-export look for templates that replace theirs."""
GALLERY = TEMPLATES / "gallery.html"
"""The gallery shows every part, so being shown there does not count as use."""


@pytest.fixture(scope="module")
def sources():
    """Path → text of every file that can name a template or a class."""
    paths = [*TEMPLATES.rglob("*.html"), *(BASE / "static" / "portal").glob("*.js")]
    for room in ROOMS:
        paths += (BASE / room).rglob("*.py")
    return {path: path.read_text() for path in paths if path != GALLERY}


def test_every_template_is_shown(sources):
    named = {
        name
        for path, text in sources.items()
        for name in re.findall(r"""["']([\w/.{}]+\.html)["']""", text)
        if path != TEMPLATES / name
    }
    patterns = [re.compile(re.sub(r"\{[\w.]*\}", r"[\\w]+", name)) for name in named]
    unused = [
        name
        for name in sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
        if name not in BY_DJANGO
        and not name.startswith(BY_NAME)
        and not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    assert unused == []


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_every_class_is_used(style, sources):
    words = set(re.findall(r"[\w-]+", " ".join(sources.values())))
    made = {f"tone-{word}" for word in words} | {f"btn-{word}" for word in words}
    assert sorted(classes_of(style) - words - made - BY_HTMX) == []


def classes_of(style: Path):
    rules = re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.S)
    selectors = " ".join(re.findall(r"([^{}]+)\{", rules))
    return set(re.findall(r"\.([a-z][\w-]*)", selectors))


def names_in(tree):
    """Every name that code reads, imports or writes in a string (a dotted path in the settings)."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                yield name
            case ast.Constant(value=str(text)):
                yield text.rpartition(".")[2]


def test_every_function_is_called_by_the_portal_itself():
    """A function that only tests call describes something that the portal does not do. Functions
    that a framework calls are decorated or are methods, so they are not checked."""
    trees = [ast.parse(path.read_text()) for room in ROOMS for path in (BASE / room).rglob("*.py")]
    used = {name for tree in trees for name in names_in(tree)}
    defined = {
        node.name
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.decorator_list
    }
    assert {"decide", "check_person"} <= defined & used
    assert sorted(defined - used) == []
