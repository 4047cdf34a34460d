"""The project's own source files, and what they import."""

import ast
from functools import cache
from pathlib import Path

BASE = Path(__file__).resolve().parents[1]
PACKAGES = ("portal", "villages", "enrollment", "tests")


def imports(path, base=BASE):
    """The modules that a file imports, wherever in the file."""
    for node in _import_statements(path.read_text()):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            module = node.module or ""
            if node.level:
                folders = path.relative_to(base).parent.parts
                parent = folders[: len(folders) + 1 - node.level]
                module = ".".join((*parent, module)).rstrip(".")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@cache
def _import_statements(text):
    nodes = ast.walk(ast.parse(text))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def of_the_project(module):
    return module.split(".")[0] in PACKAGES


def with_imports(paths, base=BASE):
    """These files, and all files of the project that they import, directly or not."""
    found, pending = set(), set(paths)
    while pending:
        found |= pending
        modules = {module for path in pending for module in imports(path, base)}
        pending = {file for module in modules for file in _files(module, base)} - found
    return found


def _files(module, base):
    """The file of a module, and of the packages it lies in."""
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        place = base.joinpath(*parts[:length])
        yield from (
            path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file()
        )
