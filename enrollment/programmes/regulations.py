"""Regulations as a decree cites them. No database, no clock."""

from __future__ import annotations

import re
from datetime import date

from enrollment.formats import tanggal

NAMES = {
    "pp": "Peraturan Pemerintah",
    "inpres": "Instruksi Presiden",
    "permendagri": "Peraturan Menteri Dalam Negeri",
    "permenaker": "Peraturan Menteri Ketenagakerjaan",
    "pmk": "Peraturan Menteri Keuangan",
    "perda": "Peraturan Daerah {regency}",
    "perbup": "Peraturan {signer}",
    "keputusan": "Keputusan {signer}",
    "se": "Surat Edaran",
}
"""Kind → the name before its number; any other kind is named where its number is typed."""
_ITS_NUMBER = re.compile(
    r"(?:pp|inpres|permendagri|permenaker|pmk|perda|perbup|perbub|perwali|se)?\s*"
    r"(?:nomor|no\.?)?\s*(?=\d)",
    re.IGNORECASE,
)


def citation(
    kind: str, number: str, day: date | None, title: str, *, signer: str, regency: str
) -> str:
    """`Peraturan Bupati Sijunjung Nomor 5 Tahun 2024 tanggal … tentang …`.

    `signer` issues regulations of the regency ("Bupati Sijunjung"), `regency` is its name. Only
    the number may be typed, or with "Nomor" or the kind's abbreviation; whatever names another
    kind ("Instruksi Bupati …") is left as it is.
    """
    dated = f" tanggal {tanggal(day)}" if day else ""
    about = f" tentang {title.strip().removeprefix('tentang ')}" if title.strip() else ""
    named = _named(kind, number.strip()).format(signer=signer, regency=regency)
    return f"{' '.join(named.split())}{dated}{about}"


def _named(kind: str, typed: str) -> str:
    name, begin = NAMES.get(kind), _ITS_NUMBER.match(typed)
    verbatim = typed.replace("{", "{{").replace("}", "}}")
    return f"{name} Nomor {verbatim[begin.end() :]}" if name and begin else verbatim


SOCIAL_SECURITY_ACT = date(2004, 10, 19)
"""UU 40/2004: no regulation about social security of workers' premiums is older."""


def doubt_about_day(day: date | None, today: date) -> str:
    """A question about the day of a regulation that has not come yet, or is older than the law."""
    if day and not SOCIAL_SECURITY_ACT <= day <= today:
        return f"Peraturannya tertanggal {tanggal(day)}?"
    return ""
