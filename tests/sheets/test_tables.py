"""The rows below a heading: who is a person, and what titles, marks and remarks say of them."""

import pytest

from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import Sheet
from tests.sheets.knowing import Known

HEAD = ["No", "NIK", "Nama", "Alamat", "RT", "Pekerjaan"]


def nik(serial):
    return f"350307170875{serial:04d}"


def person(serial, address="JL. A", rt="001", work="Petani"):
    return [serial, nik(serial), f"ORANG {serial}", address, rt, work]


def read(*rows, name="Lembar", **options):
    filled = [(at, list(row)) for at, row in enumerate(rows, 1) if any(row)]
    reading = Reading([Sheet(name, True, iter(filled), **options)], knowledge=Known())
    return list(reading), reading.reports[0]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["", "Jumlah", 2], "total"),
        (["", "", "REKAPITULASI"], "recap"),
        (["No", "Dusun", "Laki-laki", "Perempuan", "Jumlah"], "recap"),
        (["I", "II", "III", "IV", "V", "VI"], "column_numbers"),
        (["(1)", "(2)", "(3)", "(4)"], "column_numbers"),
        (["Contoh", nik(9), "BUDI", "JL. A", "001", "Petani"], "example"),
        (["", "", "Mengetahui,"], "signature"),
        (["", "", "Keterangan: diisi lengkap"], "note"),
        (["", "DUSUN KRAJAN"], "group"),
    ],
)
def test_a_row_that_is_no_person_is_told_by_its_kind_and_text(row, kind):
    found, report = read(HEAD, person(1), row, person(2))
    assert [each.row for each in found] == [2, 4]
    assert report.skipped[kind].rows == [3]
    assert str(row[-1])[:6] in report.skipped[kind].texts[0] or kind in ("total", "column_numbers")


@pytest.mark.parametrize("name", ["TOTAL SUTRISNO", "Jumlah Sari", "CATATAN WATI"])
def test_whoever_has_a_name_has_a_row_whatever_it_resembles(name):
    found, _ = read(HEAD, person(1), ["", "", name, "JL. B", "002", "Nelayan"])
    assert found[-1].cells["name"] == name


def test_the_rows_of_a_sheet_add_up():
    rows = [["DAFTAR"], [], HEAD, person(1), [], ["", "DUSUN KRAJAN"], person(2), ["", "Jumlah", 2]]
    _, report = read(*rows)
    skipped = sum(each.count for each in report.skipped.values())
    assert (report.people, skipped, report.blank) == (2, 4, 2)
    assert report.people + skipped + report.blank == len(rows)


@pytest.mark.parametrize("mark", ['"', "sda", "s.d.a", "idem", '-"-', "”", "SDA"])
def test_a_ditto_mark_takes_the_value_above_but_never_the_name(mark):
    marked = [2, nik(2), mark, mark, mark, mark]
    found, _ = read(HEAD, person(1, "JL. A", "007", "Nelayan"), marked)
    cells = found[1].cells
    assert (cells["address"], cells["rt"], cells["occupation"]) == ("JL. A", "007", "Nelayan")
    assert cells["name"] == mark


def test_the_second_line_of_an_address_belongs_to_the_person_above():
    second = ["", "", "", "RT 003 RW 004"]
    found, report = read(HEAD, person(1), second, person(2, "JL. B"))
    assert [each.cells["address"] for each in found] == ["JL. A RT 003 RW 004", "JL. B"]
    assert report.skipped["continued"].rows == [3]


@pytest.mark.parametrize(
    ("title", "villages"),
    [
        ("DESA BOGORAN", ["Senden", "BOGORAN"]),
        ("Bogoran", ["Senden", "Bogoran"]),
        ("DESA NGALAM", ["Senden", "NGALAM"]),
        ("RW SATU SELATAN", ["Senden", "Senden"]),
        ("DUSUN KRAJAN", ["Senden", "Senden"]),
        ("PASUKAN KUNING", ["Senden", "PASUKAN KUNING"]),
    ],
)
def test_a_title_that_is_not_understood_ends_the_village_before_it(title, villages):
    found, _ = read(HEAD, ["", "Desa Senden"], person(1), ["", title], person(2))
    assert [each.village for each in found] == villages


def test_the_nearest_place_holds_and_another_is_told():
    rows = [["DESA BOGORAN"], HEAD, person(1), ["", "Desa Timahan"], person(2)]
    found, _ = read(*rows, name="Senden fix")
    assert [(each.village, each.farther) for each in found] == [
        ("Senden", "BOGORAN"),
        ("Desa Timahan".removeprefix("Desa "), "Senden"),
    ]


