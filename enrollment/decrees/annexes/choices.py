"""What is chosen for an annex as PDF: its paper, and how it will be signed."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices


class Paper(TextChoices):
    """F4 (215 × 330 mm, also called folio) or A4, across or upright."""

    F4_ACROSS = "f4-across", "F4 mendatar"
    F4_UPRIGHT = "f4-upright", "F4 tegak"
    A4_ACROSS = "a4-across", "A4 mendatar"
    A4_UPRIGHT = "a4-upright", "A4 tegak"


class Signing(TextChoices):
    """What stands in the place of the signature, and of number and date while there are none."""

    INK = "ink", "Tanda tangan basah"
    PLACEHOLDERS = "placeholders", "TTE Srikandi (${ttd_pengirim})"
    TAG = "tag", "TTE BSrE (penanda #)"


IN_A_FILE = {Signing.INK: "basah", Signing.PLACEHOLDERS: "tte srikandi", Signing.TAG: "tte bsre"}
"""The way of signing as the name of a file says it."""


class Size(NamedTuple):
    """Millimetres of a sheet and of its left and right margins, and points of the table's type."""

    width: float
    height: float
    side: float
    points: float

    @property
    def upright(self) -> bool:
        return self.height > self.width


SIZES = {
    Paper.F4_ACROSS: Size(330, 215, 15, 8.5),
    Paper.F4_UPRIGHT: Size(215, 330, 12, 7.5),
    Paper.A4_ACROSS: Size(297, 210, 13, 7.5),
    Paper.A4_UPRIGHT: Size(210, 297, 11, 7.2),
}


TAGS = ("#", "^")
"""What BSrE looks for of the first and of the second who sign."""


class Slots(NamedTuple):
    """What stands for number, date, signature and name until they are known."""

    number: str
    day: str
    signature: str
    name: str

    def of(self, signer: int) -> Slots:
        """Those of the first or second of two who sign: `${ttd_pengirim1}`; `#` and `^`."""
        if self.signature == TAGS[0]:
            return self._replace(signature=TAGS[signer - 1])
        signature, name = (mark.replace("}", f"{signer}}}") for mark in (self.signature, self.name))
        return self._replace(signature=signature, name=name)


_DOTS = "…" * 12
SLOTS = {
    Signing.INK: Slots(_DOTS, _DOTS, "", ""),
    Signing.PLACEHOLDERS: Slots(
        "${nomor_naskah}", "${tanggal_naskah}", "${ttd_pengirim}", "${nama_pengirim}"
    ),
    Signing.TAG: Slots(_DOTS, _DOTS, TAGS[0], ""),
}
"""The words that Srikandi fills in, the character that BSrE looks for (`tag_koordinat`), or blank
lines for ink."""
