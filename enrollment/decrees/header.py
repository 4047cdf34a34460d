"""What stands round the table of an annex: composed once, at issue, and read from then on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from enrollment.decrees.annex import AnnexHeader
from villages.models import Area, Regency
from villages.refusals import Refusal

if TYPE_CHECKING:
    from enrollment.decrees.models import Decree


def header_of(decree: Decree) -> dict[str, object]:
    """The header of a decree about to be issued, as JSON values."""
    profile = Regency.objects.select_related("area").of(decree.regency_id)
    if profile is None:
        raise Refusal("Profil kabupaten belum diisi: lengkapi di Pengaturan, lalu terbitkan.")
    if decree.date is None:
        raise ValueError("A decree without a date is not issued.")
    programme = decree.programme
    header = AnnexHeader(
        regency=profile.short_name,
        regency_word=profile.area.get_kind_display(),
        head_title=profile.bupati_title,
        head_name=profile.bupati_name,
        number=decree.number.strip(),
        day=decree.date,
        title=decree.title.strip(),
        legal_basis=lines_of(decree.legal_basis),
        city=profile.decree_city,
        village_word=village_heading(profile),
        district_word=_district_word(profile),
        programme=str(programme),
        first_month=programme.first_month,
        months=programme.months,
        premium=programme.premium,
    )
    return {name: _json(value) for name, value in asdict(header).items()}


def annex_header(decree: Decree) -> AnnexHeader:
    """The frozen header of an issued decree, as the annex takes it."""
    values = dict(decree.header)
    for name in ("day", "first_month"):
        values[name] = date.fromisoformat(values[name])
    return AnnexHeader(**values | {"legal_basis": tuple(values["legal_basis"])})


def village_heading(profile: Regency, area_code: str | None = None) -> str:
    """What heads a column of villages: "nagari", or "desa/kelurahan" where there are both.

    `area_code` narrows it to a part of the regency.
    """
    kelurahan = Area.objects.within(area_code or profile.pk).filter(kind=Area.Kind.URBAN_VILLAGE)
    return f"{profile.village_word}/kelurahan" if kelurahan.exists() else profile.village_word


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _district_word(profile: Regency) -> str:
    district = Area.objects.within(profile.pk).districts().first()
    return district.get_kind_display() if district else "Kecamatan"


def _json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
