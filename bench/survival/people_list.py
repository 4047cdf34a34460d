"""The list that is imported again and again: good people only."""

import sys

from bench import ground

sys.path.insert(0, str(ground.BASE / "bench" / "import"))

import people


def file_of(rows):
    """A workbook with so many good people of Bojonegoro, which is written only once."""
    path = ground.DATA / f"good-{rows}.xlsx"
    if not path.exists():
        draft = path.with_suffix(".draft")
        people.write(draft, rows, faults=False)
        draft.replace(path)
    return path
