"""An annex must never run what people typed, or change between two exports."""

import hashlib
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.decrees.opened import annex, sheet_of, table
from tests.decrees.people import PEOPLE, TRENGGALEK, numbered, row

INJECTIONS = [
    "=1+1",
    '=HYPERLINK("http://jahat.example","Klik")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r\n=1+1",
    " =1+1",
    "\x00=1+1",
    "\x0b@SUM(1)",
    "#REF!",
    "#N/A",
    "TRUE",
    "1E5",
    "{=1+1}",
]


class TestNoLiveFormula:
    @pytest.mark.parametrize("masked", [False, True])
    @pytest.mark.parametrize("evil", INJECTIONS)
    def test_typed_formulas_stay_text(self, evil, masked):
        fields = ("name", "birth_place", "address", "rt", "village", "district", "occupation")
        person = row(0, rw="", sex=evil, kk=evil, **dict.fromkeys(fields, evil))
        texts = ("regency", "number", "title", "city", "programme", "village_word", "head_name")
        header = replace(TRENGGALEK, legal_basis=(evil,), **dict.fromkeys(texts, evil))
        data = annex([person], header, masked=masked)

        with ZipFile(BytesIO(data)) as archive:
            xml = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in xml
        assert "<f " not in xml
        cells = [c for r in sheet_of(data).iter_rows() for c in r if c.value is not None]
        assert {c.data_type for c in cells if not isinstance(c.value, int)} == {"s"}
        risky = [c for c in cells if str(c.value).startswith(("=", "+", "-", "@"))]
        assert all(c.quotePrefix for c in risky)
        assert any(evil.split()[-1][-4:] in str(c.value) for c in cells)

    @pytest.mark.parametrize("broken", ["SI\x08TI", "SI\ufffeTI", "SI\ud800TI", "SI\x1fTI\x7f"])
    def test_characters_that_xml_forbids_are_dropped(self, broken):
        names = [line[1] for line in table(sheet_of(annex([row(0, name=broken)]))) if len(line) > 2]
        assert names == ["SITI"]

    def test_lines_in_a_cell_become_one(self):
        address = "Jalan Melati\r\nNomor 3\tDusun  Krajan"
        _, person, *_ = table(sheet_of(annex([row(0, address=address)])))
        assert person[7] == "Jalan Melati Nomor 3 Dusun Krajan"


EXPORT = """
import sys
from enrollment.decrees.annex import write_annex
from tests.decrees.people import PEOPLE, TRENGGALEK
write_annex(sys.stdout.buffer, TRENGGALEK, PEOPLE, masked=sys.argv[1] == "masked")
"""


def export(version, seed, zone):
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
    return subprocess.run(
        [sys.executable, "-c", EXPORT, version],
        cwd=root,
        env=environment,
        check=True,
        capture_output=True,
    ).stdout


class TestSameBytes:
    @pytest.mark.slow
    def test_two_processes_at_two_times_in_two_zones(self):
        started = time.monotonic()
        first = [export(version, "1", "Asia/Jakarta") for version in ("full", "masked")]
        time.sleep(max(0, 2.1 - (time.monotonic() - started)))  # zip times have 2-second steps
        second = [export(version, "2", "America/New_York") for version in ("full", "masked")]
        assert first == second
        assert first[0] != first[1]
        assert first[0] == annex()

    def test_every_date_in_the_file_is_the_decrees(self):
        data = annex()
        with ZipFile(BytesIO(data)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(2025, 8, 17, 0, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2025-08-17T00:00:00Z"}

    def test_a_different_person_gives_different_bytes(self):
        changed = [replace(PEOPLE[0], name="LAIN"), *PEOPLE[1:]]
        digest = {hashlib.sha256(annex(rows)).hexdigest() for rows in (PEOPLE, changed)}
        assert len(digest) == 2

    def test_many_kecamatan_keep_their_order(self):
        rows = numbered(row(i, district=f"Kecamatan {i:02d}") for i in range(40))
        assert annex(rows) == annex(rows)


def test_rows_are_streamed():
    """The writer accepts a generator: it never needs the whole list."""
    assert annex(iter(PEOPLE)) == annex(PEOPLE)
