"""Which rooms have tasks for the queue."""

from pathlib import Path

BASE = Path(__file__).resolve().parent.parent


def with_tasks():
    """Return the dotted names of the packages that hold a tasks.py."""
    found = [path for top in ("enrollment", "villages") for path in BASE.glob(f"{top}/**/tasks.py")]
    return [".".join(path.parent.relative_to(BASE).parts) for path in sorted(found)]
