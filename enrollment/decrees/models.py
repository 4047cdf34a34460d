"""The Bupati's decree (Keputusan Bupati): a frozen list and its annex."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from enrollment.coverage.models import CoverSource
from enrollment.coverage.rules import Period, period
from enrollment.decrees import rules, states
from enrollment.decrees.signatories.models import Signatory
from enrollment.formats import bulan
from enrollment.jobs.models import Job, JobQuerySet
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry
from enrollment.standing import Standing
from enrollment.workbooks.private import PrivateFileField
from villages.access import allowed
from villages.audit import audited
from villages.models import Area, Office, ScopedQuerySet

if TYPE_CHECKING:
    from enrollment.decrees.annex import KeptHeader
    from villages.annotations import JSON

DecreeJob = TypeVar("DecreeJob", bound=Job)

__all__ = [
    *("Decree", "DecreeAnnex", "DecreeDrafting", "DecreeEntry", "DecreeFreezing", "DecreeIssue"),
    *("DecreeChange", "DecreeRevocation", "DecreeStep", "Registration"),
]


class DecreeQuerySet(ScopedQuerySet["Decree"]):
    area_path = "regency_id"

    def visible_to(self, office: Office) -> Self:
        """Every office of the regency sees issued decrees of the regency; drafts need
        `decree.draft`. A village's decree is seen by its head, and by offices of the whole regency
        alone: of a kecamatan or another village nobody knows of it."""
        rows = self.filter(regency_id=office.area.regency_code)
        if office.area_id != office.area.regency_code:
            own = Q(village_id=office.area_id) if allowed(office, "village_decree.make") else Q()
            issued = Q(village=None, state__in=states.PUBLISHED)
            return rows.filter(issued | own if own else issued)
        return rows if allowed(office, "decree.draft") else rows.published()

    def published(self) -> Self:
        """Issued, be it that they have been revoked since."""
        return self.filter(state__in=states.PUBLISHED)

    def issued(self) -> Self:
        return self.filter(state=Decree.State.ISSUED)

    def granting(self) -> Self:
        """Those whose people have been granted the months: all who have not left by now."""
        return self.filter(state__in=states.GRANTING)

    def frozen(self) -> Self:
        """Their lists stay as they are, and nobody is paid for yet."""
        return self.filter(state__in=states.FROZEN)


@audited(exclude=["left_out"])
class Decree(models.Model):
    """A decree of a programme: drafted from approved rows, frozen to be signed, then issued.

    `header` is the text around the table of the annex (who signs, where, the words used for
    villages) as it was when the list was frozen; `sha256` seals it together with the rows. Once
    freezing or issuing has begun, the database refuses any change of the entries and of the texts;
    number, date and signatory follow when the signed file is back. Once it is issued, it refuses
    any change at all. The state moves only with a `DecreeStep`.
    """

    State = states.State

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(PremiumSubsidy, on_delete=models.PROTECT, related_name="decrees")
    village = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        verbose_name="wilayah yang menetapkan",
        help_text="of a decree of a village itself; empty for one of the head of the regency",
    )  # fmt: skip
    number = models.CharField("nomor", max_length=100, blank=True)
    date = models.DateField("tanggal", null=True, blank=True)
    title = models.CharField("tentang", max_length=500, blank=True)
    legal_basis = models.TextField("dasar hukum", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    header: JSON[KeptHeader] = models.JSONField(default=dict)
    people = models.PositiveIntegerField(default=0)
    total = models.PositiveBigIntegerField("jumlah (rupiah)", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    left_out: JSON[dict[str, list[str]]] = models.JSONField(
        default=dict, help_text="approved, but no longer eligible: entry → codes of findings"
    )
    signatory = models.ForeignKey(
        Signatory, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="penandatangan", db_index=False,
    )  # fmt: skip
    drafted_by = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    amends = models.ForeignKey(
        "self", verbose_name="keputusan yang diubah", null=True, blank=True,
        on_delete=models.PROTECT, related_name="amendments", db_index=False,
        help_text="of an amendment: the decree that it changes, never an amendment",
    )  # fmt: skip
    ordinal = models.PositiveSmallIntegerField(
        "perubahan ke", default=0, db_default=0,
        help_text="of an amendment: 1 for Perubahan, 2 for Perubahan Kedua",
    )  # fmt: skip
    cover_source = models.OneToOneField(
        CoverSource, null=True, on_delete=models.PROTECT, related_name="decree", editable=False
    )

    objects = DecreeQuerySet.as_manager()

    class Meta:
        verbose_name = "keputusan"
        verbose_name_plural = "keputusan"
        ordering = ["-drafted_at", "pk"]
        indexes = [
            models.Index(
                fields=["village"], condition=Q(village__isnull=False), name="decree_of_village"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review", "withdrawn"])
                | ((Q(people__gt=0) | Q(amends__isnull=False)) & ~Q(title="") & ~Q(legal_basis="")),
                name="decree_frozen_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "sent", "returned"]) | ~Q(sha256=""),
                name="decree_frozen_is_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "issuing", "issued", "revoking", "revoked"])
                | (Q(date__isnull=False) & ~Q(number="")),
                name="decree_signed_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issuing", "issued", "revoking", "revoked"])
                | Q(cover_source__isnull=False),
                name="decree_issued_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "revoking", "revoked"])
                | (Q(issued_by__isnull=False) & ~Q(sha256="")),
                name="decree_issued_is_sealed",
            ),
            models.UniqueConstraint(
                fields=["regency", "number"],
                condition=~Q(number="") & Q(village=None),
                name="decree_number_once",
            ),
            models.UniqueConstraint(
                fields=["village", "number"],
                condition=~Q(number="") & Q(village__isnull=False),
                name="decree_number_once_a_village",
            ),
            models.CheckConstraint(
                condition=Q(village=None)
                | Q(state__in=["draft", "review", "withdrawn"])
                | Q(signatory__isnull=False),
                name="decree_of_village_has_signatory",
            ),
            models.CheckConstraint(
                condition=Q(amends=None, ordinal=0) | Q(amends__isnull=False, ordinal__gt=0),
                name="decree_amendment_has_ordinal",
            ),
            models.UniqueConstraint(
                fields=["amends", "ordinal"],
                condition=~Q(state="withdrawn"),
                name="decree_amendment_ordinal_once",
            ),
            models.UniqueConstraint(
                fields=["amends"],
                condition=Q(state__in=[*states.OPEN, *states.FROZEN]),
                name="decree_amended_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number or ("Rancangan perubahan" if self.amends_id else "Rancangan keputusan")

    @property
    def owner_id(self) -> str:
        """The area whose office moves it: the village of a village's decree, or the regency. Its
        jobs lie there, so that row security shows them to whom it shows the decree."""
        return self.village_id or self.regency_id

    @property
    def signed_by_profile(self) -> bool:
        """Whether the regency's profile names who signs, where no signatory is chosen."""
        return self.village_id is None

    @property
    def signer(self) -> str:
        """Who decides, where villages' decrees stand beside the regency's: the village's name."""
        return self.village.name if self.village else ""

    @property
    def is_draft(self) -> bool:
        """Whether words and people can still be changed."""
        return self.state in states.OPEN

    @property
    def in_review(self) -> bool:
        return self.state == self.State.REVIEW

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT

    @property
    def is_returned(self) -> bool:
        return self.state == self.State.RETURNED

    @property
    def waits_for_people(self) -> bool:
        """Whether the list is frozen and no job is at work."""
        return self.state in states.TO_SIGN

    @property
    def is_frozen(self) -> bool:
        """Whether the list stays as it is, and nobody is paid for yet."""
        return self.state in states.FROZEN

    @property
    def is_issued(self) -> bool:
        return self.state == self.State.ISSUED

    @property
    def is_granting(self) -> bool:
        """Whether whomever it names, and who has not left, has been granted the months."""
        return self.state in states.GRANTING

    @property
    def is_published(self) -> bool:
        """Whether it was issued, be it that it has been revoked since."""
        return self.state in states.PUBLISHED

    @property
    def is_revoked(self) -> bool:
        return self.state == self.State.REVOKED

    @property
    def is_amendment(self) -> bool:
        return self.amends_id is not None

    @property
    def amends_in_words(self) -> str:
        """`Perubahan Kedua atas 188.45/805/2025`; "" for a decree that changes no other."""
        return f"{rules.change_words(self.ordinal)} atas {self.amends}" if self.amends else ""

    @property
    def standing(self) -> Standing:
        return states.STANDINGS[states.State(self.state)]

    @property
    def named(self) -> int:
        """How many people its files name: of an amendment also those who go or are corrected."""
        return self.people + (self.changes.count() if self.is_amendment else 0)

    @property
    def revocations(self) -> DecreeJobQuerySet[DecreeRevocation]:
        """The revocation, if there is one, as the other jobs of a decree are reached."""
        return DecreeRevocation.objects.filter(decree=self)

    @property
    def months(self) -> Period:
        """The period `(first, after)` whose premium the decree grants."""
        return period(self.programme.first_month, self.programme.months)

    @property
    def registration(self) -> Registration | None:
        """What BPJS has said last, if that is that its people are registered."""
        latest = next(iter(self.registrations.all()), None)
        return latest if latest and latest.done else None


