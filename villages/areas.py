"""Kemendagri area codes: a code is a path (`35` ⊃ `35.22` ⊃ `35.22.15` ⊃ `35.22.15.2001`)."""

import re

PATTERN = r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$"
PROVINCE, REGENCY, DISTRICT, VILLAGE = 1, 2, 3, 4
_LENGTHS = {PROVINCE: 2, REGENCY: 5, DISTRICT: 8, VILLAGE: 13}


def is_code(text: str) -> bool:
    """Whether `text` is written as an area code (it need not exist)."""
    return re.match(PATTERN, text) is not None


def level(code: str) -> int:
    """1 province, 2 regency, 3 district (kecamatan), 4 village (desa or kelurahan)."""
    return code.count(".") + 1


def at_level(code: str, wanted: int) -> str | None:
    """The ancestor of `code` at a level, e.g. a village's regency; None when that lies below."""
    return code[: _LENGTHS[wanted]] if level(code) >= wanted else None


def lies_in(code: str, area: str) -> bool:
    """Whether `code` is `area` or lies in it."""
    return code == area or code.startswith(f"{area}.")
