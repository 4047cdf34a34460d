"""What a legal office hands to its JDIH: masked annex, metadata, and counts without a person."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator

from django.db.models import Count, Sum
from openpyxl import Workbook

from enrollment.decrees import amending, rights
from enrollment.decrees.annex import KeptHeader
from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.annexes.models import AnnexPdf
from enrollment.decrees.codes.giving import address_of
from enrollment.decrees.codes.rules import in_halves
from enrollment.decrees.header import code_of
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.rules import how_it_stands
from enrollment.public.publishing import suppression
from enrollment.workbooks.archive import with_one_date
from enrollment.workbooks.cells import starts_a_formula, text_cell
from villages.models import Office
from villages.refusals import Refusal

NOT_ISSUED = "Paket JDIH dibuat sesudah keputusan terbit."
COMING = "Lampiran PDF untuk diumumkan sedang dibuat. Tunggu sebentar, lalu unduh lagi paketnya."
LESS = "<5"
"""Stands for a number that is hidden: small, or hidden so that a small one cannot be computed."""


def status_of(decree: Decree) -> str:
    """As JDIH words it: `Berlaku`, `Diubah dengan …` or `Dicabut dengan …`."""
    first, *amendments = amending.chain_of(decree)
    revoked, changed = None, None
    if first.is_revoked:
        revoked = first.revocation.number, first.revocation.date
    for one in amendments:
        if one.ordinal > decree.ordinal and one.date:
            changed = one.number, one.date
    return " ".join(how_it_stands(revoked=revoked, changed=changed)).strip()


def metadata_of(decree: Decree, pdf: AnnexPdf) -> dict[str, str | int]:
    """What JDIH lists of a decree: nothing of any person but who signed it."""
    header = decree.header
    day, code = decree.date, code_of(decree)
    return {
        "jenis": f"Keputusan {header['head_title']}",
        "nomor": decree.number,
        "tahun": day.year if day else decree.programme.year,
        "judul": decree.title,
        "tanggal_penetapan": day.isoformat() if day else "",
        "tempat_penetapan": header["city"],
        "penandatangan": decree.signatory.name if decree.signatory else header["head_name"],
        "pemerintah": _government(header),
        "status": status_of(decree),
        "mengubah": decree.amends.number if decree.amends else "",
        "subjek": "Jaminan sosial ketenagakerjaan; bantuan iuran; pekerja rentan",
        "bahasa": "Indonesia",
        "jumlah_orang": decree.people,
        "jumlah_rupiah": decree.total,
        "kode": in_halves(code),
        "alamat_pemeriksaan": header.get("address", "") or (address_of(code) if code else ""),
        "berkas": PDF,
        "sha256_berkas": pdf.sha256,
    }


def _government(header: KeptHeader) -> str:
    """`Kabupaten Sijunjung`, or `Nagari Lalan, Kabupaten Sijunjung`."""
    regency = f"{header['regency_word']} {header['regency']}"
    village = header.get("village")
    return f"{header['village_word'].title()} {village}, {regency}" if village else regency


PDF = "lampiran-untuk-diumumkan.pdf"


def package(decree: Decree, *, by: Office) -> bytes:
    """The zip: the masked annex as PDF, metadata as JSON and XLSX, and the counts of each village
    as CSV. Refusal while the decree is not issued, or its PDF is being made."""
    rights.permit_print(by, decree)
    if not decree.is_published:
        raise Refusal(NOT_ISSUED)
    pdf = _pdf(decree, by)
    values = metadata_of(decree, pdf)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with pdf.file.open("rb") as written:
            archive.writestr(PDF, written.read())
        archive.writestr("metadata.json", json.dumps(values, ensure_ascii=False, indent=2))
        archive.writestr("metadata.xlsx", _workbook(values))
        archive.writestr("jumlah-per-wilayah.csv", counts(decree))
    return with_one_date(out.getvalue())


def _pdf(decree: Decree, by: Office) -> AnnexPdf:
    look = annexes.look_of(decree.regency_id)
    made = annexes.prepare(
        decree, version=DecreeAnnex.Version.MASKED, paper=look.paper, signing=look.signing, by=by
    )
    if not made.done:
        raise Refusal(COMING)
    return made


def _workbook(values: dict[str, str | int]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Metadata")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
    for name, value in values.items():
        sheet.append([text_cell(sheet, name), text_cell(sheet, value)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def counts(decree: Decree) -> str:
    """People and rupiah of each village and kecamatan as CSV, without a person in it; small counts
    and what would give them away are hidden (`suppression`). Rupiah are hidden with their people:
    everybody costs about the same."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    header = decree.header
    places = (header["district_word"].lower(), header["village_word"])
    writer.writerow([*places, "orang", "rupiah"])
    writer.writerows([[_safe(cell) for cell in line] for line in lines(decree)])
    return out.getvalue()


def lines(decree: Decree) -> Iterator[tuple[str, str, str, str]]:
    """The rows of the table: villages, below them their kecamatan, at the end the whole; the whole
    alone where they are too few to tell where they live."""
    rows = decree.entries.order_by("district", "village").values("district", "village")
    table: dict[str, dict[str, tuple[int, int]]] = {}
    for row in rows.annotate(people=Count("pk"), cost=Sum("cost")):
        inside = table.setdefault(row["district"], {})
        inside[row["village"]] = (row["people"], row["cost"])
    found = suppression.hidden(
        {d: {v: people for v, (people, _) in inside.items()} for d, inside in table.items()}
    )
    whole = _sum(sums for inside in table.values() for sums in inside.values())
    for district, inside in () if found.whole else table.items():
        for village, sums in inside.items():
            yield district, village, *_shown(sums, hide=village in found.villages[district])
        yield district, "Jumlah", *_shown(_sum(inside.values()), hide=district in found.districts)
    yield "Jumlah seluruhnya", "", *_shown(whole, hide=found.whole)


def _sum(parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    people = cost = 0
    for one, each in parts:
        people, cost = people + one, cost + each
    return people, cost


def _shown(sums: tuple[int, int], *, hide: bool) -> tuple[str, str]:
    return (LESS, LESS) if hide else (str(sums[0]), str(sums[1]))


def _safe(text: str) -> str:
    """A name that a spreadsheet program would run gets an apostrophe."""
    return f"'{text}" if starts_a_formula(text) else text
