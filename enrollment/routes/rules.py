"""Who looks at a list before the Dinas does. No database, no clock."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.text import capfirst

from enrollment.formats import angka
from villages.models import Area, Role


class Via(TextChoices):
    """The way of a list to the Dinas; the values of those who check are their roles."""

    DIRECT = "langsung", "Langsung ke Dinas"
    DISTRICT = Role.DISTRICT.value, "Diperiksa kecamatan dahulu"
    DPMD = Role.DPMD.value, "Diperiksa DPMD dahulu"

    @property
    def is_checked(self) -> bool:
        """Whether somebody looks at the list before the Dinas."""
        return self != Via.DIRECT

    @property
    def receiver(self) -> str:
        """Who gets the list when it is handed in: `Ajukan ke kecamatan`."""
        return {Via.DISTRICT: "kecamatan", Via.DPMD: "DPMD"}.get(self, "Dinas")


def ways_in_words(desa: str, kelurahan: str, village_word: str) -> str:
    """`Langsung ke Dinas`, or `Desa: langsung ke Dinas. Kelurahan: diperiksa kecamatan dahulu`."""
    first, second = str(Via(desa).label), str(Via(kelurahan).label)
    if first == second:
        return first
    told = {village_word: first, "kelurahan": second}
    return ". ".join(f"{capfirst(word)}: {way[0].lower()}{way[1:]}" for word, way in told.items())


@dataclass(frozen=True, slots=True)
class Going:
    """How many people handed in together are looked at first on the way `via`, and how many go to
    the Dinas directly: those who had been passed on before the Dinas returned them."""

    via: Via
    checked: int
    direct: int

    @property
    def is_checked(self) -> bool:
        """Whether somebody looks at any of them before the Dinas."""
        return self.checked > 0

    def __str__(self) -> str:
        """The end of a sentence on how many are handed in: ` ke DPMD`."""
        if self.checked and self.direct:
            return (
                f": {angka(self.checked)} ke {self.via.receiver}, {angka(self.direct)} langsung ke "
                "Dinas"
            )
        return f" ke {(self.via if self.checked else Via.DIRECT).receiver}"


def way_of(kind: str, *, desa: str, kelurahan: str) -> Via:
    """The way of the list of an area of this kind (`Area.kind`); whatever is no kelurahan goes the
    way of a desa, be it a nagari or a gampong."""
    return Via(kelurahan if kind == Area.Kind.URBAN_VILLAGE else desa)
