"""Log files: what PostgreSQL may write into its own, and how large each may become."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

LARGEST = 10 * 2**20
"""Bytes. As much again is kept of what came before, in `….log.1`."""

POSTGRES = {
    # An error goes to the program that caused it, and its message may quote a value.
    "log_min_messages": "log",
    # What is still logged comes without the statement and without DETAIL: key values, whole rows.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""PostgreSQL's settings, here and in docker-compose.yml: its log holds nobody's data."""


def of(data: Path) -> list[Path]:
    """The log files in a data folder."""
    return [
        path for folder in ("logs", "postgres", "valkey") for path in data.glob(f"{folder}/*.log")
    ]


def rotate(data: Path):
    """Begin the files anew that have become too large.

    Each is emptied rather than renamed, since the process that appends to it keeps it open.
    """
    for path in of(data):
        if path.stat().st_size > LARGEST:
            with suppress(OSError):  # a full disk is a reason to go on
                shutil.copyfile(path, path.with_suffix(".log.1"))
            os.truncate(path, 0)
