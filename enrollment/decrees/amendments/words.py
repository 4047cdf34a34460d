"""Suggested words of an amendment, as a legal office writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enrollment.decrees import amending
from enrollment.decrees.annex import maker_of
from enrollment.decrees.models import Decree
from enrollment.decrees.rules import change_words
from enrollment.formats import tanggal

if TYPE_CHECKING:
    from enrollment.decrees.preparing import Words


def first_words(base: Decree) -> Words:
    """Title and legal basis of the next amendment of an issued decree."""
    chain = list(amending.chain_of(base))
    ordinal = chain[-1].ordinal + 1
    return {
        "title": f"{change_words(ordinal)} atas Lampiran {cited(base)}",
        "legal_basis": "\n".join([base.legal_basis, _with_last_change(base, chain[1:])]),
    }


def cited(base: Decree) -> str:
    """`Keputusan Bupati Sijunjung Nomor A tentang B`."""
    whose = maker_of(base.header)
    return f"Keputusan {whose} Nomor {base.number} tentang {base.title}"


def _with_last_change(base: Decree, amendments: list[Decree]) -> str:
    if not amendments:
        return cited(base)
    last = amendments[-1]
    several = "beberapa kali, terakhir " if len(amendments) > 1 else ""
    whose = maker_of(base.header)
    return (
        f"{cited(base)} sebagaimana telah diubah {several}dengan Keputusan {whose} Nomor "
        f"{last.number} tanggal {tanggal(last.date)}"
    )
