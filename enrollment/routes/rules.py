"""Who looks at a list before the Dinas does. No database, no clock."""

from __future__ import annotations

from django.db.models import TextChoices

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


def way_of(kind: str, *, desa: str, kelurahan: str) -> Via:
    """The way of the list of an area of this kind (`Area.kind`); whatever is no kelurahan goes the
    way of a desa, be it a nagari or a gampong."""
    return Via(kelurahan if kind == Area.Kind.URBAN_VILLAGE else desa)
