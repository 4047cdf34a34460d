"""Which rooms have tasks for the queue."""

from pathlib import Path

BASE = Path(__file__).resolve().parent.parent


def with_tasks():
    """Return the dotted names of the packages that hold a tasks.py."""
    found = sorted(BASE.glob("enrollment/**/tasks.py")) + sorted(BASE.glob("villages/tasks.py"))
    return [".".join(path.parent.relative_to(BASE).parts) for path in found]
