"""What goes to an office outside and what comes back: a batch, its lines, files of answers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from enrollment.coverage.models import Membership
from enrollment.jobs.models import Job, JobQuerySet
from enrollment.matching import joining, rules
from enrollment.matching.layouts import Column
from enrollment.standing import Standing
from enrollment.workbooks.private import PrivateFileField
from enrollment.workers.models import Worker
from villages.models import Area, Office, ScopedQuerySet

if TYPE_CHECKING:
    from villages.annotations import JSON

__all__ = ["Answer", "AnswerFile", "Batch", "Layout", "Line", "Wording"]

TONES = {
    rules.State.INCOMPLETE: "attention",
    rules.State.SENT: "moving",
    rules.State.ACCEPTED: "good",
    rules.State.ALREADY: "good",
    rules.State.REFUSED: "refused",
    rules.State.WITHDRAWN: "plain",
}


class Layout(models.Model):
    """The columns of a file as another office wants them (tata letak), one version of them.

    Rows are added and never changed: a batch names the layout with which it was made.
    """

    kind = models.CharField(max_length=12, choices=rules.Kind.choices)
    version = models.PositiveSmallIntegerField("versi")
    name = models.CharField("nama", max_length=80)
    sheet = models.CharField("nama lembar", max_length=31)
    most_rows = models.PositiveIntegerField("baris paling banyak", default=10_000)
    columns: JSON[list[Column]] = models.JSONField("kolom")

    class Meta:
        verbose_name = "tata letak berkas"
        verbose_name_plural = "tata letak berkas"
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="layout_version_once"),
            models.CheckConstraint(condition=Q(most_rows__gt=0), name="layout_has_rows"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, versi {self.version}"


class WordingQuerySet(ScopedQuerySet["Wording"]):
    area_path = "regency_id"

    def of(self, regency: str) -> list[rules.Wording]:
        """What is known in a regency: its own words, and before them what everybody knows."""
        rows = self.filter(Q(regency=None) | Q(regency=regency)).order_by(
            F("regency").asc(nulls_first=True), "words"
        )
        known = {row.words: rules.Wording(row.words, row.state, row.reason) for row in rows}
        return list(known.values())


class Wording(models.Model):
    """What words of an answer mean (arti jawaban): the state of the line, and of a refusal its
    class. Those without a regency hold everywhere; the words of a regency go before them."""

    regency = models.ForeignKey(
        Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    words = models.CharField("kata-kata", max_length=300)
    state = models.CharField(
        max_length=12, choices=[(state.value, state.label) for state in rules.ANSWERS]
    )
    reason = models.CharField("alasan", max_length=80, blank=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = "arti jawaban"
        verbose_name_plural = "arti jawaban"
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "words"], nulls_distinct=False, name="wording_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=rules.State.REFUSED.value) | ~Q(reason=""),
                name="wording_of_a_refusal_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class BatchQuerySet(ScopedQuerySet["Batch"]):
    area_path = "regency_id"


class Batch(models.Model):
    """People who are sent to an office outside together (kiriman). `code` begins the key of each of
    its lines; `sha256` seals them once all are made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    layout = models.ForeignKey(Layout, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=6, unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField("dibuat oleh", max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    people = models.PositiveIntegerField(default=0, help_text="lines that are sent")
    incomplete = models.PositiveIntegerField(default=0, help_text="lines that lack something")
    sha256 = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField("dibatalkan", null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "kiriman"
        verbose_name_plural = "kiriman"
        ordering = ["-made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.layout.get_kind_display()} {self.code}"

    @property
    def kind(self) -> rules.Kind:
        return rules.Kind(self.layout.kind)

    @property
    def parts(self) -> list[int]:
        """The numbers of its files."""
        return list(range(1, rules.parts(self.people, self.layout.most_rows) + 1))

    @property
    def is_sent(self) -> bool:
        return bool(self.sha256) and self.withdrawn_at is None


class Line(models.Model):
    """A person in a batch as they were sent, and what came back (baris kiriman).

    `payload` is frozen: what the file says of the person, by `layouts.Value`. `about` is the row of
    a later room that the line is about, such as the person in a decree: while a line holds it, no
    other line may be sent of the same kind about it.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=rules.Kind.choices)
    about = models.BigIntegerField()
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="bpjs_lines")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    payload: JSON[dict[str, str]] = models.JSONField()
    state = models.CharField(max_length=12, choices=rules.State.choices)
    label = models.CharField("keterangan", max_length=300, blank=True)
    reason = models.CharField("alasan", max_length=80, blank=True)
    kpj = models.CharField("nomor KPJ", max_length=20, blank=True)
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "baris kiriman"
        verbose_name_plural = "baris kiriman"
        ordering = ["batch", "number"]
        indexes = [models.Index(fields=["area"], name="line_area")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="line_number_once"),
            models.UniqueConstraint(
                fields=["about", "kind"],
                condition=Q(state__in=[state.value for state in rules.HOLDING]),
                name="line_sent_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=rules.State.REFUSED.value) | ~Q(reason=""),
                name="line_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """What the answer is to bring back."""
        return self.payload["key"]

    @property
    def name(self) -> str:
        return self.payload["name"]

    @property
    def nik(self) -> str:
        return self.payload["nik"]

    @property
    def standing(self) -> Standing:
        state = rules.State(self.state)
        return Standing(TONES[state], state.label, self.label or self.reason)


class AnswerFileQuerySet(JobQuerySet["AnswerFile"]):
    pass


class AnswerFile(Job):
    """A workbook with answers about a batch: read and joined to its lines, looked at, then taken;
    and taken back, if it was the wrong one (berkas jawaban)."""

    TASK = "enrollment.matching.tasks.advance_answers"

    class Phase(models.TextChoices):
        READ = "read", "Dibaca"
        LOOK = "look", "Ditinjau"
        TAKE = "take", "Disimpan"
        TAKEN = "taken", "Tersimpan"
        BACK = "back", "Dibatalkan"
        TAKEN_BACK = "gone", "Sudah dibatalkan"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="answer_files")
    phase = models.CharField(max_length=6, choices=Phase.choices, default=Phase.READ)
    file = PrivateFileField(upload_to="answers")
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)

    objects: ClassVar = AnswerFileQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "berkas jawaban"
        verbose_name_plural = "berkas jawaban"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sha256"],
                condition=~Q(phase="gone") & ~Q(state=Job.State.REFUSED),
                name="answer_file_once",
            )
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def may_take(self) -> bool:
        """Whether it waits to be looked at, or was stopped while it was taken."""
        return self._stands(self.State.WAITING, self.Phase.LOOK, self.Phase.TAKE)

    @property
    def is_taken(self) -> bool:
        """Whether it is taken, or was stopped while it was taken back."""
        return self._stands(self.State.DONE, self.Phase.TAKEN, self.Phase.BACK)

    def _stands(self, state: str, phase: str, stopped: str) -> bool:
        return (self.state, self.phase) in ((state, phase), (self.State.REFUSED, stopped))


class Answer(models.Model):
    """A row of a file of answers, as it came and as it was understood (jawaban).

    `name` is as the row has it; `label` are its words. `before` is how the line stood until the
    answer was taken.
    """

    file = models.ForeignKey(
        AnswerFile, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.PositiveIntegerField("baris")
    name = models.CharField("nama", max_length=150, blank=True)
    line = models.ForeignKey(Line, null=True, on_delete=models.PROTECT, related_name="answers")
    how = models.CharField(max_length=8, blank=True, choices=joining.How.choices)
    problem = models.CharField(max_length=10, blank=True, choices=joining.Problem.choices)
    state = models.CharField(max_length=12, blank=True, choices=rules.State.choices)
    reason = models.CharField(max_length=80, blank=True)
    label = models.CharField(max_length=300, blank=True)
    kpj = models.CharField(max_length=20, blank=True)
    before: JSON[dict[str, str]] = models.JSONField(default=dict)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "jawaban"
        verbose_name_plural = "jawaban"
        ordering = ["file", "row"]
        constraints = [
            models.UniqueConstraint(fields=["file", "row"], name="answer_row_once"),
            models.UniqueConstraint(fields=["file", "line"], name="answer_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.row}"

    @property
    def standing(self) -> Standing:
        if self.problem:
            return Standing("attention", self.get_problem_display(), self.label)
        state = rules.State(self.state)
        return Standing(TONES[state], state.label, self.reason or self.label)
