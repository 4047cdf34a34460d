"""An import: the uploaded workbook, its columns, and each row as typed and as read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypedDict

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from enrollment.imports import outcomes, standings
from enrollment.imports.shapes import (
    Kept,
    Match,
    Matches,
    ReadHeading,
    RowsBySheet,
    RowTexts,
    SheetAccount,
    Table,
    TypedRow,
    Villages,
)
from enrollment.jobs.models import Job, JobQuerySet
from enrollment.standing import Standing
from enrollment.workbooks.private import PrivateFileField
from enrollment.workers.checks.findings import CODES, Finding, finding
from enrollment.workers.models import Occupation, Worker
from villages.audit import audited
from villages.models import Agency, Area, Office, ScopedQuerySet

if TYPE_CHECKING:
    from enrollment.sheets.reading import Reading
    from villages.annotations import JSON

__all__ = ["ColumnMemory", "Import", "ImportRow", "ShownNik", "VillageMemory"]


class ImportQuerySet(JobQuerySet["Import"]):
    agency_path = "agency_id"


@audited(exclude=["cursor", "started_at", "touched_at", "attempts", "tables", "row_texts",
                  "villages", "said_people", "taken", "undone"])  # fmt: skip
class Import(Job):
    """One uploaded workbook: read, checked, previewed, then taken into the registry (or only
    checked)."""

    class Phase(models.TextChoices):
        READ = "read", "Membaca dan memeriksa"
        MATCH = "match", "Mencocokkan kolom"
        CHECK = "check", "Memeriksa"
        PREVIEW = "preview", "Siap ditinjau"
        TAKE = "take", "Menyimpan"
        TAKE_CORRECTED = "mended", "Menyimpan yang diperbaiki"
        TAKEN = "taken", "Tersimpan"
        UNDO = "undo", "Membatalkan"
        DISCARD = "discard", "Membuang"
        DISCARDED = "discarded", "Dibuang"
        UNDONE = "undone", "Dibatalkan"
        EXPIRED = "expired", "Isinya sudah dihapus"

    TASK = "enrollment.imports.tasks.advance"
    OFFICE_ENDED = (
        "Jabatan pengunggahnya sudah berakhir, jadi daftar ini berhenti sebelum selesai. Tidak ada "
        "yang hilang: begitu verifikator, penyetuju, atau admin kabupaten melanjutkannya, daftar "
        "ini diteruskan dari tempatnya berhenti."
    )
    WAITS_WITHOUT_OFFICE = True

    reading: Reading
    """Set while the workbook is read. Not stored."""
    more: bool
    """Set while the list is discarded: there may be rows left. Not stored."""

    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.READ)
    check_only = models.BooleanField(default=False, help_text="check a list, take nobody in")
    update_existing = models.BooleanField(
        default=False, help_text="people already registered get what this list says"
    )
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    file = PrivateFileField(upload_to="imports")
    filename = models.CharField(max_length=255)
    sheets: JSON[list[SheetAccount]] = models.JSONField(
        default=list, help_text="a sheet: name, rows, people, skipped"
    )
    row_texts: JSON[list[RowTexts]] = models.JSONField(
        default=list, help_text="a sheet: what its skipped rows say, masked (`accounts.texts_of`)"
    )
    columns: JSON[list[ReadHeading]] = models.JSONField(
        default=list, help_text="a heading: signature, columns, fields"
    )
    asks = models.BooleanField(default=True, help_text="somebody may be asked about the columns")
    corrections: JSON[Matches] = models.JSONField(
        default=dict, help_text="signature → field → column: chosen for this list or remembered"
    )
    villages: JSON[Villages] = models.JSONField(
        default=dict, help_text="name as written → code: chosen for this list or remembered"
    )
    said_people: JSON[RowsBySheet] = models.JSONField(
        default=dict, help_text="sheet → rows that somebody said are people"
    )
    tables: JSON[list[Table]] = models.JSONField(default=list, help_text="see `matching.tables_of`")
    counts: JSON[dict[str, int]] = models.JSONField(default=dict, help_text="finding code → rows")
    people = models.PositiveIntegerField(default=0, help_text="rows that are people")
    good = models.PositiveIntegerField(default=0, help_text="rows without an error")
    taken = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0, help_text="people taken back")
    released_by = models.ForeignKey(
        Office, null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="who let it go on beyond the limits of a day",
    )  # fmt: skip

    objects: ClassVar = ImportQuerySet.as_manager()

    @property
    def elsewhere(self) -> int:
        """How many people are registered in another village: the Dinas decides about them."""
        return self.counts.get("duplicate.elsewhere", 0)

    @property
    def may_go_on(self) -> bool:
        """To discard it is nobody's decision about people; and the Dinas may have let it go on."""
        freed = self.phase == self.Phase.DISCARD or self.released_by_id is not None
        return freed or super().may_go_on

    @property
    def office_has_ended(self) -> bool:
        """Whether it is held because whoever uploaded it has left the office."""
        return self.message == self.OFFICE_ENDED

    @property
    def is_limited(self) -> bool:
        """Whether the limits of a day hold for it: the Dinas may have let it go on."""
        return self.released_by_id is None

    @property
    def may_be_discarded(self) -> bool:
        """Whether nobody was saved from it and no worker is busy with it."""
        if self.held:
            return self.phase == self.Phase.READ
        return self.state == self.State.WAITING

    @property
    def bad(self) -> int:
        """How many rows have an error: they are not taken."""
        return self.people - self.good

    @property
    def mendable(self) -> int:
        """Bad rows that the owner can correct: all but those of people registered elsewhere, about
        whom the Dinas decides."""
        return self.bad - self.elsewhere

    @property
    def worth_taking(self) -> bool:
        return bool(self.good or self.elsewhere)

    @property
    def is_matching(self) -> bool:
        return self.phase == self.Phase.MATCH

    @property
    def is_previewed(self) -> bool:
        return self.phase == self.Phase.PREVIEW

    @property
    def is_taken(self) -> bool:
        return self.phase == self.Phase.TAKEN

    @property
    def is_undone(self) -> bool:
        return self.phase == self.Phase.UNDONE

    @property
    def is_read(self) -> bool:
        """Whether reading and checking is finished, so that its people are known."""
        return not (self.busy or self.held or self.refused or self.is_matching)

    @property
    def standing(self) -> Standing:
        return standings.of_import(self)

    @property
    def progress(self) -> standings.Progress:
        return standings.progress_of(self)

    @property
    def columns_open(self) -> bool:
        """Whether its columns may be matched: while the user is asked about them, and in the
        preview."""
        if self.phase == self.Phase.PREVIEW and self.check_only:
            return self.state == self.State.DONE
        waits = self.phase in (self.Phase.MATCH, self.Phase.PREVIEW)
        return waits and self.state == self.State.WAITING

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "impor"
        verbose_name_plural = "impor"
        indexes = [models.Index(fields=["area", "-created_at"])]


