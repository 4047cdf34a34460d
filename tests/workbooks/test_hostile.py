"""Hostile and damaged files: each is refused with a sentence, in little time and memory."""

import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import UnreadableWorkbook, read
from tests.selection import EVERY, short
from tests.workbooks.kinds.test_spreadsheetml import book, cell

SAMPLES = Path(__file__).parents[1] / "samples"
HOSTILE = sorted((SAMPLES / "hostile").iterdir())
HONEST = SAMPLES / "02-desk-data-kop-dan-judul-gabung.xlsx"
AS_LONG = 12
"""A refusal may take so many times as long as reading `HONEST`, which is about a second
(`bench/mutations.py` measures the seconds)."""
SAYS = {
    "bersandi.xlsx": "kata sandi",
    "bom-entitas.xlsx": "definisi XML",
    "bom-zip-400MB.xlsx": "tidak wajar",
    "gambar-berbaju-xlsx.xlsx": "gambar",
    "hanya-judul.xlsx": "hanya berisi judul kolom",
    "html-berbaju-xls.xls": "halaman web",
    "kosong.xlsx": "kosong",
    "sel-terjauh-XFD1048576.xlsx": r"Ctrl\+End",
    "tanpa-judul-kolom.xlsx": "Judul kolom NIK dan Nama tidak ditemukan",
    "terpotong.xlsx": "terpotong",
}
MEASURE = """
import resource, sys, time
from pathlib import Path
from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import UnreadableWorkbook, read
begun = time.monotonic()
list(Reading(read(sys.argv[2])))
honest = time.monotonic() - begun
begun = time.monotonic()
try:
    list(Reading(read(sys.argv[1])))
except UnreadableWorkbook:
    taken = time.monotonic() - begun
    # Not getrusage: it remembers the size of the process that started this one.
    status = Path("/proc/self/status").read_text()
    own = int(status.split("VmHWM:")[1].split()[0])
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(taken / honest, (own + child) / 1024)
"""


def people(path):
    return [(person.sheet, person.row, person.cells) for person in Reading(read(path))]


def test_every_hostile_sample_has_its_sentence():
    assert {path.name for path in HOSTILE} == SAYS.keys()


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_hostile_samples_are_refused_with_what_to_do(path):
    with pytest.raises(UnreadableWorkbook, match=SAYS[path.name]) as refusal:
        people(path)
    assert "unggah" in str(refusal.value)


