"""The blank template: an empty workbook with the columns that the portal reads, for one area.

All cells below the headings are text, so that no spreadsheet program changes a NIK or a birth date.
Its validations warn and never block: a list may be handed in as it is, and the import reports what
is wrong with it.
"""

from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from enrollment.blanks.guide import COLUMNS, PLACES, guide_lines
from enrollment.fields.definitions import Need
from enrollment.workbooks.cells import text_cell
from enrollment.workbooks.styles import FOLIO, ruled, styles
from enrollment.workers.checks.nik import LENGTH
from enrollment.workers.models import Occupation
from villages import areas
from villages.models import Area

LIST, GUIDE, CHOICES = "Pekerja", "Petunjuk", "Pilihan"
HEADING_ROW = 4
ROWS = 1000
HEADS = {Need.MUST: "wajib", Need.LATER: "menyusul", Need.MAY: "boleh"}
COLOURS = (
    "Hijau tua wajib diisi. Hijau muda boleh menyusul, tetapi harus ada sebelum diusulkan. "
    "Krem boleh kosong."
)
HOW = f"Isi satu orang per baris. Penjelasan setiap kolom ada di lembar {GUIDE}."


def write(area, target, *, regency):
    """Write the template of `area` (a village, or a wider area whose villages are then a column).

    `target` is a path or stream, `regency` the profile whose words are used.
    """
    book = Workbook(write_only=True)
    for style in styles():
        book.add_named_style(style)
    wide = areas.level(area.code) < areas.VILLAGE
    columns = [column for column in COLUMNS if wide or column.field not in PLACES]
    choices = Choices(area if wide else None)
    _fill_list(book.create_sheet(LIST), columns, choices, area, regency)
    _fill_guide(book.create_sheet(GUIDE), columns, area, regency)
    choices.fill(book.create_sheet(CHOICES))
    book.save(target)


def _fill_list(sheet, columns, choices, area, regency):
    _prepare(sheet, [column.template.width for column in columns])
    sheet.freeze_panes = f"{get_column_letter(_after_name(columns))}{HEADING_ROW + 1}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    last = f"{get_column_letter(len(columns))}{HEADING_ROW + ROWS}"
    sheet.conditional_formatting.add(f"A{HEADING_ROW + 1}:{last}", ruled(HEADING_ROW + 1))
    for at, height in enumerate((24, 19, 19, 34), 1):
        sheet.row_dimensions[at].height = height
    for letter, column in _lettered(columns):
        sheet.column_dimensions[letter].number_format = "@"
        for rule in choices.rules(column, f"{letter}{HEADING_ROW + 1}", _letter_of(columns)):
            rule.add(f"{letter}{HEADING_ROW + 1}:{letter}{HEADING_ROW + ROWS}")
            sheet.data_validations.append(rule)
    _add(sheet, ["DAFTAR PEKERJA RENTAN"], "judul")
    _add(sheet, [place_line(area, regency)], "tempat")
    _add(sheet, [f"{HOW} {COLOURS}"], "catatan")
    headings = ((column.heading(regency), HEADS[column.need]) for column in columns)
    sheet.append([text_cell(sheet, text, style=style) for text, style in headings])
    blank = [text_cell(sheet, style="isi") for _ in columns]
    for _ in range(ROWS):
        sheet.append(blank)


def _fill_guide(sheet, columns, area, regency):
    _prepare(sheet, [22, 26, 54, 50, 22])
    sheet.sheet_view.showGridLines = False
    lines = guide_lines(columns, regency, HEADS)
    for at in range(1, len(lines) + 2):
        sheet.row_dimensions[at].height = 24 if at == 1 else 19
    _add(sheet, [f"Cara mengisi daftar pekerja, {place_line(area, regency)}"], "judul")
    for texts, style in lines:
        _add(sheet, texts, style)


def _prepare(sheet, widths):
    """Set the column widths, and print on F4 in landscape, scaled to the width of the table."""
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.page_setup.paperSize = FOLIO
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "Halaman &P dari &N"
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.5)


def _add(sheet, texts, style):
    sheet.append([text_cell(sheet, text, style=style) for text in texts])


