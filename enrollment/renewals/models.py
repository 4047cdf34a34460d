"""Which wave continues which, the job that begins the lists of the new one, and how the people of
the last list were found when they were checked for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from enrollment.jobs.models import Job, JobQuerySet
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry, Proposal
from enrollment.renewals.rules import NOT_REVERIFIED, Loss, Reason
from enrollment.workers.models import Worker
from villages.audit import audited
from villages.models import Area, Office, ScopedQuerySet

__all__ = ["Continuation", "Renewal", "RenewalCheck", "SelfPayText"]


class ContinuationQuerySet(ScopedQuerySet["Continuation"]):
    area_path = "regency_id"

    def visible_to(self, office: Office) -> Self:
        """As the wave that continues another."""
        return self.filter(programme__in=PremiumSubsidy.objects.visible_to(office))


@audited()
class Continuation(models.Model):
    """A wave whose lists begin as those of an earlier one (lanjutan). A trigger holds that both are
    of one regency and that the months of the earlier one are over before, so that no circle can
    arise. Rows are added and removed, never changed."""

    programme = models.OneToOneField(
        PremiumSubsidy, primary_key=True, on_delete=models.CASCADE, related_name="continuation",
        verbose_name="program",
    )  # fmt: skip
    previous = models.OneToOneField(
        PremiumSubsidy, on_delete=models.PROTECT, related_name="successor",
        verbose_name="lanjutan dari",
    )  # fmt: skip
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ContinuationQuerySet.as_manager()

    class Meta:
        verbose_name = "lanjutan program"
        verbose_name_plural = "lanjutan program"

    def __str__(self) -> str:
        return f"{self.programme}, lanjutan dari {self.previous}"


class RenewalCheckQuerySet(ScopedQuerySet["RenewalCheck"]):
    agency_path = "proposal__agency_id"

    def proposed_by(self, office: Office) -> Self:
        """The people of the office's own last list."""
        return self.filter(proposal__in=Proposal.objects.own(office))

    def different(self, reverified: Iterable[str] = ()) -> Self:
        """Those who are not on the new list, each with the `reason`. `reverified`: the codes of the
        villages that have verified in time by now, whatever was found when they were checked."""
        asked = {"programme": OuterRef("programme_id"), "worker": OuterRef("worker_id")}
        new = Entry.objects.filter(**asked).order_by()
        rejected = Q(state=Entry.State.REJECTED)
        # Not joined: those who moved out of sight stay on the list.
        person = Worker.objects.filter(pk=OuterRef("worker_id")).order_by()
        gone = Entry.objects.filter(pk=OuterRef("entry_id"), gone=True).order_by()
        cases: list[Any] = [
            When(Exists(gone), then=Value(Reason.LEFT.value)),
            When(Exists(new.filter(rejected)), then=Value(Reason.REFUSED.value)),
            When(~Q(codes__contained_by=[NOT_REVERIFIED]), then=Value(Reason.UNFIT.value)),
            When(~Q(codes=[]) & ~Q(area__in=list(reverified)), then=Value(Reason.UNVERIFIED.value)),
            When(Exists(person.incomplete()), then=Value(Reason.GAP.value)),
        ]
        rows = self.filter(~Exists(new.exclude(rejected)))
        return rows.annotate(reason=Case(*cases, default=Value(Reason.MISSING.value)))


class RenewalCheck(models.Model):
    """Somebody of the last list, as they were found when they were last checked for the new one.

    `codes` are the findings against them that follow from the programme; gaps of their data and an
    end are asked anew each time, since they are kept in the person. `paid_until` is the first day
    of the last month that is known to be paid, `loss` what a gap would destroy (`rules.Loss`).
    """

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.CASCADE, related_name="renewal_check"
    )
    programme = models.ForeignKey(
        Continuation, on_delete=models.CASCADE, related_name="checks", db_index=False
    )
    # Copied from the entry, which keeps them.
    proposal = models.ForeignKey(
        Proposal, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    worker = models.ForeignKey(
        Worker, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    area = models.ForeignKey(
        Area, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    loss = models.PositiveSmallIntegerField(choices=Loss.choices)
    paid_until = models.DateField(null=True)
    months_paid = models.PositiveSmallIntegerField(default=0)
    codes = ArrayField(models.CharField(max_length=40), default=list)
    checked_at = models.DateTimeField()

    objects = RenewalCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "orang yang diperpanjang"
        verbose_name_plural = "orang yang diperpanjang"
        ordering = ["loss", "area", "entry"]
        indexes = [
            models.Index(fields=["programme", "loss", "area", "entry"], name="renewal_check_order")
        ]


@audited(
    exclude=[
        *("cursor", "started_at", "touched_at", "attempts", "last_list", "last_id", "fills"),
        *("added", "left", "kept"),
    ]
)
class Renewal(Job):
    """The lists of a wave begin as those of the one it continues (perpanjangan): a job, because it
    may be a whole regency."""

    TASK = "enrollment.renewals.tasks.renew"

    programme = models.ForeignKey(PremiumSubsidy, on_delete=models.PROTECT, related_name="renewals")
    last_list = models.UUIDField(null=True, help_text="the last list looked at")
    last_id = models.PositiveBigIntegerField(default=0, help_text="the last person of it")
    fills = models.BooleanField(default=False, help_text="whether people are put on that list")
    added = models.PositiveIntegerField(default=0, help_text="people put on lists")
    left = models.PositiveIntegerField(default=0, help_text="people who may not be proposed")
    kept = models.PositiveIntegerField(
        default=0, help_text="people who fit, of lists that the proposer has begun already"
    )
    more: bool
    """While the job runs: whether there may be more people. Not stored."""

    objects: ClassVar = JobQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "perpanjangan"
        verbose_name_plural = "perpanjangan"
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=Job.BUSY),
                name="renewal_once_at_a_time",
            )
        ]


class SelfPayTextQuerySet(ScopedQuerySet["SelfPayText"]):
    area_path = "regency_id"


@audited()
class SelfPayText(models.Model):
    """What a regency tells those whose subsidy ends: how they go on paying themselves."""

    regency = models.OneToOneField(
        Area, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField("isi surat", max_length=3000)

    objects = SelfPayTextQuerySet.as_manager()

    class Meta:
        verbose_name = "surat bayar sendiri"
        verbose_name_plural = "surat bayar sendiri"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="self_pay_text_is_there")]

    def __str__(self) -> str:
        return f"Surat bayar sendiri {self.regency_id}"
