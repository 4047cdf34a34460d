"""What can be proved of a file that came back signed; plain values."""

from __future__ import annotations

from django.db.models import TextChoices


class FileKind(TextChoices):
    SENT = "sent", "Dikirim untuk ditandatangani"
    SIGNED = "signed", "Kembali bertanda tangan"


class Proof(TextChoices):
    """What is known of a signed file, compared with those that were sent."""

    EXACT = "exact", "Sama persis dengan yang dikirim"
    NOTHING = "nothing", "Tidak memuat berkas yang dikirim"
    SCAN = "scan", "Pindaian, tidak dapat dibandingkan"
    UNKNOWN = "unknown", "Tidak ada PDF yang dikirim untuk dibandingkan"


def proof_of(signed: bytes, sent: list[bytes]) -> tuple[Proof, int]:
    """What a signed PDF proves, and how many signatures were added to it.

    Signing as the standard says (ISO 32000, incremental update) leaves all bytes as they were and
    adds to them, so the file that was sent is the beginning of the signed one. Each signature
    writes one /ByteRange.
    """
    ours = next((one for one in sorted(sent, key=len, reverse=True) if signed.startswith(one)), b"")
    if ours:
        return Proof.EXACT, signed.count(b"/ByteRange", len(ours))
    return (Proof.NOTHING if sent else Proof.UNKNOWN), signed.count(b"/ByteRange")


def proved(proof: str, signatures: int) -> str:
    """What is known of a signed file, as a sentence; `signatures`: how many were found in it."""
    found = f" {signatures} tanda tangan elektronik ditemukan." if signatures else ""
    return {
        Proof.EXACT: f"Sama persis dengan yang dikirim, ditambah {signatures} tanda tangan.",
        Proof.NOTHING: f"Disimpan ulang, atau lain dari yang dikirim: periksa isinya.{found}",
        Proof.SCAN: "Pindaian, tidak dapat dibandingkan. Periksa dengan mata.",
        Proof.UNKNOWN: f"Tidak ada PDF yang dikirim untuk dibandingkan.{found}",
    }.get(Proof(proof), "")
