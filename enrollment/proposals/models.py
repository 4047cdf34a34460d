"""A village's list (usulan): its people, who signed for them, and every step with its reason."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When, Window
from django.db.models.lookups import IsNull
from django.utils import timezone

from enrollment.coverage.rules import Kind
from enrollment.jobs.models import Job, JobQuerySet
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import queue, stages
from enrollment.proposals.verbs import ENDED, HOLDS_MONEY, HOLDS_PLACE, VERBS, Verb
from enrollment.proposals.verbs import State as EntryState
from enrollment.routes.rules import Via
from enrollment.workers.models import Sector, Worker
from villages.audit import audited
from villages.models import Agency, Area, Office, Role, ScopedQuerySet, User

if TYPE_CHECKING:
    from villages.annotations import JSON

__all__ = [
    "BulkDecision", "Cosignature", "Entry", "EntryCount",
    "LeftOut", "Proposal", "Repricing", "Step",
]  # fmt: skip


def granting_decrees() -> Any:
    """The issued decrees that are visible, also while they are being revoked; defined in a later
    room."""
    decree: Any = PremiumSubsidy.decrees.rel.related_model
    return decree.objects.granting()


class ProposalQuerySet(ScopedQuerySet["Proposal"]):
    agency_path = "agency_id"

    def own(self, office: Office) -> Self:
        """The lists that the office itself draws up."""
        return self.filter(area=office.area_id, agency=office.agency_id)

    def by_dpmd(self, office: Office) -> Self:
        return self.filter(route=office.role)

    def handed_in(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def with_counts(self) -> Self:
        """Adds `people`, and people_<state> for every state."""
        return self.annotate(
            people=models.Sum("counts__people", default=0),
            **{
                f"people_{state}": models.Sum(
                    "counts__people", filter=Q(counts__state=state), default=0
                )
                for state in EntryState.values
            },
        )

    def with_people_in(self, state: str, counts: EntryCountQuerySet) -> Self:
        """The lists on which `counts` knows somebody in `state`."""
        return self.filter(pk__in=counts.having(state, column="proposal"))


@audited()
class Proposal(models.Model):
    """The list of one village, or of one agency, for one programme (usulan)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(
        PremiumSubsidy, on_delete=models.PROTECT, related_name="proposals"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, help_text="of the latest submission")
    route = models.CharField(
        "jalur", max_length=10, blank=True, default="", db_default="", choices=Via.choices,
        help_text="the way it took when it was first handed in",
    )  # fmt: skip

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "usulan"
        verbose_name_plural = "usulan"
        ordering = ["area", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "area", "agency"],
                nulls_distinct=False,
                name="proposal_once_a_village",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.area_id}"

    @property
    def via(self) -> Via:
        """The way that it took; directly, as long as it has taken none."""
        return Via(self.route or Via.DIRECT)


