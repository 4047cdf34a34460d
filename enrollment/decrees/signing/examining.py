"""Looking into a PDF that came back, in a child process with limits (`examiner.py`)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.core.files import File

from enrollment.decrees.signing.rules import Compared, Signature
from enrollment.workbooks.inspection import MEGABYTE

EXAMINER = Path(__file__).with_name("examiner.py")
SECONDS = 100
"""For all of it; the front server waits two minutes. 32 MB with 7,910 pages take 17 s."""
MEMORY = 500 * MEGABYTE
SENTENCES = {
    "locked": "dikunci dengan kata sandi. Unggah yang dapat dibuka tanpa kata sandi.",
    "large": "terlalu besar untuk diperiksa. Simpan lagi sebagai PDF yang lebih kecil.",
    "broken": "rusak: PDF-nya tidak dapat dibuka. Unduh lagi dari tempat menandatanganinya.",
}


class UnreadablePdf(ValueError):
    """A PDF that cannot be looked into; `str()` is the end of a sentence that begins with its
    name."""


class Examined(NamedTuple):
    """How many pages the returned file has, how it compares with each sent one, and who signed."""

    pages: int
    compared: list[Compared]
    signatures: list[Signature]


def examine(
    returned: IO[bytes] | File[bytes],
    sent: Sequence[IO[bytes] | File[bytes]] = (),
    *,
    seconds: int = SECONDS,
    memory: int = MEMORY,
) -> Examined:
    """Compare a returned PDF with those that were sent, and read its signatures.

    `seconds` and `memory` (bytes) are what the child may use. UnreadablePdf if it cannot be opened,
    or needs more.
    """
    with TemporaryFile() as together:  # it holds personal data, and has no name
        lengths = [_append(file, together) for file in (returned, *sent)]
        together.seek(0)
        order = json.dumps(
            {
                "lengths": lengths, "seconds": seconds, "memory": memory,
                "roots": settings.SIGNATURE_ROOTS,
            }
        )  # fmt: skip
        answer = _answer(together, order, seconds)
    if reason := answer.get("refused"):
        raise UnreadablePdf(SENTENCES[reason])
    return Examined(answer["returned"], answer["compared"], answer["signatures"])


def _append(file: IO[bytes] | File[bytes], together: IO[bytes]) -> int:
    begin = together.tell()
    file.seek(0)
    shutil.copyfileobj(file, together)
    file.seek(0)
    return together.tell() - begin


def _answer(together: IO[bytes], order: str, seconds: int) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603, our own program and our own order
            [sys.executable, "-I", "-B", str(EXAMINER), order],
            stdin=together,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
            timeout=seconds + 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadablePdf(SENTENCES["large"]) from None
    if done.returncode or not done.stdout:
        raise UnreadablePdf(SENTENCES["broken"])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
