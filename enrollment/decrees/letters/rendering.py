"""Filling in a Word template in a child process with limits (`renderer.py`)."""

from __future__ import annotations

import difflib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from enrollment.workbooks.inspection import MEGABYTE

RENDERER = Path(__file__).with_name("renderer.py")
SECONDS = 10
"""Of processor time. The portal's own template takes one, most of it for starting."""
MEMORY = 400 * MEGABYTE
LARGEST_MB = 8
AGAIN = "Perbaiki di Word, simpan sebagai .docx, lalu unggah lagi."
SENTENCES = {
    "kind": "Ini bukan dokumen Word (.docx). Di Word pilih Simpan Sebagai “Dokumen Word (.docx)”, "
    "lalu unggah hasilnya.",
    "old": "Ini dokumen Word lama (.doc), atau dikunci dengan kata sandi. Simpan sebagai “Dokumen "
    "Word (.docx)” tanpa kata sandi, lalu unggah hasilnya.",
    "broken": f"Dokumen ini rusak atau terpotong. {AGAIN}",
    "large": "Dokumen ini terlalu besar atau terlalu rumit untuk diisi. Hapus gambar dan "
    "pengulangan yang tidak perlu, lalu unggah lagi.",
    "active": "Dokumen ini memuat makro, benda tertanam, atau tautan yang mengambil isi dari luar. "
    "Hapus yang seperti itu, lalu unggah lagi.",
    "field": "Tag {tag} berada di dalam kode bidang Word. Pindahkan ke teks biasa, lalu unggah "
    "lagi.",
    "unclosed": "Tag di {where} tidak lengkap kurungnya. Tulis {{{{ nama }}}} atau {{% … %}} "
    "seluruhnya dalam satu paragraf.",
    "no_end_if": "Tag {tag} di {where} tidak ada penutupnya. Tambahkan {{% endif %}}.",
    "no_end_for": "Tag {tag} di {where} tidak ada penutupnya. Tambahkan {{% endfor %}}.",
    "no_beginning": "Tag {tag} di {where} tidak ada pembukanya. Tambahkan pembukanya, atau hapus "
    "tag ini.",
    "deep": "Tag {tag} di {where} terlalu dalam: paling banyak empat pengulangan atau syarat di "
    "dalam satu sama lain.",
    "syntax": "Tag {tag} di {where} tidak dapat dibaca. Periksa ejaannya.",
    "unknown_command": "Tag {tag} di {where} tidak dikenal. Yang dapat dipakai hanya if dan for.",
    "unknown_name": "Isian {tag} di {where} tidak dikenal.{like} Lihat daftar isian di bawah.",
    "forbidden": "Tag {tag} di {where} menghitung atau memanggil sesuatu. Templat hanya boleh "
    "menampilkan isian, memakai if, dan mengulang dengan for.",
    "structure": "Tag pembuka dan penutupnya tidak setingkat: {{% if %}} dan {{% endif %}} harus "
    "di satu paragraf, {{%p … %}} di paragraf sendiri, {{%tr … %}} di baris tabel sendiri.",
}
"""What is wrong → the sentence; `{tag}` and `{where}` are named by the child."""


class BrokenTemplate(ValueError):
    """A template that cannot be filled in; `str()` is a sentence that says what to do."""


class Filled(NamedTuple):
    """A letter: the Word file, and its lines for a page (words and whether they are centred, or
    the cells of a row)."""

    file: bytes
    lines: list[dict[str, Any]]


def fill(
    template: bytes, values: Mapping[str, Any], *, seconds: int = SECONDS, memory: int = MEMORY
) -> Filled:
    """The template with `values` (texts, lists and dicts of them) in the place of its tags.

    `seconds` of processor time and `memory` in bytes are what the child may use. BrokenTemplate
    where the template is no Word file, or cannot be filled in. The same template and values give
    the same bytes.
    """
    if len(template) > LARGEST_MB * MEGABYTE:
        raise BrokenTemplate(
            f"Dokumen ini lebih besar dari {LARGEST_MB} MB. Kecilkan gambarnya, lalu unggah lagi."
        )
    order = json.dumps({"seconds": seconds, "memory": memory})
    try:
        done = subprocess.run(  # noqa: S603, our own program and our own order
            [sys.executable, "-I", "-B", str(RENDERER), order],
            input=json.dumps(values).encode() + b"\n" + template,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
            timeout=6 * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BrokenTemplate(SENTENCES["large"]) from None
    head, _, file = done.stdout.partition(b"\n")
    if not head or (done.returncode and not file):
        raise BrokenTemplate(SENTENCES["large"])
    told = json.loads(head)
    if "wrong" in told:
        raise BrokenTemplate(_sentence(told, values))
    return Filled(file, told["lines"])


def _sentence(told: Mapping[str, str], values: Mapping[str, Any]) -> str:
    close = difflib.get_close_matches(told["tag"], _names(values), 1)
    return SENTENCES[told["wrong"]].format(
        tag=f"“{told['tag']}”",
        where=told["where"] or "dokumen ini",
        like=f" Mungkin maksudnya “{close[0]}”?" if close else "",
    )


def _names(values: Mapping[str, Any]) -> list[str]:
    """All names, also those of the items of lists."""
    inner = [
        name
        for value in values.values()
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, dict)
        for name in item
    ]
    return [*values, *inner]