class EntryQuerySet(ScopedQuerySet["Entry"]):
    agency_path = "proposal__agency_id"

    def by_dpmd(self, office: Office) -> Self:
        return self.filter(proposal__route=office.role)

    def in_state(self, *states: str) -> Self:
        return self.filter(state__in=states)

    def in_stage(self, stage: str) -> Self:
        """Rows in a stage (`stages.STAGES`): approved people whom an issued decree names are in
        another one than those who wait for it."""
        if stage not in (EntryState.APPROVED, stages.DECREED):
            return self.in_state(stage)
        approved = self.in_state(EntryState.APPROVED)
        named = Q(decree_rows__decree__in=granting_decrees().values("pk"))
        if stage == stages.DECREED:
            return approved.filter(named)
        # Few wait beside a whole regency that is decreed already: the counts say in which villages.
        waiting = EntryCount.objects.in_stage(stage).having(EntryState.APPROVED, column="area")
        return approved.filter(area__in=waiting).exclude(named)

    def left_after_paid_months(self) -> Self:
        """Those who left when some of their months had been paid, which their `cost` keeps. Few
        leave: the counts say in which villages."""
        where = EntryCount.objects.having(EntryState.LEFT, column="area")
        return self.in_state(EntryState.LEFT).filter(area__in=where, cost__gt=0)

    def proposed_by(self, office: Office) -> Self:
        """The rows on the office's own lists; a village also sees its people on agencies' lists."""
        return self.filter(proposal__area=office.area_id, proposal__agency=office.agency_id)

    def approved_but_gone(self) -> Self:
        """Approved people who are gone. They keep place and money until the approval is taken
        back, which is not possible for those whom a decree or its draft names (`named`)."""
        row_of_a_decree: Any = Entry.decree_rows.rel.related_model  # defined in a later room
        rows = row_of_a_decree.objects.filter(entry=OuterRef("pk"))
        return self.in_state(EntryState.APPROVED).filter(gone=True).annotate(named=Exists(rows))

    def returned(self) -> Self:
        """Rows sent back to the proposer; the home page lists them first."""
        return self.in_state(EntryState.RETURNED)

    def last_decided_by(self, office: Office, *, origins: Collection[str]) -> Self:
        """Rows that this person, in this role, has brought from one of the states `origins` to the
        present one; nobody has taken a step with them since."""
        last = Step.objects.filter(
            entry=OuterRef("pk"), at=OuterRef("changed_at"), to_state=OuterRef("state"),
            from_state__in=origins, role=office.role, office__user=office.user_id,
        )  # fmt: skip
        return self.filter(Exists(last))

    def as_shown(self, row: datetime, person: datetime | None) -> Self:
        """Rows that have not changed since they were shown: `row` is the `changed_at` that they had
        then, `person` when the data of their person were last changed; None where no person was
        shown. Rows are locked with this condition, so whoever waits for the lock loses."""
        rows = self.filter(changed_at=row)
        return rows if person is None else rows.filter(worker__updated_at=person)

    def approvable_by(self, office: Office) -> Self:
        """Rows that wait for an approver, without those whom this person has approved already."""
        own = Cosignature.objects.filter(entry=OuterRef("pk"), user=office.user_id)
        return self.in_state(EntryState.VERIFIED, EntryState.COSIGNED).exclude(Exists(own))

    def cosigned_by(self, office: Office) -> Self:
        """Rows whom this person has approved in part."""
        own = Cosignature.objects.filter(entry=OuterRef("pk"), user=office.user_id)
        return self.in_state(EntryState.COSIGNED).filter(Exists(own))

    def cosigned_by_at_least(self, people: int) -> Self:
        """Rows whom so many people, at least one, have approved in part."""
        signed = Cosignature.objects.filter(entry=OuterRef("pk")).order_by().values("entry")
        number = signed.annotate(people=models.Count("pk")).values("people")
        rows = self.in_state(EntryState.COSIGNED).alias(cosigned=models.Subquery(number))
        return rows.filter(cosigned__gte=people)

    def not_proposed_again(self) -> Self:
        """Without those who stand on another list of the programme by now."""
        again = Entry.objects.filter(programme=OuterRef("programme"), worker=OuterRef("worker"))
        again = again.exclude(pk=OuterRef("pk"))
        return self.exclude(Exists(again.exclude(state__in=ENDED)))

    def passed_over(self, chosen: EntryQuerySet, order: Sequence[str]) -> Self:
        """Those of these rows of one programme who wait before somebody of `chosen` for a place in
        the same village, and are not among them. Whoever is gone can take no place."""
        ids = chosen.order_by().values("pk")
        near = self.filter(area__in=chosen.order_by().values("area"))
        is_chosen = Case(When(pk__in=ids, then=1), default=0, output_field=models.IntegerField())
        behind = Window(
            models.Max(is_chosen), partition_by="area_id",
            order_by=[queue.turn(order).desc(), F("pk").desc()],
        )  # fmt: skip
        before = near.in_line().annotate(behind=behind).filter(behind=1)
        return self.filter(pk__in=before.values("pk")).exclude(pk__in=ids)

    def in_line(self) -> Self:
        """Rows that wait for a place and can take one."""
        return self.in_state(EntryState.WAITING).filter(gone=False)

    def unrepaired(self) -> Self:
        """Returned rows of which nobody has said that they are repaired, and somebody can."""
        return self.returned().filter(repaired_at__isnull=True, gone=False)

    def pending(self) -> Self:
        """Rows that have not been handed in: drafts, and returned ones that are repaired."""
        return self.in_state(EntryState.DRAFT, EntryState.RETURNED).ready()

    def ready(self) -> Self:
        """Rows without those that are returned and not yet repaired."""
        return self.exclude(state=EntryState.RETURNED, repaired_at__isnull=True)

    def held(self) -> Self:
        """Rows that hold one of their village's places (Quota.used)."""
        return self.filter(state__in=HOLDS_PLACE)


