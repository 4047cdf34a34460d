"""The tables in docs/ that are made from the code (`bin/manage write_tables`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from enrollment.leavings.rules import ACTS, Stage
from enrollment.markdown import table
from enrollment.proposals import step_tables
from villages.models import Role
from villages.permissions import MAY


def permissions() -> str:
    """A row for each permission, a column for each role."""
    rows = [
        (f"`{permission}`", *("✓" if role in roles else "" for role in Role))
        for permission, roles in MAY.items()
    ]
    return table(("", *(role.label for role in Role)), rows)


def leavings() -> str:
    """A row for each act of a leaving: from which stages, to which, by which roles."""
    rows = [
        (
            f"**{act.name}**",
            ", ".join(f"**{stage.label}**" for stage in Stage if stage in act.origins) or "–",
            f"**{act.to.label}**",
            ", ".join(role.label for role in Role if role in MAY[act.permission]),
            "wajib" if act.needs_reason else "",
        )
        for act in ACTS
    ]
    return table(step_tables.HEADS, rows)


TABLES: Mapping[str, Callable[[], str]] = {
    "steps": step_tables.steps,
    "steps by role": step_tables.by_role,
    "leavings": leavings,
    "permissions": permissions,
}
PLACE = re.compile(r"(<!-- write_tables: (?P<name>[\w ]+) -->\n).*?(\n<!-- end -->)", re.DOTALL)
"""Where a table stands in a document: between these two comments."""


def written(text: str) -> str:
    """The text of a document with its tables as the code has them now."""
    return PLACE.sub(lambda place: f"{place[1]}\n{TABLES[place['name']]()}\n{place[3]}", text)


def documents(folder: Path) -> list[Path]:
    """The documents below `folder` that have such tables."""
    return [path for path in sorted(folder.rglob("*.md")) if PLACE.search(path.read_text())]