class DecreeStepQuerySet(ScopedQuerySet["DecreeStep"]):
    area_path = "regency_id"


class DecreeStep(models.Model):
    """A decree has moved: from where to where, who did it, when and why. Rows are added and never
    changed; they go only with a draft that is thrown away."""

    decree = models.ForeignKey(
        Decree, on_delete=models.CASCADE, related_name="steps", db_index=False
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_state = models.CharField(max_length=10, choices=states.State.choices)
    to_state = models.CharField(max_length=10, choices=states.State.choices)
    reason = models.CharField("alasan", max_length=1000, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = DecreeStepQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah keputusan"
        verbose_name_plural = "langkah keputusan"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["decree", "-id"], name="decree_step_latest")]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return states.MOVES[self.from_state, self.to_state].words


class Registration(models.Model):
    """BPJS says that it has registered the people of a decree, or takes that back.

    Rows are added and never changed; the latest one counts. It is about the decree as a whole:
    nothing is known of single people until BPJS answers about them. `name` is copied, since not
    everybody who reads this may read the offices of BPJS.
    """

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="registrations")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    done = models.BooleanField()
    on = models.DateField("tanggal didaftarkan", null=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "pendaftaran BPJS"
        verbose_name_plural = "pendaftaran BPJS"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done=False) | Q(on__isnull=False), name="registration_has_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decree_id} {self.on}"


