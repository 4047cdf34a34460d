"""How much of the machine PostgreSQL takes: its own defaults are for the smallest there is.

docs/operations.md ("Scale") has the same advice for a server of your own.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import psutil

MEGABYTE = 2**20
CGROUP = Path("/sys/fs/cgroup/memory.max")


def of_this_machine(folder: Path) -> dict[str, str]:
    """Settings for the memory that we may use, and for the free disk where `folder` lies."""
    return settings(_memory() // MEGABYTE, shutil.disk_usage(folder).free // MEGABYTE)


def settings(memory: int, disk: int) -> dict[str, str]:
    """PostgreSQL's settings for so many megabytes of memory and of free disk.

    A quarter of the memory is its cache, as web and worker need some too. More room for the log of
    changes means fewer checkpoints while a regency's list is saved. Random reads cost little more
    than others on the disks that there are today. Row security makes plans look so dear that they
    would be compiled (jit), for statements that take milliseconds.
    """
    return {
        "shared_buffers": f"{_between(128, memory // 4, 8192)}MB",
        "effective_cache_size": f"{_between(256, memory // 2, 65536)}MB",
        "maintenance_work_mem": f"{_between(64, memory // 16, 1024)}MB",
        "max_wal_size": f"{_between(256, disk // 20, 8192)}MB",
        "random_page_cost": "1.1",
        "jit": "off",
    }


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))


def _memory() -> int:
    """Bytes of memory of the machine, or of the container that limits us."""
    total = int(psutil.virtual_memory().total)
    with suppress(OSError, ValueError):  # no limit is written as "max"
        return min(total, int(CGROUP.read_text()))
    return total
