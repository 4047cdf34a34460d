"""Types: modules that decide on plain values are checked strictly, new ones as well."""

import ast
import fnmatch
import sys
import tomllib
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent
PLAIN_LIBRARIES = {"lokal", "olefile", "openpyxl", "orjson", "python_calamine"}
"""Libraries independent of Django, which pure modules may import besides the standard library."""


def strict_list():
    mypy = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["mypy"]
    (strict,) = [table for table in mypy["overrides"] if table.get("disallow_untyped_defs")]
    return strict["module"]


def is_strict(module):
    return any(fnmatch.fnmatchcase(module, pattern) for pattern in strict_list())


def module_of(path):
    return ".".join(path.relative_to(BASE).with_suffix("").parts)


def imported_when_run(path):
    """The modules that a file imports, without those that only its annotations name."""
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


MODULES = {
    module_of(path): path
    for room in ("villages", "enrollment")
    for path in sorted((BASE / room).rglob("*.py"))
    if path.name != "__init__.py" and not {"migrations", "management"} & set(path.parts)
}


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


@pytest.mark.parametrize("module", sorted(pure_modules() | pure_by_name()))
def test_a_module_that_decides_on_plain_values_is_checked_strictly(module):
    assert is_strict(module), f"{module} belongs in the strict list of mypy in pyproject.toml"


def test_the_strict_list_names_only_modules_that_exist():
    for pattern in strict_list():
        assert fnmatch.filter(MODULES, pattern), f"{pattern} is no module"


def test_pure_modules_are_told_apart_from_others():
    pure = pure_modules()
    assert {"enrollment.workers.checks.nik", "villages.areas", "enrollment.sheets.reading"} <= pure
    assert not {"villages.models", "enrollment.workers.checking", "villages.refusals"} & pure
