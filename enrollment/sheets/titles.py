"""What a title says of the people below it: where they live, to which family they belong.

A title is a line of the letterhead or a row between people. Words such as "desa" and "dusun" tell
what the name behind them is; whether a village of that name exists, only `Knowledge` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from enrollment.sheets.knowledge import Knowledge
from enrollment.workbooks.opening import Cell

__all__ = ["GROUP", "HAMLET", "Title", "read", "texts"]

_REST = r"(?:\[?\(?\d[\d.]{1,12}[\])]?[\s.-]+)?([^\W\d][^,;:|()]*)"
_ENDS = re.compile(
    r"\s*(?:/|\s-\s|\b(?:kec|kecamatan|kab|kabupaten|kota|prov|provinsi|tahun|thn|th|periode|"
    r"bulan|desil|untuk|per|yang|dengan|dan|rt|rw|dusun|jorong)\b|\d{4})",
    re.I,
)
"""What may end a name, unless it belongs to it ("Sungai Bulan")."""
_VILLAGE = re.compile(
    r"\b(?:desa(?:\s*/\s*kel(?:urahan)?\b)?|ds\b|kelurahan(?:\s*/\s*desa)?|kel\b|"
    r"pemdes|pemnag|kenagarian|nagari|nag\b|gampong|pekon|lembang|kalurahan)"
    rf"[\s.:]*{_REST}",
    re.I,
)
_DISTRICT = re.compile(rf"\b(?:kecamatan|kec\b|kapanewon|distrik|kemantren)[\s.:]*{_REST}", re.I)
_NO_NAME = re.compile(
    r"(?:dan|atau|se|di|yang|miskin|rentan|setempat|adat|tahun|thn|th|periode|bulan|untuk|per|"
    r"kecamatan|kec|kabupaten|kab|kota|tahap|khusus|tentang|dalam|ini|nomor|no|oleh|pada|wisata|"
    r"prioritas|sebagai|penerima|terpadu|bersama)\b",
    re.I,
)
_ADDRESS = re.compile(
    r"\b(?:jl|jln|jalan|telp|telepon|email|e-mail|kode pos|sekretariat|website|alamat kantor)\b",
    re.I,
)
HAMLET = re.compile(
    r"(?:dusun|dsn|jorong|lingkungan|dukuh|padukuhan|pedukuhan|banjar|korong)\b[\s.:]*(?=\S)"
    r"(?:(?!\b(?:rt|rw)\b)[^,;:|])+",
    re.I,
)
_RT_RW = re.compile(r"\brt\s*[/.-]\s*rw[\s.:]*(\d{1,3})\s*[/\-–.]\s*(\d{1,3})\b", re.I)
_RT = re.compile(r"\br\.?t[\s.:]*(\d{1,3}|[ivx]+)\b", re.I)
_RW = re.compile(r"\br\.?w[\s.:]*(\d{1,3}|[ivx]+)\b", re.I)
_WIDER = re.compile(r"\W*(?:kab|kabupaten|kota|prov|provinsi|pemerintah kab\w*)\b", re.I)
_KK = re.compile(r"\b(?:no\W*)?(?:n?kk|kartu keluarga)\b[^\d\n]{0,12}(\d[\d .\-]{14,22}\d)", re.I)
_FAMILY_ADDRESS = re.compile(r"\balamat\s*:\s*(.+)", re.I)
GROUP = re.compile(
    r"(?:(?:[A-Z]|[IVX]{1,4}|\d{1,2})\s*[.)]\s*)?"
    r"(?:dusun|dsn|jorong|lingkungan|dukuh|padukuhan|kampung|banjar|korong|rt|rw|r\.t|rukun|desa|ds|"
    r"kelurahan|kel|kenagarian|nagari|nag|gampong|pekon|lembang|kalurahan|kecamatan|kec|kelompok|blok|"
    r"wilayah|zona|opd|dinas|[ivx]+\.)(?:[\s.:/]|\b\d)",
    re.I,
)


class Title(NamedTuple):
    """What a title says; "" for what it does not.

    `names_village`: it says that a village's name follows, known or not. `is_address`: it is a line
    such as "Jl. Raya …", which names a village only by the way.
    """

    text: str
    village: str = ""
    district: str = ""
    hamlet: str = ""
    rt: str = ""
    rw: str = ""
    kk: str = ""
    address: str = ""
    names_village: bool = False
    is_address: bool = False


def texts(cells: Sequence[Cell]) -> list[str]:
    """The filled texts of a row."""
    return [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]


def read(cells: Sequence[Cell], knowledge: Knowledge) -> Title:
    """What the row says as a title."""
    text = " ".join(" ".join(texts(cells)).split())[:500]
    rt, rw = _rt_rw(text)
    kk, address = _KK.search(text), _FAMILY_ADDRESS.search(text)
    hamlet = HAMLET.search(text)
    village = _name(_VILLAGE, text, knowledge)
    if village and hamlet and text.startswith(village, hamlet.start()):
        hamlet = None  # the village of Banjar
    bare = _bare(text)
    district = _name(_DISTRICT, text, knowledge=None)
    wider = district or _WIDER.match(text)
    alone = not (village or wider or hamlet or rt or rw or kk or address) and len(bare) < 60
    if alone:
        village = next(filter(knowledge.is_village, _endings(bare)), "")
    return Title(
        text,
        village,
        district,
        hamlet[0].strip() if hamlet and hamlet.start() < 8 else "",
        rt,
        rw,
        re.sub(r"\D", "", kk[1]) if kk else "",
        address[1].strip() if address else "",
        names_village=bool(village),
        is_address=bool(_ADDRESS.search(text)),
    )


def _name(pattern: re.Pattern[str], text: str, knowledge: Knowledge | None) -> str:
    """The name behind a word such as "desa"; a known one before any other. Two known ones are given
    both, which is the name of none."""
    first = ""
    found: dict[str, str] = {}
    for match in _each(pattern, text):
        if _NO_NAME.match(match):
            continue
        names = _cut(match)
        known = (name for name in names if knowledge and knowledge.is_village(name))
        name = next(known, "")
        if name and not any(name.casefold() in longer for longer in found):
            found[name.casefold()] = name
        first = first or names[-1]
    return " / ".join(found.values()) or first


def _each(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """What stands behind each of the words, up to the next comma or bracket."""
    at = 0
    while match := pattern.search(text, at):
        yield match[1]
        at = match.start(1)


def _cut(text: str) -> list[str]:
    """The name as a whole, then without more and more of what follows it; the shortest last."""
    ends = [found.start() for found in _ENDS.finditer(text) if found.start() > 0]
    return [text[:at].strip(" .-") for at in [len(text), *reversed(ends)]]


def _endings(text: str) -> Iterator[str]:
    """A title, and what stands behind its colon."""
    yield text
    yield text.rpartition(":")[2].strip()


def _bare(text: str) -> str:
    """A title without its own number: "A. SENDEN", "1) Senden"."""
    return re.sub(r"^(?:[A-Z]|[IVX]{1,4}|\d{1,2})\s*[.)]\s*", "", text.strip(" .:-")).strip(" .:-")


_NOISE = re.compile(
    r"\b(?:fix|final|revisi|rev|oke|edit\w*|copy|salinan|new|terbaru|lengkap|data|daftar|sheet|"
    r"lembar|usulan|pekerja|rentan|penerima|nama|calon|selesai|valid|v?\d{1,2})\b",
    re.I,
)


def without_noise(sheet: str) -> tuple[str, ...]:
    """The name of a sheet, then without what people add to it: "Senden fix", "DATA SENDEN (2)"."""
    name = sheet.replace("_", " ")
    plain = re.sub(r"\b(?:baru|asli|ok)\b", " ", name, flags=re.I)
    return sheet, *(_tidy(_NOISE.sub(" ", text)) for text in (name, plain))


def _tidy(name: str) -> str:
    return " ".join(name.replace("()", " ").split()).strip(" -.")


def _rt_rw(text: str) -> tuple[str, str]:
    if both := _RT_RW.search(text):
        return both[1], both[2]
    rt, rw = _RT.search(text), _RW.search(text)
    return rt[1] if rt else "", rw[1] if rw else ""
