"""Text files: the delimiter, the encoding, and what got into them."""

import pytest

from enrollment.workbooks.opening import UnreadableWorkbook
from tests.people import nik

ADDRESSES = ("DSN KRAJAN, RT 007, RW 002, DS SENDEN", "JL. A", "DSN A, RT 1, KEC B, KAB C, JATIM")


def people(delimiter, address=lambda at: ADDRESSES[at % 3], count=6):
    lines = [["NIK", "Nama", "Tempat, Tgl Lahir", "Alamat"]]
    lines += [[nik(at), f"ORANG {at}", "KAMPAK, 08-10-1982", address(at)] for at in range(count)]
    return lines, "".join(delimiter.join(line) + "\r\n" for line in lines)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_commas_in_addresses_are_no_delimiter(rows, delimiter):
    lines, content = people(delimiter)
    assert [cells for _, cells in rows(content)] == lines


def test_other_delimiters_in_the_addresses_of_a_comma_file(rows):
    def address(at):
        return "RT 1; RW 2; DSN A; DESA B; KEC C" if at % 2 else "JL. A | B"

    lines, content = people(",", address)
    content = content.replace("KAMPAK, ", "KAMPAK ").replace("Tempat, Tgl", "TTL")
    assert [len(cells) for _, cells in rows(content)] == [4] * len(lines)


def test_niks_that_excel_has_damaged_tell_the_delimiter_too(rows):
    content = "NIK;Alamat\r\n" + "3,50301E+15;JL. A, RT 1\r\n" * 5
    assert rows(content)[1] == (2, ["3,50301E+15", "JL. A, RT 1"])


@pytest.mark.parametrize("niks", ['="{}"', "'{}", "{} ", "{:.4}.{:.4}"])
def test_niks_in_wrappers_tell_the_delimiter_too(rows, niks):
    content = "NIK;Alamat\r\n" + "".join(
        niks.format(nik(at), nik(at)) + f";{ADDRESSES[at % 3]}\r\n" for at in range(6)
    )
    assert {len(cells) for _, cells in rows(content)} == {2}


def test_without_any_number_the_heading_and_the_width_decide(rows):
    content = "No;Nama;Alamat\r\n" + "".join(f";ORANG {at};RT 1, RW 2\r\n" for at in range(6))
    assert {len(cells) for _, cells in rows(content)} == {3}


@pytest.mark.parametrize("line", ["sep=,", '"sep=,"', "SEP=,", "\ufeffsep=,"])
def test_a_first_line_that_names_the_delimiter(rows, line):
    content = line + "\r\nNIK,Nama\r\n1,A;B;C\r\n2,D;E;F\r\n"
    assert rows(content) == [(2, ["NIK", "Nama"]), (3, ["1", "A;B;C"]), (4, ["2", "D;E;F"])]


def test_a_named_tab(rows):
    assert rows("sep=\t\r\nNIK\tNama\r\n1\tA\r\n") == [(2, ["NIK", "Nama"]), (3, ["1", "A"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_stray_control_characters_are_dropped(rows, encoding):
    content = "NIK;Nama\r\n\x1b1\x00;\x02SITI\x0bNé\x7f\r\n2;B\r\n"
    expected = [(1, ["NIK", "Nama"]), (2, ["1", "SITI Né"]), (3, ["2", "B"])]
    assert rows(content.encode(encoding)) == expected
    assert rows(content.encode(encoding) + b"\x1a") == expected  # the end of a text in MS-DOS
    assert rows(content.encode(encoding) + b"\0" * 5000) == expected


def test_two_files_put_together_have_a_byte_order_mark_in_the_middle(rows):
    content = "NIK;Nama\r\n1;A\r\n\ufeff2;B\r\n"
    assert rows(content.encode("utf-8-sig"))[2] == (3, ["2", "B"])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_and_without_a_mark(rows, encoding):
    lines, content = people("\t")
    assert [cells for _, cells in rows(content.encode(encoding))] == lines


def test_a_blank_after_the_delimiter(rows):
    content = "NIK, Nama, Alamat\r\n" + f'{nik(1)}, "SITI", "JL. A, RT 1"\r\n' * 3
    assert rows(content)[1] == (2, [nik(1), "SITI", "JL. A, RT 1"])


def test_a_nickname_in_quotes_at_the_beginning_of_a_cell(rows):
    content = 'NIK;Nama\r\n1;"ATI" SUMIATI\r\n2;SITI "ITI" A\r\n3;"B;C"\r\n4;"D" "E"\r\n'
    assert [cells[1] for _, cells in rows(content)] == [
        "Nama",
        "ATI SUMIATI",
        'SITI "ITI" A',
        "B;C",
        'D "E"',
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('NIK;Nama\r\n1;"ATI" S;"B\r\n2;C\r\n3;"D"\r\n', "tanda kutip"),
        ('NIK;Nama\r\n1;A\r\n2;"B\r\n', "tanda kutip"),
        ('NIK;Nama\r\n1;"A\r\n2;"B"\r\n', "tanda kutip"),
        ("NIK;Nama\r\n1;" + "A" * 40_000 + "\r\n", "32.767"),
    ],
)
def test_what_could_lose_rows_is_refused(rows, content, says):
    with pytest.raises(UnreadableWorkbook, match=says) as refusal:
        rows(content)
    assert "unggah" in str(refusal.value)
