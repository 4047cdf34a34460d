"""A process of its own that joins the parts of an annex, numbers their pages and checks it.

Parts and feet are PDF/A-2b, and so is the whole: it keeps the first part's profile of colours and
its metadata, which are made to tell of the whole.

Its input is a file with all parts one after another. Its argument says in JSON how long each is,
how many of its last pages are left out, and what stands at the foot of each page. The PDF goes to
its output, which must be a file.
"""

import io
import json
import resource
import subprocess
import sys
from typing import Any, BinaryIO

import pikepdf

TYPESETTER = "enrollment.decrees.annexes.typesetter"
FEET = 800
"""Pages whose feet are set at a time."""
POINTS = 72 / 25.4
PAGES = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"
QR_SIDE, QR_FROM_BELOW = 13, 5
"""Millimetres: above what printers leave white, below the table."""


def joined(parts: BinaryIO, lengths: list[int], left_out: list[int]) -> pikepdf.Pdf:
    """All pages in one document, which says of itself what the first part does."""
    whole: pikepdf.Pdf | None = None
    for length, dropped in zip(lengths, left_out, strict=True):
        part = pikepdf.open(io.BytesIO(parts.read(length)))
        for _ in range(dropped):
            del part.pages[-1]
        if whole is None:
            whole = part
        else:
            whole.pages.extend(part.pages)
    if whole is None:
        raise ValueError("There are no parts.")
    return whole


def describe(whole: pikepdf.Pdf, order: dict[str, Any]) -> None:
    """Let the metadata of the first part tell of the whole."""
    with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about[PAGES] = str(len(whole.pages))
        about["xmpMM:DocumentID"] = about["xmpMM:InstanceID"] = f"uuid:{order['id']}"


def number(whole: pikepdf.Pdf, order: dict[str, Any]) -> None:
    """Lay its foot over each page, some hundreds at a time."""
    pages = list(whole.pages)
    picture = qr(whole, order["foot"]["qr"]) if order["foot"]["qr"] else None
    for begin in range(0, len(pages), FEET):
        some = pages[begin : begin + FEET]
        data = {"first": begin + 1, "last": begin + len(some), "pages": len(pages)}
        made = feet_of(order["foot"] | data, order["timestamp"])
        with pikepdf.open(io.BytesIO(made)) as feet:
            for index, (page, foot) in enumerate(zip(some, feet.pages, strict=True), begin + 1):
                lay(whole, page, foot, pikepdf.Name(f"/Foot{index}"))
                if picture is not None:
                    show(page, picture, order["foot"])


def lay(whole: pikepdf.Pdf, page: pikepdf.Page, foot: pikepdf.Page, name: pikepdf.Name) -> None:
    """As pikepdf's own overlay, whose name is random: the same annex must give the same bytes."""
    page.add_resource(whole.copy_foreign(foot.as_form_xobject()), pikepdf.Name.XObject, name)
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q {name} Do Q".encode())


def qr(whole: pikepdf.Pdf, rows: list[str]) -> pikepdf.Stream:
    """The QR as one drawing of squares that all pages share: it is in the file once."""
    size = len(rows)
    squares = [
        f"{column} {size - 1 - line} 1 1 re"
        for line, row in enumerate(rows)
        for column, dark in enumerate(row)
        if dark == "1"
    ]
    drawing = whole.make_stream(" ".join([*squares, "f"]).encode())
    drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    drawing.BBox = [0, 0, size, size]
    drawing.Resources = pikepdf.Dictionary()
    return drawing


def show(page: pikepdf.Page, picture: pikepdf.Stream, sheet: dict[str, Any]) -> None:
    """Put the QR at the lower left of a page."""
    page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Check)
    scale = QR_SIDE / len(sheet["qr"]) * POINTS
    place = f"{scale:.5f} 0 0 {scale:.5f} {sheet['side'] * POINTS:.3f} {QR_FROM_BELOW * POINTS:.3f}"
    page.contents_add(f"q {place} cm /Check Do Q".encode())


def feet_of(data: dict[str, Any], timestamp: int) -> bytes:
    """Set by a process of their own, as the parts are."""
    order = json.dumps({"template": "feet.typ", "data": data, "timestamp": timestamp})
    command = [sys.executable, "-s", "-B", "-m", TYPESETTER]
    done = subprocess.run(command, input=order.encode(), stdout=subprocess.PIPE, check=True)  # noqa: S603
    return done.stdout.partition(b"\n")[2]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.loads(sys.argv[1])
    whole = joined(sys.stdin.buffer, order["lengths"], order["left_out"])
    number(whole, order)
    describe(whole, order)
    with open(sys.stdout.fileno(), "r+b", closefd=False) as out:
        whole.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
        out.seek(0)
        with pikepdf.open(out) as written:
            if faults := written.check_pdf_syntax():
                sys.exit("\n".join(map(str, faults)))


if __name__ == "__main__":
    main()