@audited(exclude=["gone"], by_month=True)
class Entry(models.Model):
    """One person on a list, with the signatures that are valid now.

    Whoever submits may not verify or approve, and whoever verifies may not approve: database
    constraints enforce this. `cost` is in rupiah for all months and is set when approved, as are
    `first_month` (`months`) and `sector`, if the programme has prices of its own for it. Who has
    left costs the months until then.
    `kind` says whether the person becomes a member of BPJS or stays one, as it was known when the
    row was last handed in, verified or approved.
    `gone` follows from the person, and triggers keep it: no longer registered where proposed, since
    they died, moved or were a mistake.
    """

    State = EntryState

    public_id = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )
    # Without indexes of their own: those of Meta begin with them, and every index is written for
    # each person of a decision.
    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="entries", db_index=False
    )
    programme = models.ForeignKey(
        PremiumSubsidy, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="entries")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.DRAFT)
    reason = models.TextField("alasan", blank=True)
    rank = models.PositiveIntegerField("urutan tunggu", null=True)
    cost = models.PositiveBigIntegerField(default=0)
    sector = models.ForeignKey(
        Sector, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    submitted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    verified_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    approved_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    first_month = models.DateField(
        "bulan pertama", null=True,
        help_text="the first month that is paid, of who came after the wave had begun",
    )  # fmt: skip
    kind = models.CharField(
        "kepesertaan", max_length=6, blank=True, default="", db_default="",
        choices=[(kind.value, kind.label) for kind in Kind],
    )  # fmt: skip
    changed_at = models.DateTimeField(default=timezone.now)
    gone = models.BooleanField(default=False, db_default=False, editable=False)
    repaired_at = models.DateTimeField(
        null=True, help_text="the proposer has repaired what it was returned for"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "orang dalam usulan"
        verbose_name_plural = "orang dalam usulan"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["proposal", "state"], name="entry_proposal_state"),
            models.Index(fields=["area", "state"], name="entry_area_state"),
            # In the order of a programme's list, with what row security and its filter look at.
            models.Index(
                fields=["programme", "area", "rank", "id"],
                include=["state", "proposal"],
                name="entry_listed",
            ),
            models.Index(fields=["area"], condition=Q(gone=True), name="entry_gone"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "worker"],
                condition=~Q(state__in=sorted(ENDED)),
                name="entry_person_once_a_programme",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("submitted_by")),
                name="entry_verifier_is_not_maker",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("verified_by"))),
                name="entry_approver_is_not_maker",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(HOLDS_MONEY))
                | Q(
                    approved_by__isnull=False,
                    verified_by__isnull=False,
                    submitted_by__isnull=False,
                ),
                name="entry_approved_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.WAITING) | Q(rank__isnull=False),
                name="entry_waiting_is_ranked",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EntryState.RETURNED, EntryState.REJECTED]) | ~Q(reason=""),
                name="entry_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.RETURNED) | Q(repaired_at__isnull=True),
                name="entry_repaired_is_returned",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def waits(self) -> bool:
        """Whether it waits for a place. Whoever has just been given one keeps the number so long as
        that can be taken back."""
        return self.state == EntryState.WAITING


