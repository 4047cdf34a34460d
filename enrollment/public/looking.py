"""What anybody may know of a decree: the database tells nothing else to a stranger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypedDict

from django.db import connection

from enrollment.decrees.codes.rules import read_code
from enrollment.decrees.rules import change_words, how_it_stands
from enrollment.standing import Standing

if TYPE_CHECKING:
    from enrollment.decrees.rules import Balance

COLUMNS = (
    *("regency", "head", "number", "day", "title", "people", "total", "seal", "balance", "ordinal"),
    *("revoked_by", "revoked_on", "chain", "files"),
)
"""Of the SQL function `public_decree`."""
KINDS = {
    "signed": "Naskah bertanda tangan",
    "sent": "Berkas yang dikirim untuk ditandatangani",
    "masked": "Lampiran untuk diumumkan",
    "full": "Lampiran lengkap",
}


TONES = {"Berlaku": "good", "Diubah": "attention", "Dicabut": "refused"}


class Known(TypedDict):
    """A file of the decree: what it is, and the SHA-256 of its bytes."""

    what: str
    sha256: str


class Link(TypedDict):
    """A decree of the chain: the first one, or one of its amendments."""

    words: str
    number: str
    day: date
    code: str
    here: bool


@dataclass(frozen=True, slots=True)
class PublicDecree:
    """An issued decree as a stranger sees it: nothing of any person."""

    regency: str
    head: str
    number: str
    day: date
    title: str
    people: int
    total: int
    seal: str
    balance: Balance | None
    revoked_by: str
    revoked_on: date | None
    chain: list[Link]
    files: list[Known]
    ordinal: int

    @classmethod
    def of(cls, row: dict[str, Any], code: str) -> Self:
        chain = [
            Link(
                words=change_words(one["ordinal"]) if one["ordinal"] else "Keputusan pertama",
                number=one["number"], day=date.fromisoformat(one["day"]), code=one["code"] or "",
                here=one["code"] == code,
            )
            for one in json.loads(row.pop("chain"))
        ]  # fmt: skip
        files = [
            Known(what=_what(one), sha256=one["sha256"])
            for one in json.loads(row.pop("files") or "[]")
        ]
        row["revoked_by"] = row["revoked_by"] or ""
        row["balance"] = json.loads(row["balance"] or "null")
        return cls(**row, chain=chain, files=files)

    @property
    def later(self) -> list[Link]:
        """The amendments that came after this one, in their order."""
        here = next((index for index, one in enumerate(self.chain) if one["here"]), 0)
        return self.chain[here + 1 :]

    @property
    def standing(self) -> Standing:
        last = self.later[-1] if self.later else None
        word, by = how_it_stands(
            revoked=(self.revoked_by, self.revoked_on) if self.revoked_on else None,
            changed=(last["number"], last["day"]) if last else None,
        )
        return Standing(TONES[word], word, by)


def _what(file: dict[str, str]) -> str:
    form = file["form"].upper().replace("PDF ", "PDF, ").replace("-", " ")
    for word, said in {"ACROSS": "mendatar", "UPRIGHT": "tegak"}.items():
        form = form.replace(word, said)
    return f"{KINDS[file['kind']]} ({form})"


def decree_of(typed: str) -> PublicDecree | None:
    """The decree whose list bears the code, however it was typed; None if anybody may know of
    none. It takes the same statement whatever the reason."""
    code = read_code(typed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public_decree(%s)", [code])
        row = cursor.fetchone()
    return PublicDecree.of(dict(zip(COLUMNS, row, strict=True)), code) if row else None
