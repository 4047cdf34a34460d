"""The tables of `verbs` as Markdown, for the guide: who may take which step, and from where.

`bin/manage write_tables` puts them into docs/, and a test compares, so that the guide cannot say
anything else than the portal does.
"""

from __future__ import annotations

from collections.abc import Iterator

from enrollment.markdown import table
from enrollment.proposals.verbs import VERBS, State, Verb
from villages.models import Role
from villages.permissions import MAY, held_by

NAMES: dict[str, str] = {"": "–", **{state.value: f"**{state.label}**" for state in State}}

HEADS = ("Langkah", "Dari", "Menjadi", "Oleh", "Alasan")


def steps() -> str:
    """A row for each verb and permission: from which states, to which, by which roles."""
    return table(HEADS, (row for verb in VERBS.values() for row in _rows_of(verb)))


def _rows_of(verb: Verb) -> Iterator[tuple[str, ...]]:
    for permission, states in verb.may.items():
        roles = ", ".join(role.label for role in Role if role in MAY[permission])
        reason = "wajib" if verb.needs_reason else ""
        starts = ", ".join(NAMES[state] for state in NAMES if state in states)
        yield f"**{_name(verb)}**", starts, NAMES[verb.to], roles, reason


def by_role() -> str:
    """For each role that takes steps, a table of the states: what it may do with a person there,
    and where that leads."""
    parts = []
    for role in Role:
        rows = [row for state in NAMES if (row := _row_of(role, state))]
        if rows:
            parts.append(f"### {role.label}\n\n{table(('Status', 'Boleh', 'Menjadi'), rows)}")
    return "\n\n".join(parts)


def _row_of(role: Role, state: str) -> tuple[str, str, str] | None:
    taken = [verb for verb in VERBS.values() if state in verb.origins(held_by(role))]
    if not taken:
        return None
    return (
        NAMES[state],
        "<br>".join(_name(verb) for verb in taken),
        "<br>".join(NAMES[verb.to] for verb in taken),
    )


def _name(verb: Verb) -> str:
    return verb.label or verb.history
