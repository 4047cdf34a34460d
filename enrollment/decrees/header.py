"""The text around the table of an annex: composed once, when its list is frozen or issued, and only
read afterwards."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from enrollment.decrees import amending, selection
from enrollment.decrees.annex import AnnexHeader, KeptHeader, LetterWords, RegencyWords
from enrollment.decrees.arrangement.models import AnnexArrangement
from enrollment.decrees.arrangement.rules import Arrangement, table_of
from enrollment.decrees.codes.giving import address_of, code_beside, give_code
from enrollment.decrees.rules import MARKS, Marks
from enrollment.programmes import months
from enrollment.programmes.models import Component
from villages import areas
from villages.models import Area, Regency
from villages.refusals import Refusal

if TYPE_CHECKING:
    from enrollment.decrees.models import Decree

SALT_BYTES = 16


def header_of(decree: Decree, marks: Marks | None = None) -> KeptHeader:
    """The header of a decree about to be issued, as JSON values; with `marks`, of one about to be
    frozen: they stand where number and date are not known yet."""
    profile = Regency.objects.select_related("area").of(decree.regency_id)
    if profile is None:
        raise Refusal("Profil kabupaten belum diisi: lengkapi di Pengaturan, lalu terbitkan.")
    if decree.date is None and marks is None:
        raise ValueError("A decree without a date is not issued.")
    programme, village = decree.programme, decree.village
    head_title, place = profile.bupati_title, profile.short_name
    if village:
        head_title, place = profile.village_head_word.title(), village.name
    first_month = selection.first_month_of(decree)
    header: KeptHeader = {
        "regency": profile.short_name,
        "regency_word": profile.area.get_kind_display(),
        "head_title": head_title,
        "head_name": "" if village else profile.bupati_name,
        "number": decree.number.strip() or (marks.number if marks else ""),
        "day": decree.date.isoformat() if decree.date else "",
        "title": decree.title.strip(),
        "legal_basis": lines_of(decree.legal_basis),
        "city": place if village else profile.decree_city,
        "village_word": profile.village_word if village else village_heading(profile),
        "district_word": _district_word(profile),
        "programme": str(programme),
        "first_month": first_month.isoformat(),
        "months": len(months.in_order(programme, first_month)),
        "premium": programme.premium,
        "letter": letter_words(decree, profile),
    }
    if village:
        header["village"] = village.name
    if arrangement := AnnexArrangement.objects.kept(decree.regency_id):
        header["arrangement"] = table_of(arrangement) if village else arrangement
    if decree.is_amendment:
        header["balance"] = amending.balance_of(decree)
    if marks and not decree.date:
        header["undated"] = marks.day
        header["frozen_on"] = timezone.localdate().isoformat()
    if signatory := decree.signatory:
        header["head_name"] = signatory.name
        header["signed_as"] = signatory.lines(head_title, place)
        header["rank"], header["nip"] = signatory.rank, signatory.nip
    return header


def letter_words(decree: Decree, profile: Regency) -> LetterWords:
    """What only the letter of a decree says, as it is now."""
    programme, words = decree.programme, regency_words(profile)
    if decree.village:
        words["government"] = f"{profile.village_word.title()} {decree.village.name}"
        words["province"] = ""
        words["office"] = f"Pemerintah {words['government']}"  # registers and pays its people
    return {
        **words,
        "fund": programme.fund.called(profile.village_word),
        "fund_key": programme.fund_id,
        "components": [Component(key).label for key in programme.components],
        "year": programme.year,
    }


def regency_words(profile: Regency) -> RegencyWords:
    """What the letter says of the regency."""
    area = profile.area
    province = Area.objects.filter(pk=areas.at_level(area.pk, areas.PROVINCE)).first()
    return {
        "government": area.name,
        "province": province.name if province else "",
        "office": profile.labour_office,
        "village_head": profile.village_head_word,
    }


def coded(decree: Decree, header: KeptHeader) -> KeptHeader:
    """The header with a new code, by which anybody looks the decree up once it is issued, and a new
    secret. Anybody may read the seal and the hashes of the files: without a secret in them, whoever
    guesses the one NIK of a short list would see the guess confirmed."""
    code = give_code(decree.pk, decree.regency_id)
    salt = secrets.token_hex(SALT_BYTES)
    return {**header, "code": code, "address": address_of(code), "salt": salt}


def code_of(decree: Decree) -> str:
    """The code by which anybody looks an issued decree up, empty where there is none yet. It stands
    in the sealed header and on each page, unless the list was frozen before there were codes."""
    code = decree.header.get("code", "")
    return code if code or not decree.is_published else code_beside(decree.pk)


def annex_header(
    decree: Decree, kept: KeptHeader | None = None, *, signed: bool | None = None
) -> AnnexHeader:
    """The frozen header of a decree, as the annex takes it, or of a draft `kept` as it would be
    frozen now. Once it is issued (or `signed`, as it came back), with the number, the date and the
    signatory that the signed file has."""
    kept = kept or decree.header
    values: dict[str, Any] = {
        **{name: value for name, value in kept.items() if name != "letter"},
        "day": _day(kept["day"]),
        "first_month": date.fromisoformat(kept["first_month"]),
        "legal_basis": tuple(kept["legal_basis"]),
        "frozen_on": _day(kept.get("frozen_on", "")),
        "signed_as": tuple(kept.get("signed_as", ())),
        "arrangement": Arrangement.of(kept.get("arrangement")),
    }
    if decree.is_published if signed is None else signed:
        values["number"], values["day"] = decree.number, decree.date
        if signatory := decree.signatory:
            lines = signatory.lines(kept["head_title"], kept.get("village") or kept["regency"])
            values |= {
                "head_name": signatory.name, "signed_as": tuple(lines),
                "rank": signatory.rank, "nip": signatory.nip,
            }  # fmt: skip
    return AnnexHeader(**values)


def without_marks(header: AnnexHeader) -> AnnexHeader:
    """The same without the marks of the workbook where number and date are not known yet."""
    number = "" if header.number in {marks.number for marks in MARKS.values()} else header.number
    return replace(header, number=number, undated="")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def village_heading(profile: Regency, area_code: str | None = None) -> str:
    """The heading of the column of villages: "nagari", or "desa/kelurahan" where both exist.

    `area_code` limits the search for kelurahan to a part of the regency.
    """
    kelurahan = Area.objects.within(area_code or profile.pk).filter(kind=Area.Kind.URBAN_VILLAGE)
    return f"{profile.village_word}/kelurahan" if kelurahan.exists() else profile.village_word


def lines_of(text: str) -> list[str]:
    """The lines of `text` that are not blank, without spaces around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _district_word(profile: Regency) -> str:
    district = Area.objects.within(profile.pk).districts().first()
    return district.get_kind_display() if district else "Kecamatan"
