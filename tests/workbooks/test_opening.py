"""Reading a file: cells come out as they are in it, and the calling process is never at risk."""

import datetime
import multiprocessing
import subprocess
import time

import openpyxl
import psutil
import pytest

from enrollment.workbooks import opening
from enrollment.workbooks.opening import UnreadableWorkbook, read

LIST = "No;NIK;Nama\r\n1;3503010101750001;Sutrisno Né\r\n\r\n2;3503010101750002;Siti\r\n"


def contents(path, **options):
    return [(sheet.name, sheet.visible, list(sheet.rows)) for sheet in read(path, **options)]


def test_cells_keep_their_type_and_rows_their_number(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    values = ["teks", 3522101601910070, 1.5, datetime.date(1975, 8, 17), True]
    for column, value in enumerate(values, 3):
        sheet.cell(5, column, value)
    sheet["C7"] = datetime.datetime(2020, 1, 2, 3, 4)
    book.save(tmp_path / "a.xlsx")

    [(name, visible, rows)] = contents(tmp_path / "a.xlsx")

    assert (name, visible) == ("Data", True)
    assert rows == [
        (5, ["", "", "teks", 3522101601910070.0, 1.5, datetime.date(1975, 8, 17), True]),
        (7, ["", "", datetime.datetime(2020, 1, 2, 3, 4), "", "", "", ""]),
    ]
    assert isinstance(rows[0][1][3], float)  # still a number, by which damage is recognised


def test_hidden_sheets_are_listed_unread_and_charts_left_out(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["x"])
    book.create_chartsheet("Grafik")
    hidden = book.create_sheet("Lama")
    hidden.append(["rahasia"])
    hidden.sheet_state = "veryHidden"
    book.create_sheet("Kosong")
    book.save(tmp_path / "a.xlsx")

    assert contents(tmp_path / "a.xlsx") == [
        ("Sheet", True, [(1, ["x"])]),
        ("Lama", False, []),
        ("Kosong", True, []),
    ]


def test_a_sheet_may_have_any_name(workbook):
    for name in ("refused", "end"):
        assert contents(workbook({name: [["NIK", "Nama"]]})) == [
            (name, True, [(1, ["NIK", "Nama"])])
        ]


def test_an_unfinished_sheet_does_not_mix_with_the_next(tmp_path):
    book = openpyxl.Workbook()
    for row in range(5000):
        book.active.append([f"satu {row}"])
    book.create_sheet("Dua").append(["dua"])
    book.save(tmp_path / "a.xlsx")

    sheets = read(tmp_path / "a.xlsx")
    first = next(sheets)
    assert next(first.rows) == (1, ["satu 0"])
    second = next(sheets)
    assert (second.name, list(second.rows)) == ("Dua", [(1, ["dua"])])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_in_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "9f8e7d"
    path.write_bytes(LIST.replace(";", delimiter).encode(encoding))

    assert contents(path, name="Desa Senden.csv") == [
        (
            "Desa Senden",
            True,
            [
                (1, ["No", "NIK", "Nama"]),
                (2, ["1", "3503010101750001", "Sutrisno Né"]),
                (4, ["2", "3503010101750002", "Siti"]),
            ],
        )
    ]


def test_csv_with_quotes_line_breaks_and_a_sep_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('sep=,\nNIK,Nama,Alamat\n1,"Sutrisno, S.Pd.","Jl. A\nno. 1"\n2,B,C\n')
    [(_, _, rows)] = contents(path)
    assert rows == [
        (2, ["NIK", "Nama", "Alamat"]),
        (3, ["1", "Sutrisno, S.Pd.", "Jl. A\nno. 1"]),
        (4, ["2", "B", "C"]),
    ]


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('NIK;Nama\n1;"Sutrisno\n' + "2;B\n" * 5000)
    with pytest.raises(UnreadableWorkbook, match="tanda kutip"):
        contents(path)


def test_a_csv_cut_off_within_a_row_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("NIK;Nama;Desa\n1;A;Senden\n2;B")
    with pytest.raises(UnreadableWorkbook, match="terpotong"):
        contents(path)
    path.write_text("NIK;Nama;Desa\n1;A;Senden\n2;B;Send")
    [(_, _, rows)] = contents(path)  # Google Sheets does not close the last line
    assert rows[-1] == (3, ["2", "B", "Send"])


def test_a_legacy_workbook_with_a_broken_chain_of_records_is_refused(tmp_path, samples):
    """calamine would read this file as a list of seven people."""
    [sample] = [path for path in samples if path.suffix == ".xls"]
    raw = bytearray(sample.read_bytes())
    assert raw[17280] == 10  # the length of a LabelSst record
    raw[17280] = 160
    path = tmp_path / "a.xls"
    path.write_bytes(raw)
    with pytest.raises(UnreadableWorkbook, match="rusak"):
        contents(path)


def test_control_characters_are_removed_from_sheet_names(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("NIK;Nama\n1;A\n")
    assert [sheet.name for sheet in read(path, name="Desa\x00Senden\n.csv")] == ["Desa Senden "]


def test_the_format_is_found_by_content_not_by_file_name(workbook):
    path = workbook({"Data": [["NIK", "Nama"]]}, name="salah.xls")
    assert contents(path) == [("Data", True, [(1, ["NIK", "Nama"])])]


def test_reading_is_deterministic(samples):
    for path in samples:
        assert contents(path) == contents(path)


def daemon(path, answer):
    answer.put(sum(len(list(sheet.rows)) for sheet in read(path)))


def test_reads_within_a_daemonic_process_as_celery_forks_them(samples):
    context = multiprocessing.get_context("fork")
    answer = context.Queue()
    process = context.Process(target=daemon, args=(samples[0], answer), daemon=True)
    process.start()
    assert answer.get(timeout=20) == 201
    process.join(10)


@pytest.fixture
def long_list(tmp_path):
    """A file too long for the pipe's buffer, so that the child has to wait for its reader."""
    path = tmp_path / "NIK 3503010101750001.csv"
    path.write_text("NIK;Nama\n" + "3503010101750001;Sutrisno Widodo Nugroho\n" * 60_000)
    return path


def readers():
    """The command lines and environments of the children that read for this process."""
    return [
        " ".join([*child.cmdline(), *child.environ().values()])
        for child in psutil.Process().children()
        if any("reader.py" in word for word in child.cmdline())
    ]


def test_the_list_of_processes_shows_nothing_about_the_file(long_list):
    sheets = read(long_list)
    next(sheets)
    [reader] = readers()
    assert "3503010101750001" not in reader
    sheets.close()


def test_the_child_is_gone_when_the_caller_stops_early(long_list):
    sheets = read(long_list)
    next(next(sheets).rows)
    assert readers()
    sheets.close()
    assert not readers()


def test_a_child_that_does_not_finish_in_time_is_killed(workbook, monkeypatch):
    def sleeper(file, kind, seconds, memory):
        return subprocess.Popen(["sleep", "60"], stdin=file, stdout=subprocess.PIPE, bufsize=0)

    before = set(psutil.Process().children())
    monkeypatch.setattr(opening, "_start", sleeper)
    with pytest.raises(UnreadableWorkbook, match="tidak selesai dibaca"):
        list(read(workbook({"Data": [["NIK", "Nama"]]}), seconds=0.2))
    assert set(psutil.Process().children()) <= before  # a browser of other tests may be there


@pytest.mark.slow
def test_time_that_the_caller_spends_on_rows_does_not_count(long_list):
    sheet = next(sheets := read(long_list, seconds=2))
    next(sheet.rows)
    time.sleep(2.1)
    assert sum(1 for _ in sheet.rows) == 60_000
    sheets.close()


def test_a_workbook_that_needs_more_memory_than_allowed_is_refused(workbook):
    path = workbook({"Data": [[f"teks {at} {n}" for n in range(20)] for at in range(5000)]})
    assert contents(path)
    with pytest.raises(UnreadableWorkbook, match="memori"):
        contents(path, memory=16 * opening.MEGABYTE)


def expected(path):
    """The estimate of all rows in the file, as each visible sheet gives it when it is opened."""
    return [sheet.expected for sheet in read(path) if sheet.visible]


def test_the_number_of_rows_is_estimated_from_the_first_sheet_on(workbook, tmp_path):
    def people(count):
        return [[f"{at:016d}", "NAMA ORANG"] for at in range(count)]

    assert expected(workbook({"Satu": people(500)})) == [500]
    first, last = expected(workbook({"Satu": people(500), "Dua": people(1000)}))
    assert (first, last) == (pytest.approx(1500, rel=0.1), 1500)
    # A hidden sheet is not read, and no longer counted once it has been reached.
    hidden = {"Satu": people(500), "Lama": people(500), "Dua": people(500)}
    assert expected(workbook(hidden, hidden=["Lama"]))[-1] == 1000
    text = tmp_path / "a.csv"
    text.write_text("NIK;Nama\n" + "".join(f"{nik};{name}\n" for nik, name in people(2000)))
    assert expected(text) == [pytest.approx(2001, rel=0.05)]