def test_a_village_that_is_named_by_the_way_is_none():
    found, _ = read(
        ["DESA SENDEN"], ["BLT DANA DESA TAHAP I"], ["Jl. Raya Desa Bogoran"], HEAD, person(1)
    )
    assert found[0].village == "SENDEN"


def status_of(found):
    return [str(each.cells.get("status", "")) for each in found]


@pytest.mark.parametrize("title", ["MENINGGAL", "Pindah", "DATA WARGA MENINGGAL DUNIA"])
def test_a_title_about_the_dead_holds_to_the_next_title(title):
    found, _ = read(HEAD, person(1), ["", title], person(2), ["", "DUSUN KRAJAN"], person(3))
    assert status_of(found) == ["", title, f"{title} ?"]


def test_a_title_about_the_dead_holds_for_the_titles_within_it():
    rows = [["", "MENINGGAL"], ["", "DUSUN A"], person(1), ["", "DUSUN B"], person(2)]
    found, _ = read(HEAD, *rows, ["", "WARGA TETAP"], person(3))
    assert status_of(found) == ["MENINGGAL", "MENINGGAL", ""]


def test_the_name_of_a_sheet_may_say_that_they_moved():
    found, _ = read(HEAD, person(1), name="PINDAH")
    assert status_of(found) == ["PINDAH"]


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Keterangan", "MENINGGAL", "MENINGGAL"),
        ("Kolom Z", "sudah pindah", "sudah pindah"),
        ("Meninggal", "v", "Meninggal"),
        ("Meninggal", "-", ""),
        ("status_dasar", "3", "PINDAH"),
        ("Nama Ayah", "Alm. KARTO", ""),
    ],
)
def test_any_column_that_is_not_about_something_else_may_say_that_a_person_has_gone(
    heading, cell, said
):
    found, _ = read([*HEAD, heading], [*person(1), cell])
    assert status_of(found) == [said]


def test_a_remark_between_the_replaced_and_the_replacing_is_about_the_former():
    head = ["NIK Lama", "Nama Lama", "Keterangan", "NIK Pengganti", "Nama Pengganti"]
    found, _ = read(head, [nik(1), "A", "meninggal", nik(2), "B"])
    assert (found[0].cells["nik"], status_of(found)) == (nik(2), [""])


def test_a_remark_between_a_wrong_number_and_the_right_one_is_about_the_person():
    found, _ = read(
        ["NIK Lama", "Keterangan", "NIK Baru", "Nama"], [nik(1), "meninggal", nik(2), "A"]
    )
    assert (found[0].cells["nik"], status_of(found)) == (nik(2), ["meninggal"])


@pytest.mark.parametrize("at", [0, 2])
def test_people_below_a_heading_without_niks_have_rows(at):
    names = [[""] * at + [text] for text in ("Nama", "SITI", "BUDI")]
    found, report = read(HEAD, person(1), [], *names, [], ["", "", "Mengetahui,"])
    assert [(each.row, each.cells["name"], each.cells["nik"]) for each in found[1:]] == [
        (5, "SITI", ""),
        (6, "BUDI", ""),
    ]
    assert len(report.headings) == 1


def test_a_name_below_a_signature_is_no_list_of_people():
    found, _ = read(
        HEAD, person(1), [], ["", "", "Kepala Desa"], ["", "", "Nama"], ["", "", "TONO"]
    )
    assert len(found) == 1


@pytest.mark.parametrize("word", ["JUMLAH", "CONTOH"])
def test_somebody_may_be_called_like_a_sum_or_an_example(word):
    found, _ = read(HEAD, person(1), [2, "35030717", word, "JL. B", "002", "Nelayan"])
    assert found[-1].cells["name"] == word
    found, _ = read(HEAD, person(1), ["", "", word, 2])
    assert len(found) == 1


def test_a_title_of_two_villages_puts_nobody_into_one_of_them():
    found, _ = read(HEAD, ["", "Desa Senden dan Desa Bogoran"], person(1))
    assert found[0].village == "Senden / Bogoran"
    found, _ = read(["Desa Senden, Kantor Desa Senden"], [], HEAD, person(1))
    assert found[0].village == "Senden"


def test_the_sum_of_a_village_ends_its_title():
    rows = [["", "Desa Senden"], person(1), ["", "Jumlah Desa Senden", 1], person(2)]
    found, _ = read(HEAD, *rows)
    assert (found[0].village, found[1].village) == ("Senden", "Jumlah Desa Senden")


@pytest.mark.parametrize("heading", ["Pengganti dari", "Nama Usaha"])
def test_who_is_replaced_and_what_a_shop_is_called_says_nothing_of_the_person(heading):
    found, _ = read([*HEAD, heading], [*person(1), "KARTO (meninggal)"])
    assert status_of(found) == [""]