class Loose(TypedDict):
    db_constraint: bool
    db_index: bool


LOOSE: Loose = {"db_constraint": False, "db_index": False}


class ImportRowQuerySet(ScopedQuerySet["ImportRow"]):
    agency_path = "job__agency_id"

    def standing(self, word: str) -> Self:
        """Rows that compare with the registry as `word` says (a key of `outcomes.STANDINGS`)."""
        return self.filter(outcomes.STANDINGS[word])

    def with_outcome(self, job: Import) -> Self:
        """Adds `became`, an `ImportRow.Outcome`: what became of each row when `job` was taken."""
        return self.annotate(became=outcomes.became(job))

    def with_code(self, code: str) -> Self:
        """Rows with a finding; the condition on the severity allows the use of an index."""
        severities = list(self.model.Severity.values)
        at_least = severities[: severities.index(CODES[code].severity.value) + 1]
        return self.filter(severity__in=at_least, codes__contains=[code])


class ImportRow(models.Model):
    """A person's row of the workbook, as typed and as read; `area` is that of the import.

    Rows are written by the hundred thousand and are only temporary. The workers made from them have
    foreign keys, so the rows themselves have none in the database but to their import.

    `outcome` stores only what does not follow from the other columns (see `outcomes.became`).
    WAITING marks a row that was corrected after its import was taken: the next taking takes these
    rows only, and clears the mark. `worker` is a person who was registered before the import; a
    person whom the row has added is found by NIK, and has the import's id in `brought_by`.
    """

    class Severity(models.TextChoices):
        ERROR = "error", "Ditolak"
        GAP = "gap", "Belum lengkap"
        WARNING = "warning", "Perlu dilihat"
        CLEAN = "clean", "Baik"

    class Outcome(models.TextChoices):
        PENDING = "", "Belum disimpan"
        WAITING = "waiting", "Sudah diperbaiki, belum disimpan"
        NEW = "new", "Baru"
        CHANGED = "changed", "Diperbarui"
        SAME = "same", "Sudah ada"
        KEPT = "kept", "Dibiarkan"
        REFUSED = "refused", "Ditolak"

    class Stays(models.TextChoices):
        """Why a person was left unchanged when the import was undone."""

        CHANGED = "changed", "Diubah sesudah impor ini"
        GONE = "gone", "Pindah atau berganti NIK sesudah impor ini"
        NAMED = "named", "Ada juga di daftar lain yang tersimpan sesudahnya"
        LISTED = "listed", "Ada di usulan yang sudah diajukan"
        HELD = "held", "Punya catatan kepesertaan, pertanggungan, atau data ganda"

    job = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", **LOOSE)
    position = models.PositiveIntegerField(help_text="order in the workbook, from 1")
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField(help_text="the row's number in the spreadsheet")
    typed: JSON[TypedRow] = models.JSONField(help_text="field → the cell as it stood")
    codes = ArrayField(models.CharField(max_length=40), default=list)
    details: JSON[dict[str, dict[str, object]]] = models.JSONField(
        default=dict, help_text="finding code → values of its sentence"
    )
    severity = models.CharField(max_length=10, choices=Severity.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default="")
    worker = models.ForeignKey(
        Worker, null=True, on_delete=models.PROTECT, related_name="+", **LOOSE
    )
    changes = ArrayField(
        models.CharField(max_length=20), default=list, help_text="fields in which `worker` differs"
    )
    before: JSON[dict[str, Kept] | None] = models.JSONField(
        null=True, help_text="what `worker` had in those fields when they were compared"
    )
    overwrite = models.BooleanField(
        null=True, help_text="the choice for this person; null: as chosen for the whole list"
    )

    stays = models.CharField(max_length=10, choices=Stays.choices, blank=True, db_default="")

    village = models.ForeignKey(
        Area, null=True, on_delete=models.PROTECT, related_name="+", **LOOSE
    )
    nik = models.CharField(max_length=40, blank=True)
    kk = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=150, blank=True)
    birth_place = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    address = models.CharField(max_length=255, blank=True)
    hamlet = models.CharField(max_length=100, blank=True)
    rt = models.CharField(max_length=10, blank=True)
    rw = models.CharField(max_length=10, blank=True)
    occupation = models.ForeignKey(
        Occupation, null=True, on_delete=models.PROTECT, related_name="+", **LOOSE
    )
    occupation_text = models.CharField(max_length=100, blank=True)
    income = models.PositiveBigIntegerField(null=True)
    workplace = models.CharField(max_length=150, blank=True)
    work = models.CharField(max_length=200, blank=True)
    work_said_by = models.CharField(max_length=150, blank=True)
    work_said_on = models.DateField(null=True)
    phone = models.CharField(max_length=32, blank=True)
    mother_name = models.CharField(max_length=150, blank=True)
    source = models.CharField(max_length=40, blank=True)
    source_period = models.CharField(max_length=20, blank=True)
    decile = models.PositiveSmallIntegerField(null=True)
    position_held = models.CharField(max_length=100, blank=True)
    term_start = models.DateField(null=True)
    term_end = models.DateField(null=True)

    became: str
    """What became of the row when it was taken; added by `with_outcome`."""

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "baris impor"
        verbose_name_plural = "baris impor"
        ordering = ["position"]
        indexes = [
            # Without clean rows: they are the most, and no query asks for them alone.
            models.Index(
                fields=["job", "severity", "position"],
                name="import_row_found",
                condition=~models.Q(severity="clean"),
            ),
            # The NIK first: without statistics of new rows, for those of a batch the planner would
            # as soon take an index that begins with the list and read all of its rows.
            models.Index(fields=["nik", "job"], name="import_row_of_nik"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} baris {self.row}"

    @property
    def standing(self) -> Standing:
        return standings.of_row(self)

    @property
    def findings(self) -> list[Finding]:
        """The row's findings, in the order of its fields."""
        return [finding(code, **self.details.get(code, {})) for code in self.codes]


class ShownNik(models.Model):
    """A NIK of a list whose rows have gone, of which somebody was shown values in full: so that
    "who saw this person?" still finds it. Written by a trigger when rows are deleted."""

    job = models.ForeignKey(Import, on_delete=models.DO_NOTHING, related_name="+", **LOOSE)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", **LOOSE)
    nik = models.CharField(max_length=40)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "NIK yang pernah ditampilkan"
        verbose_name_plural = "NIK yang pernah ditampilkan"
        constraints = [models.UniqueConstraint(fields=["nik", "job"], name="shown_nik_once")]

    def __str__(self) -> str:
        return str(self.job_id)


@audited()
class ColumnMemory(models.Model):
    """How an office last matched columns with these headings, to be used for its next file."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64, help_text="hash of the headings")
    columns: JSON[Match] = models.JSONField()
    remembered_at = models.DateTimeField(default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "ingatan kolom"
        verbose_name_plural = "ingatan kolom"
        ordering = ["-remembered_at"]
        constraints = [
            models.UniqueConstraint(fields=["office", "signature"], name="column_memory_once")
        ]

    def __str__(self) -> str:
        return self.signature


@audited()
class VillageMemory(models.Model):
    """Which village an office last said that a name in its lists means, to be used for its next
    file. `area` is the office's; `name` as `columns.villages.written` gives it."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=210)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    remembered_at = models.DateTimeField(default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "ingatan nama desa"
        verbose_name_plural = "ingatan nama desa"
        ordering = ["-remembered_at"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="village_memory_once")
        ]

    def __str__(self) -> str:
        return self.name
