"""Reference data as a workbook, in and out of /pengaturan/ (django-import-export).

An upload is first shown as a preview, row by row; nothing is saved before it is confirmed, and one
bad row stops all of them. Between the two steps the file is kept where nobody else can read it.
"""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.forms import HiddenInput
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import escape, format_html
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.resources import Diff, ModelResource
from import_export.results import Error
from import_export.tmp_storages import BaseStorage
from openpyxl import Workbook

from enrollment.workbooks.cells import text_cell
from enrollment.workbooks.inspection import UnreadableWorkbook
from enrollment.workbooks.storing import FilesAway, files
from villages.administration import seen_by
from villages.refusals import Refusal
from villages.tables import LARGEST_FILE, TOO_LARGE, read_table

log = structlog.get_logger(__name__)

FOLDER = "transfers"
LONGEST_WAIT = timedelta(hours=1)
"""How long an upload waits to be confirmed."""
UNREADABLE = "Berkas tidak terbaca. Simpan sebagai Excel (.xlsx) atau CSV, lalu unggah lagi."
GONE = "Berkas sudah tidak disimpan. Unggah lagi."
NOT_TAKEN = "Tidak ada yang disimpan: data berubah sejak pratinjau. Unggah lagi."


class Waiting(BaseStorage):
    """An upload between preview and confirmation, under a random name, where no address leads."""

    def save(self, data):
        _delete_expired()
        self.name = uuid4().hex
        files().save(self.key, ContentFile(data))

    def read(self):
        """The name of the upload in the storage: a child process opens it (`AnyWorkbook`)."""
        if not files().exists(self.key):
            raise FileNotFoundError(self.name)
        return self.key

    def remove(self):
        files().delete(self.key)

    @property
    def key(self):
        if len(self.name) != 32 or not self.name.isalnum():
            raise FileNotFoundError(self.name)
        return f"{FOLDER}/{self.name}"


def _delete_expired():
    before = timezone.now() - LONGEST_WAIT
    for old in [kept.name for kept in files().kept(FOLDER) if kept.at < before]:
        files().delete(old)


class Upload(ImportForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["import_file"].label = "Berkas (Excel, LibreOffice atau CSV)"
        self.fields["import_file"].allow_empty_file = True  # `read_table` says what to do
        self.fields["format"].widget = HiddenInput()  # found by looking into the file

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(TOO_LARGE)
        return file


class Confirmation(ConfirmImportForm):
    def clean_format(self):
        if self.cleaned_data["format"] != "0":
            raise ValidationError(GONE)
        return self.cleaned_data["format"]

    def clean_import_file_name(self):
        name = super().clean_import_file_name()
        try:
            Waiting(name=name).read()
        except OSError:
            raise ValidationError(GONE) from None
        return name


class AnyWorkbook(XLSX):
    """Reading: any kind of workbook that a list of people may be, too."""

    def create_dataset(self, key):
        with files().on_disk(key) as path:
            return read_table(path)


class TextWorkbook(XLSX):
    """Writing: text stays text and never becomes a formula."""

    def export_data(self, dataset, **kwargs):
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in [dataset.headers, *dataset]:
            sheet.append(
                [text_cell(sheet, value) if isinstance(value, str) else value for value in row]
            )
        out = BytesIO()
        book.save(out)
        return out.getvalue()


class Change(Diff):
    """What an upload changes in a row, without inline styles, which the content policy forbids."""

    def as_html(self):
        pairs = zip(self.left, self.right, strict=True)
        return [
            format_html("<del>{}</del> <ins>{}</ins>", old, new)
            if old != new and not self.new
            else escape(new)
            for old, new in pairs
        ]


class RowError(Error):
    """What is wrong with a row, as a sentence for the person who typed it."""

    def __init__(self, error, *args, **kwargs):
        if not isinstance(error, Refusal):
            log.warning("transfer_failed", error=type(error).__name__)
            error = Refusal("Baris ini tidak dapat disimpan. Periksa isinya satu per satu.")
        super().__init__(error, *args, **kwargs)


class ScopedResource(ModelResource):
    """The rows of a table of reference data that `office` sees (None: all of them).

    `also_needed` names columns that are read only to interpret another column.
    """

    also_needed: tuple[str, ...] = ()

    class Meta:
        use_transactions = True
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        raise_errors = False

    def __init__(self, office=None, **kwargs):
        super().__init__(**kwargs)
        self.office = office
        for field in self.fields.values():
            field.widget.office = office

    def get_queryset(self):
        return seen_by(super().get_queryset(), self.office)

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

    def after_import(self, dataset, result, **kwargs):
        """Do not reset the id sequence to the highest id seen, as the library does: row security
        hides most rows. Ids are never read from a workbook."""

    def get_instance(self, instance_loader, row):
        """The row's instance, or None: why it was not found is reported field by field later."""
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            return None

    @classmethod
    def get_error_result_class(cls):
        return RowError

    @classmethod
    def get_diff_class(cls):
        return Change


class TransferMixin(ImportExportMixin):
    """Buttons and pages for uploading and downloading a table."""

    import_form_class = Upload
    confirm_form_class = Confirmation
    skip_export_form = True
    tmp_storage_class = Waiting
    import_formats = [AnyWorkbook]
    export_formats = [TextWorkbook]  # a CSV cell that begins with + or @ is a formula to Excel

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_resource_kwargs(self, request, *args, **kwargs):
        return {"office": request.office}

    def get_import_data_kwargs(self, **kwargs):
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True}

    def get_data_for_export(self, request, queryset, **kwargs):
        kwargs["force_native_type"] = True  # numbers and dates as such, for a workbook
        return super().get_data_for_export(request, queryset, **kwargs)

    def add_data_read_fail_error_to_form(self, form, e):
        if isinstance(e, FilesAway):
            raise e
        if not isinstance(e, UnreadableWorkbook):
            log.warning("transfer_unreadable", error=type(e).__name__)
        form.add_error("import_file", str(e) if isinstance(e, UnreadableWorkbook) else UNREADABLE)

    def import_action(self, request, **kwargs):
        page = super().import_action(request, **kwargs)
        kept_as = getattr(request.FILES.get("import_file"), "tmp_storage_name", None)
        if kept_as and not page.context_data.get("confirm_form"):
            Waiting(name=kept_as).remove()
        page.context_data["title"] = f"Unggah {self.opts.verbose_name_plural}"
        (resource,) = (
            self.resource_classes
        )  # the library leaves it out when it cannot read the file
        fields = resource(**self.get_resource_kwargs(request)).get_user_visible_fields()
        page.context_data["columns"] = [field.column_name for field in fields]
        return page

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        if not self.create_confirm_form(request).is_valid():
            return self._back_to_upload(request, GONE)
        try:
            return super().process_import(request, **kwargs)
        except (FileNotFoundError, UnreadableWorkbook):
            return self._back_to_upload(request, GONE)

    def process_result(self, result, request):
        if result.has_errors() or result.has_validation_errors():
            return self._back_to_upload(request, NOT_TAKEN)
        return super().process_result(result, request)

    def add_success_message(self, result, request):
        counts = result.totals
        messages.success(
            request,
            f"Tersimpan: {counts['new']} baru, {counts['update']} diubah, "
            f"{counts['skip']} tidak berubah.",
        )

    def _back_to_upload(self, request, sentence):
        messages.error(request, sentence)
        return redirect("admin:{}_{}_import".format(*self.get_model_info()))
