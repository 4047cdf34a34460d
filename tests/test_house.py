"""The house: a room imports only rooms above it, and nothing imports the portal."""

import pytest

from tests.sources import BASE, imports

ROOMS = [
    "enrollment.workbooks",
    "villages",
    "enrollment.fields",
    "enrollment.sheets",
    "enrollment.jobs",
    "enrollment.notifications",  # to come: called by other rooms, imports none of them
    "enrollment.workers.checks",
    "enrollment.workers",
    "enrollment.workers.rechecks",
    "enrollment.duplicates",
    "enrollment.blanks",
    "enrollment.imports",  # its models and what follows from them
    "enrollment.imports.columns",
    "enrollment.imports.registry",
    "enrollment.imports.reading",
    "enrollment.imports.mending",
    "enrollment.imports.actions",
    "enrollment.imports.tasks",
    "enrollment.imports.pages",
    "enrollment.imports.urls",
    "enrollment.coverage",
    "enrollment.matching",  # to come: who is a member of BPJS already, for eligibility
    "enrollment.programmes",
    "enrollment.proposals",  # the waiting list stands here
    "enrollment.decrees",
    "enrollment.premiums",  # to come: registered and paid, month by month
    "enrollment.claims",  # to come
    "enrollment.complaints",  # to come
    "enrollment.dossiers",
    "enrollment.reports",
    "enrollment.public",  # to come: what anybody may see
    "enrollment.demo",
]
"""In the order in which the data passes through them: each may import those before it. A room
inside another has its own line; so has a file of that package which comes before or after it."""
COMING = {"notifications", "matching", "premiums", "claims", "complaints", "public"}


def room_of(module):
    """The innermost room that a dotted name lies in."""
    found = [room for room in ROOMS if module == room or module.startswith(f"{room}.")]
    return max(found, key=len, default=None)


def module_of(path):
    return ".".join(path.relative_to(BASE).with_suffix("").parts)


def files_of(room):
    """The files of a room itself, not those of rooms inside it."""
    top = BASE.joinpath(*room.split(".")[:2])
    return sorted(path for path in top.rglob("*.py") if room_of(module_of(path)) == room)


def forbidden_imports(room):
    allowed = ROOMS[: ROOMS.index(room) + 1]
    for path in files_of(room):
        if "migrations" in path.relative_to(BASE).parts:
            continue
        for module in imports(path):
            target = room_of(module)
            if (target and target not in allowed) or module.split(".")[0] in ("portal", "tests"):
                yield f"{path.relative_to(BASE)} imports {module}"


@pytest.mark.parametrize("room", [room for room in ROOMS if files_of(room)])
def test_a_room_imports_only_rooms_above_it(room):
    assert list(forbidden_imports(room)) == []


def test_every_package_of_enrollment_is_a_room():
    packages = {module_of(path.parent) for path in (BASE / "enrollment").rglob("*/__init__.py")}
    apart = {"enrollment.migrations", "enrollment.management", "enrollment.management.commands"}
    assert packages - set(ROOMS) <= apart


def test_every_room_is_there_or_to_come():
    coming = {f"enrollment.{name}" for name in COMING}
    assert {room for room in ROOMS if not files_of(room)} == coming


def test_rooms_and_imports_are_recognised():
    assert room_of("enrollment.decrees.models") == "enrollment.decrees"
    seen = set(imports(BASE / "enrollment/decrees/models.py"))
    assert "enrollment.proposals.models" in seen
    assert room_of("enrollment.imports.pages.forms") == "enrollment.imports.pages"
    assert room_of("enrollment.imports.models") == "enrollment.imports"