def place_line(area, regency):
    """ "Nagari Pulasan, Kecamatan Tanjung Gadang, Kabupaten Sijunjung", which the import reads."""
    above = [areas.at_level(area.code, level) for level in (areas.DISTRICT, areas.REGENCY)]
    found = Area.objects.filter(code__in=[code for code in above if code])
    known = {parent.code: parent for parent in found}
    chain = [area, *(known[code] for code in above if code in known and code != area.code)]
    return ", ".join(_named(part, regency) for part in chain)


def _named(area, regency):
    if areas.level(area.code) <= areas.REGENCY:
        return area.name
    return f"{regency.unit_word(area).capitalize()} {area.name}"


def _lettered(columns):
    return [(get_column_letter(at), column) for at, column in enumerate(columns, 1)]


def _letter_of(columns):
    return {column.field: letter for letter, column in _lettered(columns)}


def _after_name(columns):
    return next(at for at, column in enumerate(columns, 1) if column.field == "name") + 1


class Choices:
    """The choices of the drop-down lists, on a hidden sheet that the import does not read.

    `area`: whose districts and villages are offered, or None where the list is for one village.
    """

    def __init__(self, area):
        villages = _villages(area) if area else []
        self.lists = [
            list(Occupation.objects.values_list("name", flat=True)),
            [district for district, _ in villages],
            [district for district, names in villages for _ in names],
            [name for _, names in villages for name in names],
        ]
        self.occupations, self.districts, self.district_of, self.villages = (
            f"{CHOICES}!${letter}$1:${letter}${max(len(choices), 1)}"
            for letter, choices in zip("ABCD", self.lists, strict=True)
        )

    def fill(self, sheet):
        sheet.sheet_state = "hidden"
        for texts in zip_longest(*self.lists, fillvalue=""):
            _add(sheet, texts, "isi")

    def rules(self, column, first, letters):
        """The validations of a column whose first cell is `first`; `letters`: field → column."""
        if column.field in ("nik", "kk"):
            yield _sixteen_digits(column)
        elif column.field == "birth_date":
            yield DataValidation(
                showInputMessage=True, promptTitle="Hari-bulan-tahun", prompt="Contoh: 17-08-1975"
            )
        elif column.field in (*PLACES, "occupation", "sex"):
            yield _from_list(column, self._source(column.field, letters, first))

    def _source(self, field, letters, first):
        if field == "sex":
            return '"L,P"'
        if field == "occupation":
            return self.occupations
        return self.districts if field == "district" else self._within_district(letters, first)

    def _within_district(self, letters, first):
        """The villages of the district in the same row, which are consecutive in the list of all;
        all villages where the district is empty."""
        beside = f"${letters['district']}{HEADING_ROW + 1}"
        start = f"{CHOICES}!$D$1"
        of = self.district_of
        own = f"OFFSET({start},MATCH({beside},{of},0)-1,0,COUNTIF({of},{beside}),1)"
        return f'IF({beside}="",{self.villages},{own})'


def _villages(area):
    """(district, names of its villages), in the order of their codes."""
    rows = Area.objects.within(area.code).filter(current=True, level__gte=areas.DISTRICT)
    found = {}
    for code, name, level in rows.order_by("code").values_list("code", "name", "level"):
        if level == areas.DISTRICT:
            found[code] = (name, [])
        else:
            found[areas.at_level(code, areas.DISTRICT)][1].append(name)
    return list(found.values())


def _sixteen_digits(column):
    what = "NIK" if column.field == "nik" else "Nomor KK"
    return DataValidation(
        type="textLength", operator="equal", formula1=str(LENGTH), allow_blank=True,
        errorStyle="warning", showErrorMessage=True, errorTitle=f"{what} bukan {LENGTH} angka",
        error=f"{what} terdiri dari {LENGTH} angka. Hitung lagi angkanya pada KTP atau KK. "
        "Belum tahu? Kosongkan dahulu.",
    )  # fmt: skip


def _from_list(column, source):
    return DataValidation(
        type="list", formula1=source, allow_blank=True, errorStyle="warning",
        showErrorMessage=True, errorTitle="Tidak ada di daftar pilihan",
        error=column.template.unlisted,
    )  # fmt: skip
