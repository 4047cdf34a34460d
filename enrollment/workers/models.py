"""The person: a vulnerable worker (pekerja rentan), and the registries that name them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce, Now, NullIf, Upper
from django.utils import timezone

from enrollment.workers.checks.findings import CODES, Severity
from villages.audit import audited
from villages.models import Agency, Area, Office, Row, ScopedQuerySet, User

__all__ = [
    "Disclosure", "Occupation", "PeopleCount", "Sector", "ToldApart", "Worker", "WorkerSource",
]  # fmt: skip

BLOCKING = [name for name, code in CODES.items() if code.severity in (Severity.ERROR, Severity.GAP)]
"""Codes of the findings with which nobody can be proposed."""
LONGEST_SEARCH = 50
"""Letters of a name that are compared with every name of a regency."""


class Sector(models.Model):
    """A group of occupations (sektor usaha) that a regulation treats alike, such as transport in
    PP 50/2025."""

    key = models.SlugField("kunci", max_length=40, primary_key=True)
    name = models.CharField("nama", max_length=80, unique=True)

    class Meta:
        verbose_name = "sektor"
        verbose_name_plural = "sektor"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Occupation(models.Model):
    """A kind of work, with its spellings in lists and its civil-registry code."""

    key = models.SlugField("kunci", max_length=40, primary_key=True)
    name = models.CharField("nama", max_length=80, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name="ejaan lain"
    )
    registry_code = models.PositiveSmallIntegerField(
        "kode Dukcapil", null=True, blank=True, unique=True
    )
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="occupations",
        verbose_name="sektor",
    )  # fmt: skip
    employs = models.BooleanField(
        "pemberi kerja", default=False, help_text="who employs others needs JHT as a BPU"
    )

    class Meta:
        verbose_name = "pekerjaan"
        verbose_name_plural = "pekerjaan"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


_BLOCKING = Value(BLOCKING, ArrayField(models.CharField(max_length=40)))
"""As one value: Django would write a list code by code, which took a third of the statement."""
_INCOMPLETE = Q(findings__overlap=_BLOCKING)


@models.CharField.register_lookup
class Similar(models.Lookup):
    """`name__similar=text`: like `trigram_word_similar`, and quicker for a name that nobody has.

    Row security keeps an index of trigrams from being used, and splitting every name of a regency
    into its trigrams takes longest. So only names are split that have a part in common with `text`:
    three letters of a word, or two at its beginning or end. All trigrams of a similar name but the
    first of each word contain one of these.
    """

    lookup_name = "similar"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        name, parameters = self.process_lhs(compiler, connection)
        sql = f"CASE WHEN upper({name}) LIKE ANY (%s) THEN %s <%% {name} ELSE false END"
        parts = [f"%{part}%" for part in parts_of(self.rhs)]
        return sql, (*parameters, parts, self.rhs, *parameters)


def parts_of(text: str) -> set[str]:
    """`SITI` → `SI`, `SIT`, `ITI` and `TI`."""
    parts = set()
    for word in re.findall(r"\w+", text.upper()):
        parts |= {word[:2], word[-2:], *(word[at : at + 3] for at in range(len(word) - 2))}
    return parts


class PeopleQuerySet(ScopedQuerySet[Row]):
    """The filters that people have in common with the counts of people that are kept."""

    agency_path = "agency_id"

    def with_finding(self, code: str) -> Self:
        """People who have this finding, e.g. `rt.missing`."""
        return self.filter(findings__contains=[code])

    def with_findings(self) -> Self:
        return self.exclude(findings=[])

    def complete(self) -> Self:
        """People without an error or a gap: they may be proposed."""
        return self.exclude(_INCOMPLETE)

    def incomplete(self) -> Self:
        return self.filter(_INCOMPLETE)


class WorkerQuerySet(PeopleQuerySet["Worker"]):
    def by_dpmd(self, office: Office) -> Self:
        entries: Any = Worker._meta.get_field("entries").related_model  # defined in a later room
        lists = entries.objects.filter(worker=OuterRef("pk"), proposal__route=office.role)
        return self.filter(Exists(lists))

    def active(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def ended(self) -> Self:
        return self.filter(ended_on__isnull=False)

    def named_like(self, text: str) -> Self:
        """People whose name contains every word of `text`; if there are none (which takes a
        query), people whose name is similar to its first letters, by trigrams."""
        named = self
        for word in text.split():
            named = named.filter(name__icontains=word)
        return named if named.exists() else self.filter(name__similar=text[:LONGEST_SEARCH])

    def with_nik_from(self, digits: str) -> Self:
        """People whose NIK begins with these digits. A range, which an index answers under row
        security."""
        return self.filter(nik__gte=digits, nik__lt=f"{digits}:")  # the colon follows the nine

    def similar_to(
        self, *, nik: str, name: str, birth_date: date | None, person: Worker | None = None
    ) -> Self:
        """Active people of the same name and birth date under another NIK (duplicate.similar),
        without those whom somebody has told apart from `person`."""
        if not birth_date:
            return self.none()
        same = self.active().annotate(upper_name=Upper("name"))
        same = same.filter(upper_name=name.upper(), birth_date=birth_date).exclude(nik=nik)
        if person is None:
            return same
        apart = ToldApart.objects.filter(
            Q(first=person.pk, second=OuterRef("pk")) | Q(second=person.pk, first=OuterRef("pk"))
        )
        return same.exclude(pk=person.pk).exclude(Exists(apart))


@audited(exclude=["brought_by"], by_month=True)
class Worker(models.Model):
    """One person, known by NIK; `findings` are the codes of the gaps and warnings still open."""

    class Sex(models.TextChoices):
        MALE = "L", "Laki-laki"
        FEMALE = "P", "Perempuan"

    class EndReason(models.TextChoices):
        DIED = "died", "Meninggal"
        MOVED = "moved", "Pindah"
        MISTAKE = "mistake", "Salah data"
        OTHER = "other", "Lainnya"

    public_id = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )
    # Foreign keys have an index only if a query uses it: every index is written for each of a
    # regency's 150,000 people.
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    brought_by = models.UUIDField(
        null=True, editable=False, help_text="the import through which the person came"
    )
    nik = models.CharField("NIK", max_length=16)
    kk = models.CharField("Nomor KK", max_length=32, blank=True, db_default="")
    name = models.CharField("Nama", max_length=150)
    birth_place = models.CharField("Tempat lahir", max_length=100, blank=True, db_default="")
    birth_date = models.DateField("Tanggal lahir", null=True, blank=True)
    sex = models.CharField(
        "Jenis kelamin", max_length=1, choices=Sex.choices, blank=True, db_default=""
    )
    address = models.CharField("Alamat", max_length=255, blank=True, db_default="")
    hamlet = models.CharField("Dusun", max_length=100, blank=True, db_default="")
    rt = models.CharField("RT", max_length=10, blank=True, db_default="")
    rw = models.CharField("RW", max_length=10, blank=True, db_default="")
    occupation = models.ForeignKey(
        Occupation, null=True, blank=True, on_delete=models.PROTECT, db_index=False
    )
    occupation_text = models.CharField("Pekerjaan", max_length=100, blank=True, db_default="")
    income = models.PositiveBigIntegerField("Penghasilan sebulan (rupiah)", null=True, blank=True)
    workplace = models.CharField("Tempat bekerja", max_length=150, blank=True, db_default="")
    work = models.CharField("Yang dikerjakan", max_length=200, blank=True, db_default="")
    work_said_by = models.CharField("Dinyatakan oleh", max_length=150, blank=True, db_default="")
    work_said_on = models.DateField("Tanggal dinyatakan", null=True, blank=True)
    phone = models.CharField("Nomor HP", max_length=32, blank=True, db_default="")
    mother_name = models.CharField("Nama ibu kandung", max_length=150, blank=True, db_default="")
    position = models.CharField("Jabatan (RT/RW)", max_length=100, blank=True, db_default="")
    term_start = models.DateField("Mulai menjabat", null=True, blank=True)
    term_end = models.DateField("Akhir menjabat", null=True, blank=True)
    consent_on = models.DateField("Tanggal persetujuan", null=True, blank=True)
    findings = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    ended_on = models.DateField("Berakhir", null=True, blank=True)
    ended_reason = models.CharField(
        max_length=10, choices=EndReason.choices, blank=True, db_default=""
    )
    ended_document = models.CharField("Dokumen", max_length=200, blank=True, db_default="")
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())
    updated_at = models.DateTimeField(default=timezone.now, db_default=Now())

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = "pekerja"
        verbose_name_plural = "pekerja"
        ordering = ["area_id", Upper("name"), "pk"]
        indexes = [
            # In the order of the lists, with what row security and their usual filter look at:
            # a page, its number and a search for a name read this index and no person. (For that
            # the name as it is must be in it, too.) Names are sorted by their letters alone.
            models.Index(
                "area",
                Upper("name"),
                "id",
                include=["agency", "ended_on", "name"],
                name="worker_sorted",
            ),
            # The date first: under row security only leakproof comparisons use an index, and those
            # of dates are leakproof.
            models.Index("birth_date", Upper("name"), name="worker_similar"),
            models.Index(fields=["kk"], condition=~Q(kk=""), name="worker_family"),
            models.Index(fields=["area"], condition=~Q(position=""), name="worker_in_office"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["nik"], name="worker_nik_once"),
            models.CheckConstraint(condition=Q(nik__regex=r"^[0-9]{16}$"), name="worker_nik_form"),
            models.CheckConstraint(condition=~Q(name=""), name="worker_named"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="worker_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ToldApartQuerySet(models.QuerySet["ToldApart"]):
    def of(self, people: Iterable[int]) -> Self:
        """The pairs in which one of these people is."""
        ids = list(people)
        return self.filter(Q(first__in=ids) | Q(second__in=ids))


class ToldApart(models.Model):
    """Two people of one name and birth date of whom an office has said that they are different, so
    that nobody is asked again (duplicate.similar)."""

    first = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    objects = ToldApartQuerySet.as_manager()

    class Meta:
        verbose_name = "orang yang dibedakan"
        verbose_name_plural = "orang yang dibedakan"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="told_apart_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="told_apart_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


WORK = Upper(Coalesce(NullIf("occupation_text", Value("")), "occupation__name"))
"""To sort people by their occupation (`checking.occupation`)."""


class PeopleCountQuerySet(PeopleQuerySet["PeopleCount"]):
    def active(self) -> Self:
        return self.filter(ended=False)

    def ended(self) -> Self:
        return self.filter(ended=True)

    def summed(self) -> dict[str, int]:
        """How many people these are: the `total`, and `incomplete` of them."""
        return self.aggregate(
            total=Sum("people", default=0),
            incomplete=Sum("people", filter=_INCOMPLETE, default=0),
        )


class PeopleCount(models.Model):
    """How many people of a village, or of an agency there, have the same findings, so that pages
    need not count them. The sum of the rows that are alike is the number.

    Triggers add a row with what a statement has changed, so nobody waits for another; `folded`
    rows are sums of older ones. Which findings keep somebody from being proposed is known to the
    code alone (`BLOCKING`), so the findings themselves are kept.
    """

    area = models.ForeignKey(
        Area, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    ended = models.BooleanField()
    findings = ArrayField(models.CharField(max_length=40))
    people = models.IntegerField()
    folded = models.BooleanField(default=False, db_default=False)

    objects = PeopleCountQuerySet.as_manager()

    class Meta:
        verbose_name = "jumlah pekerja"
        verbose_name_plural = "jumlah pekerja"
        indexes = [
            models.Index(fields=["area"], name="people_count_area"),
            models.Index(fields=["area"], condition=Q(folded=False), name="people_count_new"),
        ]


class WorkerSourceQuerySet(ScopedQuerySet["WorkerSource"]):
    agency_path = "worker__agency_id"


@audited(by_month=True)
class WorkerSource(models.Model):
    """A registry that names the person, with its period: one person may have several."""

    # No index on `worker`, with which `worker_source_once` begins. `area` is the worker's own.
    worker = models.ForeignKey(
        Worker, on_delete=models.CASCADE, related_name="sources", db_index=False
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    registry = models.CharField("registri", max_length=40)
    period = models.CharField("periode", max_length=20, blank=True)
    decile = models.PositiveSmallIntegerField("desil", null=True, blank=True)

    objects = WorkerSourceQuerySet.as_manager()

    class Meta:
        verbose_name = "sumber data"
        verbose_name_plural = "sumber data"
        ordering = ["registry", "period", "pk"]
        indexes = [models.Index(fields=["area", "registry"], name="worker_source_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "registry", "period"], name="worker_source_once"
            ),
            models.CheckConstraint(
                condition=Q(decile__isnull=True) | Q(decile__range=(1, 10)),
                name="worker_source_decile",
            ),
        ]


class Disclosure(models.Model):
    """Who saw whose personal data: opened, unmasked or exported (UU 27/2022)."""

    class Kind(models.TextChoices):
        VIEW = "view", "Membuka halaman"
        UNMASK = "unmask", "Menampilkan NIK"
        EXPORT = "export", "Mengunduh"
        TOLD = "told", "Diberi tahu bahwa terdaftar"

    class Why(models.TextChoices):
        LOOK = "look", "melihat data lengkap"
        CHANGE = "change", "mengubah data"
        DUPLICATE = "duplicate", "memutuskan data ganda"
        DIFFERENCE = "difference", "memilih isian yang berbeda"
        MEND = "mend", "memperbaiki baris daftar"
        RETURNED = "returned", "mengunduh baris untuk diperbaiki"
        ANNEX = "annex", "mengunduh lampiran lengkap"
        CHECK = "check", "memeriksa NIK"
        PAPER = "paper", "membuka naskah pengajuan"
        LEAVING = "leaving", "membuka dokumen keluar"
        REGISTRATION = "register", "mengunduh berkas pendaftaran BPJS"

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(
        Office, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Without a key in the database, as the row stays when the person is removed by undoing an
    # import.
    worker = models.ForeignKey(
        Worker,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    subject = models.CharField(max_length=120, help_text="the document, e.g. decree:<uuid>")
    people = models.PositiveIntegerField(default=1)
    why = models.CharField(
        max_length=12, choices=Why.choices, blank=True, help_text="blank: what was shown was masked"
    )
    origin = models.CharField(max_length=200, blank=True, help_text="the page or command")
    network = models.GenericIPAddressField(null=True, help_text="the network address")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "pembukaan data"
        verbose_name_plural = "pembukaan data"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["worker", "-at"]),
            models.Index(fields=["area", "-at"]),
            models.Index(fields=["subject", "-at"]),
        ]
