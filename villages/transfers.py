"""Reference data as a workbook, in and out of /pengaturan/ (django-import-export).

An upload is first shown as a preview, row by row; nothing is saved before it is confirmed. One bad
row stops all of them, and so does one that would do something else than the preview showed. Between
the two steps the file is kept where nobody else can read it.
The pages are in `villages/settings/uploads.py`.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import structlog
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from import_export.resources import Diff, ModelResource
from import_export.results import Error
from openpyxl import Workbook
from tablib import Dataset

from enrollment.formats import tanggal
from enrollment.numbers import is_leap, written
from enrollment.workbooks.cells import text_cell
from enrollment.workbooks.inspection import UnreadableWorkbook
from enrollment.workbooks.storing import FilesAway, files
from villages.access import seen_by
from villages.refusals import Refusal
from villages.tables import read_table

log = structlog.get_logger(__name__)

FOLDER = "transfers"
LONGEST_WAIT = timedelta(hours=1)
"""How long an upload waits to be confirmed."""
UNREADABLE = "Berkas tidak terbaca. Simpan sebagai Excel (.xlsx) atau CSV, lalu unggah lagi."
GONE = "Berkas sudah tidak disimpan. Unggah lagi."
CHANGED = "Data berubah sejak pratinjau."


class Waiting:
    """An upload between preview and confirmation, under a random name, where no address leads."""

    def __init__(self, name=None):
        self.name = name or uuid4().hex

    def save(self, data):
        _delete_expired()
        files().save(self.key, ContentFile(data))

    def remove(self):
        files().delete(self.key)

    def read(self):
        """The table in it. Raises Refusal when it cannot be read or is kept no longer."""
        if not self.is_kept():
            raise Refusal(GONE)
        try:
            with files().on_disk(self.key) as path:
                return read_table(path)
        except UnreadableWorkbook as unreadable:
            raise Refusal(str(unreadable)) from None
        except (FilesAway, OSError):
            raise
        except Exception as error:
            log.warning("transfer_unreadable", error=type(error).__name__)
            raise Refusal(UNREADABLE) from None

    def is_kept(self):
        return len(self.name) == 32 and self.name.isalnum() and files().exists(self.key)

    @property
    def key(self):
        return f"{FOLDER}/{self.name}"


def _delete_expired():
    before = timezone.now() - LONGEST_WAIT
    for old in [kept.name for kept in files().kept(FOLDER) if kept.at < before]:
        files().delete(old)


def workbook_of(dataset):
    """The bytes of a workbook: text stays text and never becomes a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [dataset.headers, *dataset]:
        sheet.append(
            [text_cell(sheet, value) if isinstance(value, str) else value for value in row]
        )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class Cell:
    """What an upload makes of one value of a row."""

    name: str
    old: str
    new: str
    changed: bool
    leaps: bool
    """It is a number that changes by more than tenfold."""
    read_only: bool
    """It stands there to be read, and no upload changes it."""


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""A day, as `DayWidget` writes it into a workbook."""


class Change(Diff):
    """What an upload changes in a row."""

    def __init__(self, resource, instance, new):
        super().__init__(resource, instance, new)
        self.fields = resource.get_import_fields()
        self.numbers = resource.leaping

    def as_html(self):
        """The library's name for it; the page's template does the HTML."""
        return [
            Cell(
                name, "" if self.new else self._shown(name, old), self._shown(name, new),
                changed=old != new and not self.new,
                leaps=name in self.numbers and not self.new and is_leap(_whole(old), _whole(new)),
                read_only=field.readonly,
            )
            for field, old, new in zip(self.fields, self.left, self.right, strict=True)
            for name in [field.column_name]
        ]  # fmt: skip

    def _shown(self, name, value):
        """As pages write it: a number with its points, a day with its month in words."""
        number = _whole(value) if name in self.numbers else None
        if number is not None:
            return written(number)
        return tanggal(date.fromisoformat(value)) if _DAY.fullmatch(value) else str(value)


def _whole(text):
    return int(text) if str(text).isdecimal() else None


class RowError(Error):
    """What is wrong with a row, as a sentence for the person who typed it."""

    def __init__(self, error, *args, **kwargs):
        if not isinstance(error, Refusal):
            log.warning("transfer_failed", error=type(error).__name__)
            error = Refusal("Baris ini tidak dapat disimpan. Periksa isinya satu per satu.")
        super().__init__(error, *args, **kwargs)


class ReadsAhead:
    """A widget that looks up all values of its column at once, before the first row is read."""

    def read_ahead(self, values):
        raise NotImplementedError


class ScopedResource(ModelResource):
    """The rows of a table of reference data that `office` sees (None: all of them).

    `also_needed` names columns that are read only to interpret another column, `leaping` those
    whose numbers are pointed out when they change by more than tenfold.
    """

    twice = "Baris ini dua kali di berkas. Hapus salah satunya."
    also_needed: tuple[str, ...] = ()
    leaping: tuple[str, ...] = ()

    class Meta:
        use_transactions = True
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        raise_errors = False

    def __init__(self, office=None, **kwargs):
        super().__init__(**kwargs)
        self.office = office
        self.doubts: list[str] = []
        """Sentences about what is merely unlikely, for the preview."""
        self.taking = False
        self.keys: set[tuple[object, ...]] = set()
        for field in self.fields.values():
            field.widget.office = office

    def get_queryset(self):
        """Rows that are about to be changed are held: nobody changes one after it was compared."""
        rows = seen_by(super().get_queryset(), self.office)
        return rows.select_for_update(of=("self",), no_key=True) if self.taking else rows

    def before_import(self, dataset, **kwargs):
        dataset.headers = [str(name or "").strip().lower() for name in dataset.headers or []]
        fields = self.get_import_fields()
        wanted = [field.column_name for field in fields if not field.readonly]
        wanted += self.also_needed
        if missing := [name for name in wanted if name not in dataset.headers]:
            dataset.wipe()  # or the library would try each row, and fail at each
            raise Refusal(
                f"Kolom {', '.join(missing)} tidak ada dalam berkas. "
                f"Kolom yang diperlukan: {', '.join(wanted)}."
            )
        self.keys = set()
        for field in fields:
            if isinstance(field.widget, ReadsAhead):
                field.widget.read_ahead(dataset[field.column_name])

    def after_import(self, dataset, result, **kwargs):
        """Do not reset the id sequence to the highest id seen, as the library does: row security
        hides most rows. Ids are never read from a workbook."""

    def get_or_init_instance(self, instance_loader, row):
        """Nobody can say which of two rows about the same is meant: the second one is refused."""
        try:
            key = tuple(self.fields[name].clean(row) for name in self.get_import_id_fields())
        except ValueError:  # what is wrong is said field by field
            return super().get_or_init_instance(instance_loader, row)
        if key in self.keys:
            raise ValidationError(self.twice)
        self.keys.add(key)
        return super().get_or_init_instance(instance_loader, row)

    def get_instance(self, instance_loader, row):
        """The row's instance, or None: why it was not found is reported field by field later."""
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            return None

    def try_out(self, dataset: Dataset):
        """What the table would do, row by row. Keeps nothing."""
        return self.import_data(dataset, dry_run=True, rollback_on_validation_errors=True)

    def take(self, dataset: Dataset, *, seen: str):
        """Save all rows of the table, or none where one of them is wrong.

        `seen` is the mark of the result that was shown: none are saved either if the table would do
        something else by now, since somebody may have changed what it overwrites.
        """
        self.taking = True
        with transaction.atomic():
            result = self.import_data(dataset, rollback_on_validation_errors=True)
            if self.mark(result) != seen:
                result.append_base_error(RowError(Refusal(CHANGED)))
                transaction.set_rollback(True)
        return result

    def mark(self, result) -> str:
        """Differs as soon as a row of the table, also one that changes nothing, does something else
        or there is another doubt."""
        rows = [
            (row.import_type, [[c.name, c.old, c.new] for c in row.diff or () if not c.read_only])
            for row in result.rows
        ]
        return hashlib.sha256(json.dumps([rows, self.doubts]).encode()).hexdigest()

    def written(self, rows):
        """The rows as the bytes of a workbook, which can be uploaded again."""
        return workbook_of(self.export(rows, force_native_type=True))

    @property
    def columns(self):
        return [field.column_name for field in self.get_user_visible_fields()]

    @classmethod
    def get_error_result_class(cls):
        return RowError

    @classmethod
    def get_diff_class(cls):
        return Change