class EntryCountQuerySet(ScopedQuerySet["EntryCount"]):
    agency_path = "agency_id"

    def by_dpmd(self, office: Office) -> Self:
        return self.filter(proposal__in=Proposal.objects.filter(route=office.role))

    def proposed_by(self, office: Office) -> Self:
        """Of the office's own lists (`EntryQuerySet.proposed_by`)."""
        return self.filter(proposal__in=Proposal.objects.own(office))

    def in_stage(self, stage: str) -> Self:
        """As `EntryQuerySet.in_stage`."""
        if stage not in (EntryState.APPROVED, stages.DECREED):
            return self.filter(state=stage)
        named = Q(decree_id__in=granting_decrees().values("pk"))
        rows = self.filter(state=EntryState.APPROVED)
        return rows.filter(named) if stage == stages.DECREED else rows.exclude(named)

    def by_stage(self, column: str = "") -> dict[Any, Any]:
        """Stage → number of people; with a `column`, its value → stage → number of people."""
        keys = [column] if column else []
        rows = self.order_by().values_list(*keys, "state", "decree_id")
        found = list(rows.annotate(number=models.Sum("people")))
        decrees = {row[-2] for row in found} - {None}
        issued = set(granting_decrees().filter(pk__in=decrees).values_list("pk", flat=True))
        if not column:
            return stages.counted(found, issued)
        return {
            value: stages.counted([row[1:] for row in found if row[0] == value], issued)
            for value in {row[0] for row in found}
        }

    def having(self, state: str, *, column: str) -> models.QuerySet[EntryCount, Any]:
        """The values of `column`, such as "programme", with somebody in `state`."""
        rows: Any = self.filter(state=state).order_by().values(column)
        found: models.QuerySet[EntryCount, Any] = (
            rows.annotate(number=models.Sum("people")).filter(number__gt=0).values(column)
        )
        return found

    def for_decree(self) -> Self:
        """Approved people whom no decree and no draft names."""
        return self.filter(state=EntryState.APPROVED, gone=False, decree_id=None)

    def approved_but_gone(self) -> Self:
        """As `EntryQuerySet.approved_but_gone`, with `named` for those whom a decree names."""
        rows = self.filter(state=EntryState.APPROVED, gone=True)
        return rows.annotate(named=IsNull(F("decree_id"), False))


class EntryCount(models.Model):
    """How many people of a list come from a village and are in a state, so that pages need not
    count them. The sum of the rows that are alike is the number.

    Triggers add a row with what a statement has changed, so nobody waits for another; `folded`
    rows are sums of older ones. `decree_id` is of the decree, or the draft of one, that names these
    people. Columns are copied from the list and refer to it without a constraint: checking that
    would lock the programme's row.
    """

    programme = models.ForeignKey(
        PremiumSubsidy, on_delete=models.DO_NOTHING, related_name="counts", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    proposal = models.ForeignKey(
        Proposal, on_delete=models.DO_NOTHING, related_name="counts", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    area = models.ForeignKey(
        Area, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    state = models.CharField(max_length=10, choices=EntryState.choices)
    gone = models.BooleanField()
    decree_id = models.UUIDField(null=True)
    people = models.IntegerField()
    cost = models.BigIntegerField()
    folded = models.BooleanField(default=False, db_default=False)

    objects = EntryCountQuerySet.as_manager()

    class Meta:
        verbose_name = "jumlah orang dalam usulan"
        verbose_name_plural = "jumlah orang dalam usulan"
        indexes = [
            models.Index(fields=["programme", "area"], name="entry_count_programme"),
            models.Index(fields=["area", "state"], name="entry_count_area"),
            models.Index(fields=["proposal", "state"], name="entry_count_proposal"),
            models.Index(
                fields=["area"],
                condition=Q(state=EntryState.APPROVED) & (Q(gone=True) | Q(decree_id=None)),
                name="entry_count_undecreed",
            ),
            models.Index(fields=["proposal"], condition=Q(folded=False), name="entry_count_new"),
        ]


class Step(models.Model):
    """A change of state: who, when, from, to and why. Rows are added and never changed.

    `name` and `role` are copied from the office: a village may not read the offices of the
    Dinas, but must see who sent its people back.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="steps")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_state = models.CharField(max_length=10, choices=EntryState.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=EntryState.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=20, choices=Role.choices)
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah"
        verbose_name_plural = "langkah"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class Cosignature(models.Model):
    """An approver's signature before the last one, where a wave needs several (`bands`); the last
    one is `Entry.approved_by`. Nobody signs twice, whatever office they hold.

    The database removes all of a row's when it is approved no longer; its steps keep who signed
    and when. `name` is copied from the office, as in Step.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="cosignatures", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "persetujuan sebagian"
        verbose_name_plural = "persetujuan sebagian"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "user"], name="cosignature_once_a_person")
        ]

    def __str__(self) -> str:
        return self.name


