"""What can be proved of a file that came back signed; plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from django.db.models import TextChoices

from enrollment.formats import angka

LARGEST_MB = 64
"""Of one file that goes out or comes back: as much as the portal takes at all (`LARGEST_FILE`). The
annex of 10,000 people has 0.7 to 2.2 MB, so that of the largest regency (157,058) 11 to 34; letter,
signatures and their pictures are added to it."""
SMALLER = "Simpan sebagai PDF tanpa gambar, atau pindai hitam-putih 200 dpi, lalu unggah lagi."


class FileKind(TextChoices):
    SENT = "sent", "Dikirim untuk ditandatangani"
    SIGNED = "signed", "Kembali bertanda tangan"


class Proof(TextChoices):
    """What is known of a signed file, compared with those that were sent."""

    EXACT = "exact", "Sama persis dengan yang dikirim"
    SAME = "same", "Isi sama, berkas disimpan ulang"
    DIFFERS = "differs", "Berbeda dari yang dikirim"
    UNSIGNED = "unsigned", "Belum bertanda tangan"
    SCAN = "scan", "Pindaian, tidak dapat dibandingkan"
    UNKNOWN = "unknown", "Tidak ada PDF yang dikirim untuk dibandingkan"


NEED_REASON = (Proof.DIFFERS, Proof.UNSIGNED)
"""What is issued only with a written reason; SQL: `decree_step_is_next`."""


class Signature(TypedDict):
    """An electronic signature in a file: whose, when by their own clock (ISO 8601, or ""), whether
    what it covers is unchanged, and whether its certificate leads to a known root."""

    who: str
    when: str
    intact: bool
    known: bool


class Compared(TypedDict):
    """A returned PDF beside one that was sent. `prefix`: it begins with all of its bytes. `pages`:
    numbers of those that differ (from 1). `text`: there are words in it, so that it is no scan.
    `finished`: all pages could be compared in the time there is."""

    prefix: bool
    returned: int
    sent: int
    pages: list[int]
    text: bool
    finished: bool


class Found(TypedDict, total=False):
    """What is kept of a signed file for its page."""

    signatures: list[Signature]
    pages: list[int]
    returned: int
    sent: int
    finished: bool


def proof_of(compared: Sequence[Compared], signatures: int) -> tuple[Proof, Compared | None]:
    """What a returned PDF proves, and the sent one that it resembles most.

    Signing as the standard says (ISO 32000, incremental update) leaves all bytes as they were and
    adds to them. What is added could also replace a page, so the pages are compared all the same.
    """
    if not compared:
        return Proof.UNKNOWN, None
    best = min(compared, key=_difference)
    if not best["text"]:
        return Proof.SCAN, best
    if best["pages"] or best["returned"] != best["sent"] or not best["finished"]:
        return Proof.DIFFERS, best
    if not best["prefix"]:
        return Proof.SAME, best
    return (Proof.EXACT if signatures else Proof.UNSIGNED), best


def _difference(one: Compared) -> tuple[bool, int, int]:
    return not one["prefix"], abs(one["returned"] - one["sent"]), len(one["pages"])


def proved(proof: str, found: Found) -> str:
    """What is known of a signed file, as a sentence."""
    signed = len(found.get("signatures", ()))
    also = f" {signed} tanda tangan elektronik ditemukan." if signed else ""
    pages = _pages(found)
    return {
        Proof.EXACT: f"Sama persis dengan yang dikirim, ditambah {signed} tanda tangan.",
        Proof.SAME: f"Isi sama dengan yang dikirim, berkas disimpan ulang.{also}",
        Proof.DIFFERS: f"{Proof.DIFFERS.label}: {pages}.{also}",
        Proof.UNSIGNED: "Sama persis dengan yang dikirim: belum ada tanda tangan elektronik.",
        Proof.SCAN: f"Pindaian, tidak dapat dibandingkan. Periksa dengan mata.{_counted(found)}",
        Proof.UNKNOWN: f"Tidak ada PDF yang dikirim untuk dibandingkan.{also}",
    }.get(Proof(proof), "")


def told_of(signature: Signature) -> str:
    """What is known of one signature, in words."""
    if not signature["intact"]:
        return "tidak cocok dengan isi berkas: berubah sesudah ditandatangani, atau disimpan ulang"
    if not signature["known"]:
        return "utuh; akarnya tidak dikenal portal ini"
    return "utuh; akarnya dikenal"


def _pages(found: Found) -> str:
    """Which pages differ: their numbers, or that there are more or fewer."""
    returned, sent = found.get("returned", 0), found.get("sent", 0)
    parts = []
    if returned != sent:
        parts.append(f"{angka(returned)} halaman, yang dikirim {angka(sent)}")
    if pages := found.get("pages", []):
        parts.append(f"halaman {spans(pages)}")
    if not found.get("finished", True):
        parts.append("belum semua halaman selesai dibandingkan")
    return "; ".join(parts)


def _counted(found: Found) -> str:
    returned, sent = found.get("returned"), found.get("sent")
    if not (returned and sent):
        return ""
    if returned == sent:
        return f" Jumlah halamannya sama, {angka(returned)}."
    return f" Jumlah halamannya {angka(returned)}, yang dikirim {angka(sent)}."


MOST_SPANS = 12


def spans(pages: Iterable[int]) -> str:
    """`1, 4–6, 9` for 1, 4, 5, 6, 9; of many only the first ones."""
    found: list[list[int]] = []
    for page in sorted(pages):
        if found and page == found[-1][1] + 1:
            found[-1][1] = page
        else:
            found.append([page, page])
    shown = [
        angka(first) if first == last else f"{angka(first)}–{angka(last)}"
        for first, last in found[:MOST_SPANS]
    ]
    return ", ".join(shown) + (" …" if len(found) > MOST_SPANS else "")
