"""An invented decree in a regency's own words, for previews."""

from __future__ import annotations

from datetime import date

from enrollment.decrees.annex import AnnexHeader
from enrollment.decrees.header import village_heading
from enrollment.decrees.rules import INPRES, AnnexRow
from villages.models import Regency
from villages.refusals import Refusal

NO_PROFILE = "Profil kabupaten belum diisi: lengkapi di Pengaturan."
_BASES = (
    "Undang-Undang Nomor 40 Tahun 2004 tentang Sistem Jaminan Sosial Nasional",
    "Undang-Undang Nomor 24 Tahun 2011 tentang Badan Penyelenggara Jaminan Sosial",
    INPRES,
)


def profile_of(regency_id: str) -> Regency:
    """Refusal where the regency has no profile."""
    profile = Regency.objects.select_related("area").of(regency_id)
    if profile is None:
        raise Refusal(NO_PROFILE)
    return profile


def header(regency_id: str) -> AnnexHeader:
    """The words of an invented decree without number and date."""
    profile = profile_of(regency_id)
    return AnnexHeader(
        regency=profile.short_name,
        regency_word=profile.area.get_kind_display(),
        head_title=profile.bupati_title,
        head_name=profile.bupati_name,
        number="",
        day=None,
        frozen_on=date(2026, 1, 2),
        title="Penerima Bantuan Iuran Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan",
        legal_basis=_BASES,
        city=profile.decree_city,
        village_word=village_heading(profile),
        programme="Pekerja Rentan",
        first_month=date(2026, 4, 1),
        months=9,
        premium=16_800,
    )


_PEOPLE = (
    ("Ahmad Contoh", "L", "Satu", "Sukamaju", "Petani"),
    ("Budi Contoh", "L", "Satu", "Sukamaju", "Tukang ojek"),
    ("Siti Contoh", "P", "Satu", "Sukasari", "Pedagang keliling"),
    ("Dewi Contoh", "P", "Dua", "Sumberrejo", "Buruh tani"),
    ("Eko Contoh", "L", "Dua", "Sumberrejo", "Nelayan"),
)


def rows() -> list[AnnexRow]:
    """Some invented people in two kecamatan."""
    return [
        AnnexRow(
            position=position, nik=f"00000001018000{position:02}",
            kk=f"00000001010000{position:02}",
            name=name, birth_place="Contoh", birth_date=date(1980, 1, position), sex=sex,
            address=f"Jalan Contoh Nomor {position}", rt="001", rw="002", village=village,
            district=district, occupation=occupation, months=9, premium=16_800, cost=151_200,
        )
        for position, (name, sex, district, village, occupation) in enumerate(_PEOPLE, 1)
    ]  # fmt: skip
