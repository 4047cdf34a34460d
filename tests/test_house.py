"""The house: a room imports only rooms above it, and nothing imports the portal."""

from functools import cache
from pathlib import Path

import pytest

from tests.sources import BASE, PACKAGES, imports

ROOMS = [
    *("enrollment.workbooks.decoding", "enrollment.workbooks.inspection"),
    "enrollment.workbooks.kinds",
    "enrollment.workbooks",
    # Shared, one file each
    *(
        "enrollment.among",
        "enrollment.months",
        "enrollment.formats",
        "enrollment.asking",
        "enrollment.numbers",
        "enrollment.markdown",
        "enrollment.sealing",
    ),
    *("enrollment.standing", "enrollment.paging", "enrollment.listing"),
    "villages",
    "enrollment.fields",
    "enrollment.sheets",
    "enrollment.limits",
    "enrollment.jobs",
    "enrollment.notifications",  # to come: called by other rooms, imports none of them
    "enrollment.workers.checks",
    "enrollment.illness",  # asked in the form of a person and by the import
    "enrollment.workers",
    "enrollment.workers.rechecks",
    "enrollment.blanks",
    "enrollment.imports",  # its models and what follows from them
    "enrollment.imports.columns",
    "enrollment.imports.registry",
    "enrollment.imports.reading",
    "enrollment.imports.mending",
    "enrollment.imports.actions",
    "enrollment.imports.report",
    "enrollment.imports.tasks",
    "enrollment.imports.pages",
    "enrollment.imports.urls",
    "enrollment.coverage",
    "enrollment.matching",  # what goes to other offices and comes back
    "enrollment.programmes",
    "enrollment.schedules",
    "enrollment.statements",
    "enrollment.reverification",  # before lists, which it may stop; its pages are in renewals
    "enrollment.routes",
    "enrollment.bands",
    "enrollment.proposals",  # its models and what follows from them; the waiting list stands here
    "enrollment.proposals.papers",  # what is handed in, frozen, printed and signed
    "enrollment.proposals.actions",
    *("enrollment.proposals.views", "enrollment.proposals.decide"),
    *("enrollment.proposals.repairing", "enrollment.proposals.bulk_views"),
    "enrollment.proposals.papers.pages",
    *("enrollment.proposals.papers.urls", "enrollment.proposals.urls"),
    "enrollment.decrees.by_villages",  # what villages decide, with what money
    "enrollment.decrees.signatories",  # who signs, from when until when
    "enrollment.decrees.codes",  # by which anybody looks a list up
    "enrollment.decrees.arrangement",  # columns, groups and words of the annex
    "enrollment.decrees",
    "enrollment.decrees.annexes",  # set as PDF, written as Word files
    "enrollment.decrees.annexes.arranging",  # the page on which a regency arranges them
    "enrollment.decrees.letters",  # the letter as a Word file
    "enrollment.decrees.signing",  # what goes out to be signed and comes back
    "enrollment.decrees.amendments",  # what changes an issued decree; the list in force
    "enrollment.decrees.revoking",  # its people leave
    "enrollment.decrees.urls",
    "enrollment.leavings",  # who leaves gives place and money back
    "enrollment.registrations",  # the people of a decree go to BPJS; who is refused leaves
    "enrollment.duplicates",  # a decision takes the person off lists and drafts
    "enrollment.desk",  # tells of duplicates, too
    "enrollment.renewals",  # the next list begins as the last one
    "enrollment.premiums",  # to come: registered and paid, month by month
    "enrollment.claims",  # to come
    "enrollment.complaints",  # to come
    "enrollment.dossiers",
    "enrollment.reports",
    "enrollment.counts",
    "enrollment.retention",
    "enrollment.public",  # what anybody may see
    "enrollment.public.publishing",  # the JDIH package, counts without a person
    *("enrollment.models", "enrollment.admin", "enrollment.apps"),  # gather those of all rooms
    "enrollment.demo",
    "enrollment.management",  # commands
]
"""In the order in which the data passes through them: each may import those before it. A room
inside another has its own line; so has a file of that package which comes before or after it."""
COMING = {"notifications", "premiums", "claims", "complaints"}


@cache
def room_of(module):
    """The innermost room that a dotted name lies in."""
    found = [room for room in ROOMS if module == room or module.startswith(f"{room}.")]
    return max(found, key=len, default=None)


def module_of(path):
    return ".".join(path.relative_to(BASE).with_suffix("").parts)


@cache
def files_of(room):
    """The files of a room itself, not those of rooms inside it."""
    top = BASE / room.split(".")[0]
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


def test_every_file_lies_in_a_room():
    files = {path for path in (BASE / "enrollment").rglob("*.py") if "migrations" not in path.parts}
    homeless = {path.relative_to(BASE) for path in files if not room_of(module_of(path))}
    assert homeless == {Path("enrollment/__init__.py")}


def test_every_package_is_a_room():
    packages = {module_of(path.parent) for path in (BASE / "enrollment").rglob("*/__init__.py")}
    apart = {"enrollment.migrations", "enrollment.management.commands"}
    assert packages - set(ROOMS) <= apart
    code = {path.relative_to(BASE).parts[0] for path in BASE.glob("[!.]*/**/*.py")}
    assert code - {"var"} == {"bench", "bin", *PACKAGES}


def test_every_room_is_there_or_to_come():
    coming = {f"enrollment.{name}" for name in COMING}
    assert {room for room in ROOMS if not files_of(room)} == coming


def test_rooms_and_imports_are_recognised():
    assert room_of("enrollment.decrees.models") == "enrollment.decrees"
    seen = set(imports(BASE / "enrollment/decrees/models.py"))
    assert "enrollment.proposals.models" in seen
    assert room_of("enrollment.imports.pages.forms") == "enrollment.imports.pages"
    assert room_of("enrollment.imports.models") == "enrollment.imports"


def test_relative_imports_are_followed_to_any_height(tmp_path):
    file = tmp_path / "enrollment/imports/pages/lists.py"
    file.parent.mkdir(parents=True)
    file.write_text(
        "from . import forms\nfrom ..columns import words\nfrom ...decrees import rules"
    )
    assert set(imports(file, tmp_path)) == {
        *("enrollment.imports.pages", "enrollment.imports.pages.forms"),
        *("enrollment.imports.columns", "enrollment.imports.columns.words"),
        *("enrollment.decrees", "enrollment.decrees.rules"),
    }