def test_a_title_about_those_taken_off_the_list_is_said_of_those_below():
    found, _ = read(HEAD, person(1), ["", "DAFTAR YANG DIKELUARKAN"], person(2))
    assert status_of(found) == ["", "DAFTAR YANG DIKELUARKAN"]


@pytest.mark.parametrize("blank", ["", 0, 0.0, "-"])
def test_a_sex_is_ticked_beside_a_blank_a_dash_or_a_nought(blank):
    found, _ = read(["NIK", "Nama", "L", "P"], [nik(1), "A", blank, 1], [nik(2), "B", "v", blank])
    assert [each.cells["sex"] for each in found] == ["P", "L"]


def of_villages(*villages):
    rows = [[nik(at), f"ORANG {at}", village] for at, village in enumerate(villages)]
    return read(["NIK", "Nama", "Desa"], *rows)


def test_a_village_written_only_where_it_changes_holds_below_and_is_told():
    found, report = of_villages("SENDEN", "", "", "BOGORAN", "", "")
    assert [each.cells["village"] for each in found] == ["SENDEN"] * 3 + ["BOGORAN"] * 3
    assert report.carried == [3, 4, 6, 7]


def test_a_village_does_not_hold_where_the_rows_are_numbered_anew():
    rows = [[at, nik(at), f"ORANG {at}", "SENDEN" if at == 1 else ""] for at in (1, 2, 3)]
    found, _ = read(["No", "NIK", "Nama", "Desa"], *rows, [1, nik(4), "ORANG 4", ""])
    assert [each.cells["village"] for each in found] == ["SENDEN"] * 3 + [""]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Catatan: nomor 1 sudah pindah", [3]),
        ("Keterangan: No. 1 meninggal dunia", [3]),
        ("Keterangan: M = Meninggal, P = Pindah", []),
        ("Catatan: diisi lengkap", []),
    ],
)
def test_a_note_about_people_who_have_gone_is_remembered(note, told):
    _, report = read(HEAD, person(1), [note])
    assert report.noted == told


def test_titles_with_nobody_below_may_be_names_and_are_told():
    _, report = read(HEAD, ["", "Lansia"], person(1), [], ["1. SITI"], ["BUDI SANTOSO"])
    assert report.untold == [5, 6]
    _, report = read(HEAD, person(1), [], ["", "DUSUN KRAJAN"], ["", "Mengetahui,"])
    assert report.untold == []


def test_a_number_of_sixteen_digits_in_no_column_of_niks_is_told():
    _, report = read(HEAD, person(1), [], [nik(2)], [float(nik(3))])
    assert report.skipped["unread"].rows == [4, 5]


def test_a_blank_village_in_a_list_that_repeats_it_is_a_gap():
    found, report = of_villages("SENDEN", "SENDEN", "", "", "", "BOGORAN")
    assert (found[2].cells["village"], report.carried) == ("", [])


def test_the_code_of_a_village_stands_for_its_name_and_beside_it():
    head = ["NIK", "Nama", "Kode Desa", "Desa"]
    rows = [[nik(1), "A", 3503072007.0, ""], [nik(2), "B", "35.03.07.2007", "SENDEN"]]
    found, _ = read(head, *rows, [nik(3), "C", "", "SENDEN"])
    expected = ["3503072007", "3503072007 SENDEN", "SENDEN"]
    assert [each.cells["village"] for each in found] == expected


def test_the_name_of_a_sheet_that_has_been_cut_names_the_only_village_that_begins_so():
    found, _ = read(["NIK", "Nama"], [nik(1), "A"], name="Desa Sumberejo Kidul Wetan Lore")
    assert found[0].village == "sumberejo kidul wetan lorejo"


def test_a_family_title_gives_its_number_and_address_to_those_below():
    title = ["No. KK : 3503071203100001", "", "Alamat : DUSUN A, RT/RW : 005/002"]
    found, _ = read(["No", "Nama", "NIK"], title, [1, "SITI", nik(1)])
    cells = found[0].cells
    assert (cells["kk"], cells["rt"], cells["rw"]) == ("3503071203100001", "005", "002")


def test_a_heading_that_is_not_understood_ends_the_table_above_it():
    strange = ["RW", "Alamat", "NIK", "Pekerjaan", "Tempat Lahir"]
    below = ["002", "JL. B", nik(2), "Petani", "TUBAN"]
    found, report = read(HEAD, person(1), strange, below, below)
    assert [each.row for each in found] == [2]
    assert report.near is not None
    assert report.skipped["no_heading"].rows == [3, 4, 5]


