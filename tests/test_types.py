"""Types: modules that decide on plain values are checked strictly, new ones as well."""

import ast
import fnmatch
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent
PLAIN_LIBRARIES = {"lokal", "lxml", "olefile", "openpyxl", "orjson", "python_calamine", "rapidfuzz"}
"""Libraries independent of Django, which pure modules may import besides the standard library."""


@cache
def strict_list():
    mypy = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["mypy"]
    (strict,) = [table for table in mypy["overrides"] if table.get("disallow_untyped_defs")]
    return strict["module"]


def is_strict(module):
    return any(fnmatch.fnmatchcase(module, pattern) for pattern in strict_list())


def module_of(path):
    return ".".join(path.relative_to(BASE).with_suffix("").parts)


@cache
def imported_when_run(path):
    """The modules that a file imports, without those that only its annotations name."""
    return list(_imported_when_run(path))


def _imported_when_run(path):
    tree = ast.parse(path.read_text())
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in MODULES else node.module


def modules(*rooms):
    return {
        module_of(path): path
        for room in rooms
        for path in sorted((BASE / room).rglob("*.py"))
        if path.name != "__init__.py" and not {"migrations", "management"} & set(path.parts)
    }


MODULES = modules("villages", "enrollment")


@cache
def pure_modules():
    """The modules that use neither Django nor a database, and import no module that does."""
    pure = set(MODULES)

    def is_plain(module):
        library = module.split(".")[0]
        return library in sys.stdlib_module_names | PLAIN_LIBRARIES or module in pure

    while impure := {
        module for module in pure if not all(map(is_plain, imported_when_run(MODULES[module])))
    }:
        pure -= impure
    return pure


def pure_by_name():
    """The modules that the architecture calls pure, whatever they import."""
    return {name for name in MODULES if name.endswith(".rules") or ".checks." in name}


def test_modules_that_decide_on_plain_values_are_checked_strictly():
    """They belong in the strict list of mypy in pyproject.toml."""
    deciding = pure_modules() | pure_by_name()
    assert {module for module in deciding if not is_strict(module)} == set()


def has_all_types(path):
    """Whether a file has functions, and each says what it takes and gives."""
    functions = [
        node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)
    ]
    return bool(functions) and all(map(_is_typed, functions))


def _is_typed(function):
    taken = function.args
    named = [*taken.posonlyargs, *taken.args, *taken.kwonlyargs, taken.vararg, taken.kwarg]
    named = [it for it in named if it and it.arg not in ("self", "cls")]
    returns = function.returns or function.name == "__init__"
    return bool(returns) and all(it.annotation for it in named)


def test_a_module_once_typed_stays_in_the_list():
    typed = {name for name, path in MODULES.items() if has_all_types(path)}
    assert "villages.models" in typed
    assert {name for name in typed if not is_strict(name)} == set()


def test_the_strict_list_names_only_modules_that_exist():
    for pattern in strict_list():
        assert fnmatch.filter(MODULES | modules("portal"), pattern), f"{pattern} is no module"


def test_pure_modules_are_told_apart_from_others():
    pure = pure_modules()
    assert {"enrollment.workers.checks.nik", "villages.areas", "enrollment.sheets.reading"} <= pure
    assert not {"villages.models", "enrollment.workers.checking", "villages.refusals"} & pure


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("def f(a: int) -> int: ...", True),
        ("class A:\n    def __init__(self, a: int): ...", True),
        ("def f(a) -> int: ...", False),
        ("def f(a: int, *rest) -> int: ...", False),
        ("def f(a: int): ...", False),
        ("A = 1", False),
    ],
)
def test_a_function_has_types_when_all_it_takes_and_gives_has(tmp_path, code, typed):
    path = tmp_path / "module.py"
    path.write_text(code)
    assert has_all_types(path) is typed
