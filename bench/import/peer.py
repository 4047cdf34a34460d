"""django-import-export as its admin uses it: a preview that is rolled back, then the import.

Each of the two reads the workbook again. The villages are looked up once, not for each row, and the
list has no faulty rows, since one would block all of it. `PLAIN` uses the defaults, `BULK` what the
documentation of django-import-export recommends for many rows.
"""

from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import DateWidget
from people import HEADINGS

from enrollment.workers.models import Worker
from portal.launch.database import APPLICATION
from tests import databases
from villages import scope
from villages.models import Area

COLUMNS = {
    "nik": "NIK",
    "kk": "No KK",
    "name": "Nama",
    "birth_place": "Tempat Lahir",
    "birth_date": "Tanggal Lahir",
    "sex": "JK",
    "address": "Alamat",
    "hamlet": "Dusun",
    "rt": "RT",
    "rw": "RW",
    "occupation_text": "Pekerjaan",
    "income": "Penghasilan",
    "phone": "No HP",
    "mother_name": "Nama Ibu Kandung",
}
assert set(COLUMNS.values()) <= set(HEADINGS)


class PLAIN(ModelResource):
    area_id = Field("area_id", "area_id")
    birth_date = Field("birth_date", COLUMNS["birth_date"], DateWidget("%Y-%m-%d"))
    locals().update(
        {name: Field(name, column) for name, column in COLUMNS.items() if name != "birth_date"}
    )

    class Meta:
        model = Worker
        import_id_fields = ["nik"]
        fields = ["area_id", *COLUMNS]

    def before_import(self, dataset, **_):
        areas = Area.objects.within("35.22").values_list("code", "name")
        names = dict(areas)
        self.codes = {(names[code[:8]], name): code for code, name in areas if len(code) > 8}

    def before_import_row(self, row, **_):
        row["area_id"] = self.codes[row["Kecamatan"], row["Desa"]]


class BULK(PLAIN):
    class Meta(PLAIN.Meta):
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_unchanged = True
        instance_loader_class = CachedInstanceLoader


def preview_and_import(path, by, resource):
    """Run both steps; returns how many rows were new."""
    for dry_run in (True, False):
        dataset = XLSX().create_dataset(path.read_bytes())
        with scope.enter(by):
            result = resource().import_data(dataset, dry_run=dry_run, use_transactions=True)
        row_errors = (error for _, errors in result.row_errors() for error in errors)
        faults = [*result.base_errors, *row_errors]
        if faults or result.invalid_rows:
            raise SystemExit(f"{faults[:1]} {[row.error for row in result.invalid_rows[:1]]}")
    return result.totals["new"]


def let_sequences_be_set(database):
    """The library sets a sequence after an import, which our role is not allowed to do."""
    with databases.owner(database) as owner, owner.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION}")