class BulkDecisionQuerySet(JobQuerySet["BulkDecision"]):
    agency_path = "agency_id"

    def by_dpmd(self, office: Office) -> Self:
        return self.filter(office__user=office.user_id, office__role=office.role)


@audited(
    exclude=[
        *("cursor", "started_at", "touched_at", "attempts", "last_id", "total", "decided", "left"),
        *("places", "funded"),
    ]
)
class BulkDecision(Job):
    """A verb applied to everybody a page showed: a job, because it may be a whole regency.

    `places` and `funded` are reserved and not yet used: places in the villages' quotas, and rupiah
    of the programme. They are reserved for everybody or for nobody, before the first decision.
    """

    class Phase(models.TextChoices):
        CHECK = "check", "Memeriksa syarat"
        DECIDE = "decide", "Memproses"

    TASK = "enrollment.proposals.tasks.decide"

    programme = models.ForeignKey(PremiumSubsidy, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    verb_name = models.CharField(max_length=10)
    reason = models.TextField("alasan", blank=True)
    chosen: JSON[dict[str, str]] = models.JSONField(help_text="the page's filters")
    seen_at = models.DateTimeField(help_text="when the page was shown: who changed since stays")
    phase = models.CharField(max_length=10, choices=Phase.choices)
    last_id = models.PositiveBigIntegerField(default=0, help_text="the last person looked at")
    decided = models.PositiveIntegerField(default=0, help_text="people decided about")
    left = models.PositiveIntegerField(default=0, help_text="people left out, see LeftOut")
    places: JSON[dict[str, int]] = models.JSONField(
        default=dict, help_text="village → places reserved"
    )
    funded = models.PositiveBigIntegerField(default=0, help_text="rupiah reserved")

    objects: ClassVar = BulkDecisionQuerySet.as_manager()
    more = False
    """Whether people remain for the present phase of the job."""
    everybody: EntryQuerySet | None = None
    """While the job runs: the people whom the page showed. Not stored."""

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "tindakan massal"
        verbose_name_plural = "tindakan massal"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "programme", "proposal", "verb_name", "chosen"],
                condition=Q(state__in=Job.BUSY),
                nulls_distinct=False,
                name="bulk_decision_once_at_a_time",
            )
        ]

    @property
    def verb(self) -> Verb:
        return VERBS[self.verb_name]

    @property
    def progress_title(self) -> str:
        """The heading of its progress: the state while it is queued, then the phase."""
        queued = self.state == self.State.QUEUED
        return self.get_state_display() if queued else self.get_phase_display()


class LeftOut(models.Model):
    """An entry that a bulk decision did not change; `codes` (`lists.LABELS`) say why."""

    decision = models.ForeignKey(
        BulkDecision, on_delete=models.CASCADE, related_name="left_out", db_index=False
    )
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="left_out")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    codes = ArrayField(models.CharField(max_length=40))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "orang yang tidak ikut"
        verbose_name_plural = "orang yang tidak ikut"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "entry"], name="left_out_once")]


@audited(
    exclude=["cursor", "started_at", "touched_at", "attempts", "last_id", "changed", "difference"]
)
class Repricing(Job):
    """The approved people of a wave get its new prices (penyesuaian iuran): a job, because it may
    be a whole regency. `difference` is in rupiah, less than nothing where prices fell."""

    TASK = "enrollment.proposals.tasks.reprice"

    programme = models.ForeignKey(PremiumSubsidy, on_delete=models.PROTECT, related_name="+")
    last_id = models.PositiveBigIntegerField(default=0, help_text="the last person looked at")
    changed = models.PositiveIntegerField(default=0, help_text="people whose cost changed")
    difference = models.BigIntegerField(default=0, help_text="rupiah, summed over them")
    more: bool
    """While the job runs: whether there may be more people. Not stored."""

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "penyesuaian iuran"
        verbose_name_plural = "penyesuaian iuran"
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=Job.BUSY),
                name="repricing_once_at_a_time",
            )
        ]