def cost_of_refusing(path):
    """How many times as long a refusal takes as reading a list of 60 people, and its megabytes
    (calling process and child together)."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), str(HONEST)],
        capture_output=True,
        text=True,
        timeout=200,
        cwd=SAMPLES.parents[1],
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout, "was not refused"
    times, megabytes = map(float, done.stdout.split())
    return times, megabytes


def assert_refused_cheaply(path):
    """Three times at most, because other tests are running on the same two cores."""
    costs = []
    while len(costs) < 3 and not is_little(*min(costs, default=(AS_LONG, 0))):
        costs.append(cost_of_refusing(path))
    assert is_little(*min(costs)), costs


def is_little(times, megabytes):
    return times < AS_LONG and megabytes < 150


BOMBS = ["bom-entitas.xlsx", "bom-zip-400MB.xlsx", "sel-terjauh-XFD1048576.xlsx"]


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_little_time_and_150_megabytes(name):
    assert_refused_cheaply(SAMPLES / "hostile" / name)


@pytest.fixture
def rezipped(tmp_path):
    """A copy of sample 01 with parts replaced (`{name: bytes}`) or added."""

    def write(parts, sample="01-template-trenggalek.xlsx", level=9):
        path = tmp_path / "buatan.xlsx"
        with (
            zipfile.ZipFile(SAMPLES / sample) as source,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as target,
        ):
            for part in source.namelist():
                if part not in parts:
                    target.writestr(part, source.read(part))
            for part, content in parts.items():
                target.writestr(part, content)
        return path

    return write


SHEET = "xl/worksheets/sheet1.xml"
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"
HEAD = (
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>NIK</t></is></c>'
    b'<c r="B1" t="inlineStr"><is><t>Nama</t></is></c></row>'
)


def test_a_cell_far_to_the_right_and_below_is_refused_cheaply(rezipped):
    far = b'<row r="1000000"><c r="ZZZ1000000"><v>1</v></c></row>'
    assert_refused_cheaply(rezipped({SHEET: OPEN + HEAD + far + CLOSE}))


def test_a_sheet_formatted_to_its_last_row_is_accepted(rezipped):
    """Whole columns coloured down to the last row are common, and no attack."""
    blank = b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    person = (
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>3503010101750001</t></is></c>'
        b'<c r="B2" t="inlineStr"><is><t>A</t></is></c></row>'
    )
    path = rezipped({SHEET: OPEN + HEAD + person + blank + CLOSE})
    assert [row for _, row, _ in people(path)] == [2]


def test_a_zip_with_a_false_size_is_refused_cheaply(rezipped):
    """The directory says 1,000 bytes, the stream holds 300 MB."""
    content = OPEN + HEAD + b"<row><c><v>" + b"1" * 300_000_000
    path = rezipped({SHEET: content}, level=1)
    raw = bytearray(path.read_bytes())
    true = len(content).to_bytes(4, "little")
    while (at := raw.find(true)) >= 0:
        raw[at : at + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(raw)
    assert_refused_cheaply(path)


def test_a_bomb_in_the_shared_strings_is_refused_cheaply(rezipped):
    strings = b"<sst><si><t>" + b"A" * 7_900_000 + b"</t></si></sst>"
    cells = b"".join(b'<row><c t="s"><v>0</v></c></row>' for _ in range(50_000))
    assert_refused_cheaply(rezipped({"xl/sharedStrings.xml": strings, SHEET: OPEN + cells + CLOSE}))


def test_repeated_cells_in_an_ods_are_refused_cheaply(tmp_path):
    sample = SAMPLES / "08-rt-rw.ods"
    path = tmp_path / "ulang.ods"
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "content.xml":
                row = (
                    b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                    b'table:number-columns-repeated="16000" office:value-type="float" '
                    b'office:value="1"/></table:table-row></table:table>'
                )
                content = content.replace(b"</table:table>", row, 1)
            target.writestr(part, content)
    times, megabytes = cost_of_refusing(path)
    assert times < 100
    assert megabytes < 150


BORDERED = "<table border=1>"
TIMES = 40_000
MANY = {
    "letters": ("a" * TIMES, "32.767"),
    "quotes": ('"' * 3 * TIMES, "tanda kutip"),
    "signs": ("<" * TIMES, "32.767"),
    "delimiters": ("NIK;Nama\n" + ";" * 10 * TIMES, 1),
    "digits in a cell": ("NIK;Nama\n" + ("1" * 30_000 + "x;A\n") * 9, 10),
    "nicknames": ('1;"A" b\n' * 9_000, 9_000),
    "blanks before a table": (" " * TIMES + "<table", "32.767"),
    "cells in cells": (BORDERED + "<tr><td>" * 9_000, 0),
    "tables in tables": ("<table><tr><td>" * TIMES, "rusak"),
    "divisions": (BORDERED + "<div>" * TIMES, "halaman web"),
    "strikes": (BORDERED + "<tr><td>" + "<s>x" * TIMES, "32.767"),
    "attributes": (
        f"{BORDERED}<tr><td {' '.join(f'a{at}=1' for at in range(9 * TIMES))}>x</table>",
        "memori",
    ),
    "a long attribute": (f'{BORDERED}<tr><td a="{"x" * 99 * TIMES}">x</table>', 1),
    "columns": (BORDERED + "<tr>" + "<td>x" * TIMES, "memori"),
    "a span": (BORDERED + "<tr><td colspan=1000000000 rowspan=1000000000>x<td>y</table>", 1),
    "spans": (BORDERED + "<tr><td colspan=1000000000>x" * TIMES, "memori"),
    "a comment": (BORDERED + "<!--" + "-" * TIMES, "halaman web"),
    "styles": ("<style>" + ".a{line-throug" * TIMES + "</style>" + BORDERED + "<tr><td>x", 1),
    "ampersands": (BORDERED + "<tr><td>" + "&" * 30_000, 1),
    "places": (
        book(f"<Row>{cell('x', attributes='ss:Index=' + chr(34) + '16384' + chr(34))}</Row>" * 999),
        "memori",
    ),
    "elements": (book("<Row><Cell>" + "<Data>" * TIMES), "rusak"),
    "an entity": (
        f"<?xml version='1.0'?>{' ' * 5000}<!DOCTYPE x [<!ENTITY a 'aaaa'>]>"
        "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>&a;</Workbook>",
        "bukan buku kerja",
    ),
    "an entity further down": (
        "<?xml version='1.0'?><!-- urn:schemas-microsoft-com:office:spreadsheet -->"
        f"{' ' * 5000}<!DOCTYPE x [<!ENTITY a 'aaaa'>]><Workbook>&a;</Workbook>",
        "rusak",
    ),
}


@pytest.mark.parametrize(("content", "outcome"), MANY.values(), ids=MANY.keys())
def test_hostile_text_is_read_or_refused(tmp_path, content, outcome):
    """Each was also tried with 10 MB: it is read, refused in the same way, or out of time."""
    path = tmp_path / "aneh.xls"
    path.write_text(content)
    if isinstance(outcome, int):
        assert [len(list(sheet.rows)) for sheet in read(path)] == [outcome]
        return
    with pytest.raises(UnreadableWorkbook, match=outcome) as refusal:
        [list(sheet.rows) for sheet in read(path)]
    assert "unggah" in str(refusal.value)


TEN_MEGABYTES = 10 * 1024 * 1024
LIST = "No;NIK;Nama;Keterangan\n1;3503112506750001;SITI;\n"
LONG = {
    "digits": ("2;" + "3" * 30_000 + ";SITI;\n", 1),
    "names": ("2;3503112506750001;" + "SITI " * 6000 + ";\n", 1),
    "remarks": ("2;3503112506750001;SITI;" + "meninggal, " * 2700 + "\n", 1),
    "dots": ("2;3503112506750001;SITI;" + ". " * 15_000 + "\n", 1),
    "legends": ("1 = hidup, 2 = meninggal " * 1200 + ";;;\n", 0),
    "words without a blank": ("Nama" + "Lengkap" * 4000 + ";NIK;;\n", 0),
}
"""A line with a cell nearly as long as Excel has them, and how many people it is."""


@pytest.mark.slow
@pytest.mark.parametrize(("line", "each"), short(LONG.values(), keep=4), ids=LONG.keys())
def test_ten_megabytes_of_long_cells_below_a_list_are_understood(tmp_path, line, each):
    """Whatever is looked for in a cell takes a time in proportion to its length, or has a limit:
    a single title of thousands of words once took minutes."""
    path = tmp_path / "panjang.csv"
    count = TEN_MEGABYTES // len(line)
    path.write_text(LIST + line * count)
    assert len(people(path)) == 1 + count * each


def test_a_heading_of_thousands_of_columns_is_refused_with_the_reason(tmp_path):
    path = tmp_path / "lebar.csv"
    path.write_text(("NIK;Nama;" * 5000 + "\n") * 9)
    with pytest.raises(UnreadableWorkbook, match="berdampingan"):
        people(path)


def test_thousands_of_parts_are_refused_cheaply(rezipped):
    assert_refused_cheaply(rezipped({f"xl/media/{at}.xml": b"" for at in range(3000)}))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7\n...", "Ini PDF, bukan buku kerja. Ketik daftarnya"),
        (b"\x89PNG\r\n", "Ini gambar, bukan buku kerja. Ketik daftarnya"),
        (b"Rar!\x1a\x07", "Keluarkan dahulu"),
        (b"PK\x03\x04", "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "bukan buku kerja"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 90, "rusak"),
        (b"<?xml version='1.0'?><Workbook/>", "XML yang bukan buku kerja"),
        (bytes(range(256)) * 9, "bukan buku kerja"),
        (b"halo", "Judul kolom"),
        (b"\n\n\n", "tidak berisi"),
        (b"\xff\xfe", "tidak berisi"),
        (b"\xff\xfe\x00", "rusak"),
        (b"NIK;Nama\n\x81\x8d;A", "rusak"),
        (b"NIK;Nama;" + b";" * 1_000_000, "hanya berisi judul"),
    ],
)
def test_odd_files_are_refused_with_the_reason(tmp_path, content, says):
    path = tmp_path / "aneh.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableWorkbook, match=says):
        people(path)


def test_a_word_document_and_a_plain_zip_are_named(tmp_path):
    for part, says in (("word/document.xml", "Word"), ("foto.jpg", "arsip ZIP")):
        path = tmp_path / "x.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        with pytest.raises(UnreadableWorkbook, match=says):
            people(path)


def test_a_damaged_part_is_not_read_as_if_it_were_whole(tmp_path):
    """One digit changed inside the stream: the readers do not notice, the checksum does."""
    path = tmp_path / "ubah.xlsx"
    sample = SAMPLES / "01-template-trenggalek.xlsx"
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.namelist():
            target.writestr(part, source.read(part))  # stored, so that the digit is seen
    raw = path.read_bytes()
    assert b"3503111405691162" in raw
    path.write_bytes(raw.replace(b"3503111405691162", b"3503111405691163", 1))
    with pytest.raises(UnreadableWorkbook, match="rusak"):
        people(path)


def mutated(raw: bytes, seed: int) -> bytes:
    """The bytes cut short, or with up to eight of them changed; a seed always gives the same."""
    chance = random.Random(seed)
    if seed % 4 == 0:
        return raw[: chance.randrange(len(raw))]
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("part", range(5 if EVERY else 2))
def test_mutations_are_refused_or_read_correctly(tmp_path, part):
    raw, expected = HONEST.read_bytes(), people(HONEST)
    path = tmp_path / "mutasi.xlsx"
    outcomes = {"refused": 0, "read": 0}
    for seed in range(part * 10, part * 10 + 10):
        path.write_bytes(mutated(raw, seed))
        try:
            assert people(path) == expected, f"seed {seed} was read wrongly"
            outcomes["read"] += 1
        except UnreadableWorkbook as refusal:
            assert len(str(refusal)) > 40
            outcomes["refused"] += 1
    assert outcomes["refused"]
