"""The blank template: its content, and that the import reads correctly what is filled in."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from enrollment.blanks import workbook
from enrollment.blanks.guide import EMPTY
from enrollment.fields.definitions import Need
from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import read
from enrollment.workers.models import Occupation
from tests import people
from tests.imports import typist
from villages import scope
from villages.models import Area

TIMBULUN = "13.03.03.2001"
FIRST = workbook.HEADING_ROW + 1
FILLED = {  # the columns of a village's own template, which has none for the village
    "NIK": "nik", "No KK": "kk", "Nama": "name", "Tempat Lahir": "birth_place",
    "Tanggal Lahir": "born", "Jenis Kelamin": "sex", "Alamat": "address", "RT": "rt", "RW": "rw",
    "Dusun": "hamlet", "Pekerjaan": "work", "Penghasilan": "income", "No HP": "phone",
    "Nama Ibu Kandung": "mother", "Sumber Data": "source",
}  # fmt: skip
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
DATES = (
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}",
    lambda day: f"{day:%Y-%m-%d}",
)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def made(tmp_path):
    """`made(area)` writes the template of an area and returns its path."""

    def write(area, **words):
        path = tmp_path / f"templat-{area}.xlsx"
        with scope.whole_country("test"):
            row = Area.objects.get(pk=area)
        workbook.write(row, path, regency=people.regency(area[:5], **words))
        return path

    return write


def invented(number):
    """The `number`-th invented person: (heading → text to type, birth date)."""
    born, woman = date(1961 + number, number % 12 + 1, number + 1), number % 2
    values = {
        "nik": f"350307{born.day + 40 * woman:02d}{born:%m%y}{number * 10:04d}",
        "kk": f"3503071203{number:02d}0010",  # ends in 0, like a number that Excel has damaged
        "name": f"PEKERJA {'ABCDEFGHIJKLMNOPQRST'[number - 1]}",
        "birth_place": "Trenggalek",
        "born": DATES[number % 4](born),
        "sex": "LP"[woman],
        "address": f"Jl. Kenanga No. {number}",
        "rt": f"{number % 9 + 1:03d}",
        "rw": "002",
        "hamlet": "Krajan",
        "work": WORK[number % len(WORK)],
        "income": ("1250000", "1.250.000")[woman],
        "phone": f"0812345678{number:02d}",
        "mother": f"IBU {number}",
        "source": "DTSEN 2025",
    }
    return {heading: values[name] for heading, name in FILLED.items()}, born


WORK = ("Petani", "Nelayan", "Tukang ojek", "Buruh tani")
PEOPLE = range(1, 21)


def cells_of(path, typed):
    """Address of a cell ("A5") → text, for people `typed` (heading → text) into the template."""
    sheet = openpyxl.load_workbook(path)[workbook.LIST]
    headings = [cell.value for cell in sheet[workbook.HEADING_ROW]]
    return {
        f"{openpyxl.utils.get_column_letter(headings.index(heading) + 1)}{FIRST + at}": text
        for at, person in enumerate(typed)
        for heading, text in person.items()
    }


def fill(path, typed):
    """Fill the template with openpyxl, in place."""
    book = openpyxl.load_workbook(path)
    for at, text in cells_of(path, typed).items():
        book[workbook.LIST][at] = text
    book.save(path)
    return path


def upload(client, path, **data):
    with path.open("rb") as file:
        answer = client.post(reverse("import_new"), {"file": file, **data})
    actions.advance(pk := answer["Location"].split("/")[-2])
    with scope.whole_country("test"):
        return Import.objects.get(pk=pk)


def assert_read_correctly(job):
    """All twenty people were read, without a finding, with the right value in every field."""
    assert (job.state, job.people, job.good, job.counts) == ("waiting", 20, 20, {})
    with scope.whole_country("test"):
        rows = list(job.rows.order_by("position"))
        works = dict(Occupation.objects.values_list("key", "name"))
    for number, row in zip(PEOPLE, rows, strict=True):
        typed, born = invented(number)
        assert (row.sheet, row.row) == (workbook.LIST, FIRST + number - 1)
        assert (row.nik, row.kk) == (typed["NIK"], typed["No KK"])
        assert (row.name, row.mother_name) == (typed["Nama"], typed["Nama Ibu Kandung"])
        assert (row.birth_place, row.birth_date) == ("Trenggalek", born)
        assert row.sex == typed["Jenis Kelamin"]
        assert (row.address, row.hamlet) == (typed["Alamat"], "Krajan")
        assert (row.rt, row.rw) == (typed["RT"], "002")
        assert works[row.occupation_id] == typed["Pekerjaan"]
        assert (row.income, row.phone) == (1_250_000, typed["No HP"])
        assert (row.source, row.source_period) == ("DTSEN", "2025")
        assert row.village_id == people.SENDEN


def test_a_filled_template_is_read_correctly(as_person, made):
    client = as_person("kartika")
    path = fill(made(people.SENDEN), [invented(number)[0] for number in PEOPLE])
    assert_read_correctly(upload(client, path))


@pytest.mark.skipif(not typist.SOFFICE, reason="needs LibreOffice: apt install libreoffice-calc")
def test_a_template_filled_by_typing_into_libreoffice_is_read_correctly(as_person, made, tmp_path):
    client = as_person("kartika")
    path = made(people.SENDEN)
    typed = cells_of(path, [invented(number)[0] for number in PEOPLE])
    as_ods = typist.type_into(path, workbook.LIST, typed, folder=tmp_path)
    as_xlsx = typist.save_as(as_ods, "xlsx", folder=tmp_path)
    for saved in (as_ods, as_xlsx):
        assert_read_correctly(upload(client, saved))


@pytest.mark.skipif(not typist.SOFFICE, reason="needs LibreOffice: apt install libreoffice-calc")
def test_without_the_template_libreoffice_changes_what_is_typed(tmp_path):
    """Shows that the test above really types: in a plain workbook the same input is damaged."""
    book, person = openpyxl.Workbook(), invented(9)[0]
    book.active.title = "Daftar"
    book.active.append([*person])
    path = tmp_path / "biasa.xlsx"
    book.save(path)
    cells = {f"{openpyxl.utils.get_column_letter(at)}2": text
             for at, text in enumerate(person.values(), 1)}  # fmt: skip
    saved = typist.type_into(path, "Daftar", cells, folder=tmp_path)
    (read_person,) = Reading(read(saved))
    assert isinstance(read_person.cells["nik"], float)
    assert read_person.cells["rt"] != person["RT"]


def test_an_empty_template_is_refused_with_what_to_do(as_person, made):
    client = as_person("kartika")
    job = upload(client, made(people.SENDEN))
    assert job.state == "refused"
    assert "belum ada orangnya" in job.message
    assert "Isi satu orang per baris" in job.message


def test_in_the_template_of_a_wider_area_each_row_names_its_village(as_person, made):
    client = as_person("rini")
    places = [("Kampak", "Senden"), ("Kampak", "Bogoran"), ("Panggul", "Nglebeng")]
    typed = [
        {**invented(number)[0], "Kecamatan": district, "Desa": village}
        for number, (district, village) in enumerate(places, 1)
    ]
    job = upload(client, fill(made(people.TRENGGALEK), typed))
    assert (job.people, job.counts) == (3, {})
    with scope.whole_country("test"):
        found = job.rows.order_by("position").values_list("village__name", flat=True)
        assert list(found) == [village for _, village in places]


def test_people_in_a_villages_template_belong_to_it_even_if_the_regency_uploads_it(as_person, made):
    client = as_person("rini")
    job = upload(client, fill(made(people.SENDEN), [invented(1)[0]]))
    with scope.whole_country("test"):
        assert job.rows.get().village_id == people.SENDEN


@pytest.mark.parametrize("area", [people.SENDEN, people.KAMPAK, people.TRENGGALEK, TIMBULUN])
def test_every_column_of_the_template_is_recognised_as_its_field(made, area):
    word = {"village_word": "nagari"} if area == TIMBULUN else {}
    path = fill(made(area, **word), [{"NIK": "3503070101610010", "Nama": "A"}])
    reading = Reading(read(path))
    (person,) = reading
    wide = area in (people.KAMPAK, people.TRENGGALEK)
    people_sheet, guide, choices = reading.reports
    (heading,) = people_sheet.headings
    fields = [column.field for column in workbook.COLUMNS]
    expected = [field for field in fields if wide or field not in workbook.PLACES]
    assert [column.field for column in heading.columns] == expected
    assert not any(column.guessed for column in heading.columns)
    assert person.village == {people.SENDEN: "Senden", TIMBULUN: "Timbulun"}.get(area, "")
    assert (guide.people, choices.visible) == (0, False)


def texts_of(book):
    """Every text of a workbook: cells, prompts, warnings."""
    for sheet in book:
        yield from (str(cell.value) for row in sheet for cell in row if cell.value)
        for rule in sheet.data_validations.dataValidation:
            yield from filter(None, (rule.prompt, rule.promptTitle, rule.error, rule.errorTitle))


def test_the_template_calls_a_village_by_the_regencys_word(made):
    own = openpyxl.load_workbook(made(TIMBULUN, village_word="nagari"))
    all_ = openpyxl.load_workbook(made(people.SIJUNJUNG, village_word="nagari"))
    with scope.whole_country("test"):  # one nagari's own name is Desa Kampung Baru
        names = set(Area.objects.within(people.SIJUNJUNG).values_list("name", flat=True))
    for book in (own, all_):
        texts = set(texts_of(book)) - names
        assert not [text for text in texts if re.search(r"\bdesa\b", text, re.I)]
    assert own[workbook.LIST]["A2"].value == (
        "Nagari Timbulun, Kecamatan Tanjung Gadang, Kabupaten Sijunjung"
    )
    headings = [cell.value for cell in all_[workbook.LIST][workbook.HEADING_ROW]]
    assert {"Nagari", "Jorong"} <= set(headings)


def test_the_drop_down_lists_offer_the_portals_occupations_districts_and_villages(made):
    book = openpyxl.load_workbook(made(people.TRENGGALEK))
    rules = book[workbook.LIST].data_validations.dataValidation
    by_column = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in rules}
    headings = {cell.value: cell.column_letter for cell in book[workbook.LIST][FIRST - 1]}

    def offered(heading):
        reference = by_column[headings[heading]].formula1.split("!")[1].replace("$", "")
        return [cell.value for (cell,) in book[workbook.CHOICES][reference]]

    assert offered("Pekerjaan") == list(Occupation.objects.values_list("name", flat=True))
    assert by_column[headings["Jenis Kelamin"]].formula1 == '"L,P"'
    with scope.whole_country("test"):
        inside = Area.objects.within(people.TRENGGALEK).filter(current=True)
        assert offered("Kecamatan") == list(
            inside.districts().order_by("code").values_list("name", flat=True)
        )
        villages = inside.filter(level=4).order_by("code").values_list("name", flat=True)
        hidden = [cell.value for cell in book[workbook.CHOICES]["D"] if cell.value]
        assert hidden == list(villages)
    assert book[workbook.CHOICES].sheet_state == "hidden"
    for heading in ("NIK", "No KK"):
        rule = by_column[headings[heading]]
        assert (rule.type, rule.operator, rule.formula1) == ("textLength", "equal", "16")
        assert "Hitung lagi angkanya" in rule.error
    assert {rule.errorStyle for rule in rules if rule.type} == {"warning"}


def test_every_cell_is_text_and_none_is_a_formula(made):
    book = openpyxl.load_workbook(made(people.SENDEN))
    below = book[workbook.LIST].iter_rows(min_row=FIRST, max_row=FIRST + workbook.ROWS - 1)
    assert {cell.number_format for row in below for cell in row} == {"@"}
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_the_guide_agrees_with_the_rules_on_which_fields_are_needed(made):
    book = openpyxl.load_workbook(made(people.SENDEN))
    lines = {row[0]: row[1:] for row in book[workbook.GUIDE].iter_rows(values_only=True)}
    assert lines["NIK"][0] == lines["Nama"][0] == Need.MUST
    assert lines["RT"][0] == lines["Nama Ibu Kandung"][0] == Need.LATER
    assert lines["RW"][0] == lines["No KK"][0] == Need.MAY
    assert lines["RT"][2] == EMPTY[Need.LATER]


def test_each_office_downloads_the_template_of_its_own_area_only(as_person):
    address = reverse("import_template")
    areas = {"kartika": "Senden", "olan": "Senden", "tani": "Kabupaten Trenggalek"}
    for user, area in areas.items():
        answer = as_person(user).get(address)
        assert f"Templat pekerja - {area}.xlsx" in answer["Content-Disposition"]
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        assert area in book[workbook.LIST]["A2"].value
    part = {"wilayah": people.SENDEN}
    assert "Senden" in as_person("rini").get(address, part)["Content-Disposition"]
    for stranger in ("bagus", "boni"):
        assert as_person(stranger).get(address, part).status_code == 404
    assert as_person("rini").get(address, {"wilayah": "../35"}).status_code == 404
    assert as_person("bima").get(address).status_code == 403
    assert as_person("kartika").post(address).status_code == 405


def test_the_template_is_offered_on_import_pages_and_on_the_start_page_of_an_empty_village(
    as_person,
):
    address = reverse("import_template")
    client = as_person("kartika")
    for name in ("home", "import_list", "import_new"):
        assert f'href="{address}"' in client.get(reverse(name)).content.decode()
    people.worker(1)
    assert f'href="{address}"' not in client.get(reverse("home")).content.decode()
    shown = as_person("rini").get(reverse("import_new")).content.decode()
    assert f'action="{address}"' in shown
