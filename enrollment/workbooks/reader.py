"""The child process that reads a workbook: file on stdin, pickled messages on stdout.

`opening.read` runs it by its path and never imports it: when a hostile file makes a compiled
library abort, only this process dies. It imports the kind of workbook that it reads and no more of
the house, so that it starts in milliseconds.

Messages, each pickled after its length (4 bytes) and the `CLASSES` of cells: `(name, visible,
height)` opens a sheet, lists of `(spreadsheet row, cells)` are its rows without the blank ones, an
`About` says what is to be known about the next of these lists, `None` closes the sheet; `"end"`
closes the workbook, `("refused", reason)` refuses it. `height` is roughly the sheet's number of
rows.
"""

from __future__ import annotations

import importlib
import io
import json
import pickle
import resource
import struct
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

MODULES = {
    "xlsx": "container",
    "xls": "container",
    "ods": "opendocument",
    "fods": "opendocument",
    "sheetml": "spreadsheetml",
    "html": "page",
    "csv": "delimited",
}

CLASSES = (date, datetime, time, timedelta)
"""Those that a pickle names; how a text or a number is written needs no name."""


def main() -> None:
    order = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"] + 1,) * 2)
    resource.setrlimit(resource.RLIMIT_DATA, (order["memory"],) * 2)
    sys.path.insert(0, str(Path(__file__).parents[2]))
    refused = importlib.import_module("enrollment.workbooks.kinds.messages").Refused
    try:
        kind = order["kind"]
        module = importlib.import_module(f"enrollment.workbooks.kinds.{MODULES[kind]}")
        for message in module.messages(sys.stdin.buffer, kind):
            send(message)
        send("end")
    except refused as refusal:
        send(("refused", str(refusal)))
    except MemoryError:
        send(("refused", "memory"))


def send(message: object) -> None:
    buffer = io.BytesIO(b"\0\0\0\0")
    buffer.seek(4)
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dump(CLASSES)  # what it remembers it need not name again for every date
    # Pickling without the memo takes half the time, and is safe as cells never contain themselves.
    pickler.fast = True
    pickler.dump(message)
    view = buffer.getbuffer()
    struct.pack_into("<I", view, 0, len(view) - 4)
    sys.stdout.buffer.write(view)


if __name__ == "__main__":
    main()
