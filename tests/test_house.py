"""The house: a room imports only rooms above it, and nothing imports the portal."""

import ast
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent
ROOMS = [
    "villages",
    "enrollment.workbooks",
    "enrollment.sheets",
    "enrollment.jobs",
    "enrollment.workers",
    "enrollment.duplicates",
    "enrollment.imports",
    "enrollment.coverage",
    "enrollment.programmes",
    "enrollment.proposals",
    "enrollment.decrees",
    "enrollment.matching",
    "enrollment.premiums",
    "enrollment.claims",
    "enrollment.reports",
    "enrollment.demo",
]
"""In the order the data walks: each may import those before it."""


def room_of(module):
    found = [room for room in ROOMS if module == room or module.startswith(f"{room}.")]
    return found[0] if found else None


def imports(path):
    """The modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                parent = path.relative_to(BASE).parent.parts[: None if node.level == 1 else -1]
                module = ".".join((*parent, module)).rstrip(".")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def files_of(room):
    return sorted((BASE / room.replace(".", "/")).rglob("*.py"))


def wrong(room):
    above = ROOMS[: ROOMS.index(room) + 1]
    for path in files_of(room):
        if "migrations" in path.parts:
            continue
        for module in imports(path):
            target = room_of(module)
            if (target and target not in above) or module.split(".")[0] in ("portal", "tests"):
                yield f"{path.relative_to(BASE)} imports {module}"


@pytest.mark.parametrize("room", [room for room in ROOMS if files_of(room)])
def test_a_room_imports_only_rooms_above_it(room):
    assert list(wrong(room)) == []


def test_every_package_of_enrollment_is_a_room():
    packages = {
        f"enrollment.{path.parent.name}" for path in (BASE / "enrollment").glob("*/__init__.py")
    }
    assert packages - set(ROOMS) <= {"enrollment.migrations", "enrollment.management"}


def test_this_test_can_lose():
    assert room_of("enrollment.decrees.models") == "enrollment.decrees"
    seen = set(imports(BASE / "enrollment/decrees/models.py"))
    assert "enrollment.proposals.models" in seen