class DecreeEntryQuerySet(ScopedQuerySet["DecreeEntry"]):
    pass


class NamedPerson(models.Model):
    """How a decree names a person: a copy that later changes do not affect."""

    position = models.PositiveIntegerField("nomor urut")
    nik = models.CharField(max_length=16)
    kk = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=150)
    birth_place = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    address = models.CharField(max_length=255, blank=True)
    rt = models.CharField(max_length=10, blank=True)
    rw = models.CharField(max_length=10, blank=True)
    village = models.CharField(max_length=100)
    district = models.CharField(max_length=100)
    occupation = models.CharField(max_length=100, blank=True)
    months = models.PositiveSmallIntegerField()
    premium = models.PositiveIntegerField(null=True, help_text="rupiah a month, if all are alike")
    prices = models.CharField(
        max_length=200, blank=True, db_default="", help_text="16.800 × 3 + 8.400 × 9"
    )
    cost = models.PositiveBigIntegerField(help_text="rupiah for all months")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class DecreeEntry(NamedPerson):
    """A person whom a decree names; an amendment has one for whoever comes in."""

    # Without indexes of their own: those of Meta do, and every index is written for each person.
    decree = models.ForeignKey(
        Decree, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="decree_rows", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = DecreeEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "orang dalam keputusan"
        verbose_name_plural = "orang dalam keputusan"
        ordering = ["decree", "position"]
        indexes = [models.Index(fields=["area"], name="decree_entry_area")]
        constraints = [
            models.UniqueConstraint(fields=["decree", "position"], name="decree_entry_position"),
            models.UniqueConstraint(fields=["entry"], name="decree_entry_person_once"),
        ]


class DecreeChangeQuerySet(ScopedQuerySet["DecreeChange"]):
    pass


class DecreeChange(NamedPerson):
    """What an amendment says of a person whom its decree names already: taken out, as they stood in
    the list; or corrected, as they stand in it from now on. `row` is how they were first named."""

    class Kind(models.TextChoices):
        OUT = "out", "Keluar"
        CORRECTED = "corrected", "Diperbaiki"

    decree = models.ForeignKey(
        Decree, on_delete=models.PROTECT, related_name="changes", db_index=False
    )
    row = models.ForeignKey(
        DecreeEntry, on_delete=models.PROTECT, related_name="changes", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)

    objects = DecreeChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "perubahan daftar"
        verbose_name_plural = "perubahan daftar"
        ordering = ["decree", "position"]
        indexes = [models.Index(fields=["area"], name="decree_change_area")]
        constraints = [
            models.UniqueConstraint(fields=["decree", "position"], name="decree_change_position"),
            models.UniqueConstraint(fields=["row", "decree"], name="decree_change_person_once"),
            models.UniqueConstraint(
                fields=["row"], condition=Q(kind="out"), name="decree_person_out_once"
            ),
        ]


class DecreeJobQuerySet(JobQuerySet[DecreeJob]):
    def visible_to(self, office: Office) -> Self:
        """Whoever may see the decree may see the progress of its jobs."""
        return self.filter(decree__in=Decree.objects.visible_to(office))


class DecreeIssue(Job):
    """An attempt to issue a decree: `cursor` is the position up to which people are protected."""

    TASK = "enrollment.decrees.tasks.issue"

    decree = models.ForeignKey(Decree, on_delete=models.CASCADE, related_name="issues")

    objects: ClassVar = DecreeJobQuerySet.as_manager()
    seal = ""
    """SHA-256 of the rows, once it is computed."""

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "penerbitan"
        verbose_name_plural = "penerbitan"
        constraints = [
            models.UniqueConstraint(
                fields=["decree"],
                condition=Q(state__in=Job.BUSY),
                name="decree_issued_once_at_a_time",
            )
        ]


class DecreeFreezing(Job):
    """An attempt to freeze a list: `cursor` is the position up to which people are examined."""

    TASK = "enrollment.decrees.tasks.freeze"

    decree = models.ForeignKey(Decree, on_delete=models.CASCADE, related_name="freezings")

    objects: ClassVar = DecreeJobQuerySet.as_manager()
    seal = ""
    """SHA-256 of the rows, once it is computed."""

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "pembekuan"
        verbose_name_plural = "pembekuan"
        constraints = [
            models.UniqueConstraint(
                fields=["decree"],
                condition=Q(state__in=Job.BUSY),
                name="decree_frozen_once_at_a_time",
            )
        ]


class DecreeRevocation(Job):
    """Revoking an issued decree: by which document and why. `cursor` counts the people of the
    decree and of its amendments who have left; those whose months had begun keep them."""

    TASK = "enrollment.decrees.revoking.tasks.revoke"
    may_go_on = True
    """It carries out what has been decided: half a decree is not revoked."""

    decree = models.OneToOneField(Decree, on_delete=models.PROTECT, related_name="revocation")
    number = models.CharField("nomor keputusan pencabutan", max_length=100)
    date = models.DateField("tanggal pencabutan")
    reason = models.CharField("alasan", max_length=1000)
    file = PrivateFileField("dokumen pencabutan", upload_to="decrees")
    filename = models.CharField(max_length=255)
    ending = models.CharField(max_length=10, help_text="pdf, jpg …, told by the content")
    sha256 = models.CharField(max_length=64, help_text="of the file")
    last_month = models.DateField(help_text="the last month that stays paid")
    last = models.BigIntegerField(default=0, help_text="the row up to which people have left")

    objects: ClassVar = DecreeJobQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "pencabutan"
        verbose_name_plural = "pencabutan"
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(reason="") & ~Q(file="") & ~Q(sha256=""),
                name="decree_revocation_is_whole",
            )
        ]

    @property
    def consequence(self) -> str:
        """What becomes of the months, in words."""
        programme = self.decree.programme
        if self.last_month >= programme.last_month:
            return "Semua bulannya sudah berjalan dan tetap dibayar."
        if self.last_month < programme.first_month:
            return "Belum ada bulan yang berjalan: semuanya bebas."
        return f"Bulan sampai {bulan(self.last_month)} tetap dibayar, sesudahnya bebas."