def test_formulas_without_a_result_are_empty_and_told():
    found, report = read(HEAD, person(1), [2, *["#RUMUS?"] * 5])
    assert set(found[1].cells.values()) == {""}
    assert report.uncomputed == [3]


def test_a_row_whose_name_is_struck_through_is_marked():
    found, _ = read(HEAD, person(1), person(2), struck={3: (2,)})
    assert [each.struck for each in found] == [False, True]


def test_a_title_that_stands_below_its_people_puts_nobody_into_its_village():
    below = ["", "DESA SENDEN"], person(3), ["", "DESA BOGORAN"]
    found, _ = read(HEAD, person(1), person(2), *below)
    assert [each.village for each in found] == ["", "", "SENDEN (judul di bawah orangnya?)"]


def test_titles_hold_for_those_below_even_if_the_first_people_have_none():
    above = ["", "DESA SENDEN"], person(2), ["", "DESA BOGORAN"], person(3)
    found, _ = read(HEAD, person(1), *above)
    assert [each.village for each in found] == ["", "SENDEN", "BOGORAN"]


@pytest.mark.parametrize("groups", [("Keluar", "Masuk"), ("Yang diganti", "Pengganti")])
@pytest.mark.parametrize("title", [[], ["", "PENGGANTIAN"], ["", "", "Daftar keluar dan masuk"]])
def test_below_a_list_those_who_come_in_are_read_and_not_those_who_go_out(groups, title):
    out, into = groups
    heading = ["No", out, "", into, ""], ["", "NIK", "Nama", "NIK", "Nama"]
    found, _ = read(HEAD, person(1), title, *heading, [1, nik(2), "SITI", nik(3), "RARA"])
    assert [each.cells["name"] for each in found] == ["ORANG 1", "RARA"]
    assert found[1].cells["nik"] == nik(3)


def test_somebody_without_a_nik_above_a_repeated_heading_has_a_row():
    found, _ = read(HEAD, person(1), ["", "", "SITI", "JL. B", "", "Petani"], HEAD, person(2))
    assert [each.cells["name"] for each in found] == ["ORANG 1", "SITI", "ORANG 2"]


@pytest.mark.parametrize("heading", [["Alamat", "Nomor", "Penerima"], ["Nomor", "Dusun", "Warga"]])
def test_people_below_a_heading_in_other_words_are_not_read_by_the_one_above(heading):
    at, name = heading.index("Nomor"), heading[-1]
    below = [["JL. B", "JL. B", "SITI"], ["JL. C", "JL. C", "RARA"]]
    for serial, row in enumerate(below, 2):
        row[at] = nik(serial)
    found, report = read(["NIK", "Nama", "Alamat"], [nik(1), "BUDI", "JL. A"], heading, *below)
    assert [each.cells["name"] for each in found] == ["BUDI"]
    assert report.skipped["no_heading"].rows == [3, 4, 5]
    assert name in {column.heading for column in report.near.columns}  # so the page asks


def test_a_hamlet_of_a_recapitulation_is_not_that_of_people_below():
    recap = ["", "Jumlah"], ["", "Dusun Senden", 2], ["No", "NIK", "Nama", "Pekerjaan"]
    found, _ = read(HEAD, person(1), *recap, [1, nik(2), "SITI", "Petani"])
    assert [each.cells.get("hamlet") for each in found] == [None, None]


def test_a_village_written_at_changes_holds_below_somebody_called_total():
    head = ["No", "NIK", "Nama", "Desa"]
    rows = [
        [1, nik(1), "TOTAL SARI", "Senden"],
        *([at, nik(at), f"ORANG {at}", ""] for at in (2, 3)),
    ]
    found, _ = read(head, *rows)
    assert [each.cells["village"] for each in found] == ["Senden"] * 3


def test_a_second_heading_of_two_lines_is_read_whole():
    upper = ["", "Data Diri", "Nama Ibu Kandung", "Dusun", "Data Diri"]
    lower = ["RT", "Nama Lengkap", "", "", "NIK"]
    found, _ = read(HEAD, person(1), [], upper, lower, ["003", "SITI", "RARA", "KRAJAN", nik(2)])
    cells = found[1].cells
    assert (cells["name"], cells["mother_name"], cells["hamlet"]) == ("SITI", "RARA", "KRAJAN")


def test_a_village_may_be_called_like_a_part_of_one():
    found, _ = read(HEAD, ["", "Ds BANJAR - KEC. Panggul"], person(1))
    assert (found[0].village, found[0].cells.get("hamlet")) == ("BANJAR", None)
