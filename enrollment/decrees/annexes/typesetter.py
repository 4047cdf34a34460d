"""A process of its own that sets a part of an annex, or feet: typst never gives memory back.

It reads the data of the part as JSON from its input. It writes a line of JSON with the row at
which the last page begins (`{"last": NUMBER or null}`), and then the PDF; asked for a picture, it
writes that alone.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any, Final

import typst

HERE = Path(__file__).resolve().parent
STANDARD: Final = "a-2b"
"""PDF/A-2b (ISO 19005-2): made to be kept. Faces are in the file, colours are told by a profile.
Without the tags of 2a: a list of 10,000 people would be twenty times as large with them."""


def pdf(template: str, data: dict[str, Any], timestamp: int) -> tuple[bytes, typst.Compiler]:
    """The template set with `data`; the file says that it was made at `timestamp`, so that the same
    data gives the same bytes."""
    compiler = _compiler(template, data)
    made = compiler.compile(
        format="pdf", timestamp=timestamp, pdf_tags=False, pdf_standards=STANDARD
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no file.")
    return made, compiler


def picture(template: str, data: dict[str, Any], points: float) -> bytes:
    """The first page as PNG, with so many points an inch."""
    made = _compiler(template, data).compile(format="png", ppi=points)
    first = made[0] if isinstance(made, list) else made
    if not isinstance(first, bytes):
        raise TypeError("typst gave no picture.")
    return first


def _compiler(template: str, data: dict[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        str(HERE / template),
        root=str(HERE),
        font_paths=typst.Fonts(False, False, [str(HERE / "fonts")]),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )


def last_page(compiler: typst.Compiler) -> int | None:
    """The first row of the last page, None if no row was to be told."""
    asked = "query(<row>).map(row => (row.location().page(), row.value))"
    rows = json.loads(compiler.eval(asked))
    return min(number for page, number in rows if page == rows[-1][0]) if rows else None


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no copy of people's data on the disk
    order = json.load(sys.stdin.buffer)
    if "picture" in order:
        sys.stdout.buffer.write(picture(order["template"], order["data"], order["picture"]))
        return
    made, compiler = pdf(order["template"], order["data"], order["timestamp"])
    last = last_page(compiler) if order["data"].get("marked") else None
    sys.stdout.buffer.write(json.dumps({"last": last}).encode() + b"\n")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