class DecreeDrafting(Job):
    """Copying everybody approved into a draft, of a list that is long. `cursor` counts people who
    are examined, up to the entry `last`; those found unfit so far are in `left_out`."""

    TASK = "enrollment.decrees.tasks.draft"

    decree = models.ForeignKey(Decree, on_delete=models.CASCADE, related_name="draftings")
    last = models.BigIntegerField(default=0)
    left_out: JSON[dict[str, list[str]]] = models.JSONField(default=dict)

    objects: ClassVar = DecreeJobQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "penyusunan daftar"
        verbose_name_plural = "penyusunan daftar"
        constraints = [
            models.UniqueConstraint(
                fields=["decree"],
                condition=Q(state__in=Job.BUSY),
                name="decree_drafted_once_at_a_time",
            )
        ]


class DecreeAnnex(Job):
    """A file of an issued decree's annex, written once from the frozen rows.

    The file is stored, so that every download has the same bytes, and so that offices can
    download the published version although they may not see all of its people.
    """

    class Version(models.TextChoices):
        FULL = "full", "Lampiran lengkap"
        MASKED = "masked", "Lampiran untuk diumumkan"

    TASK = "enrollment.decrees.tasks.write_annex"
    may_go_on = True
    """It prints what has been decided."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="annexes")
    version = models.CharField(max_length=10, choices=Version.choices)
    file = PrivateFileField(upload_to="annexes", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the file")

    objects: ClassVar = DecreeJobQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "berkas lampiran"
        verbose_name_plural = "berkas lampiran"
        ordering = ["decree", "version"]
        constraints = [
            models.UniqueConstraint(fields=["decree", "version"], name="decree_annex_once")
        ]
