"""The people of a decree on their way into BPJS: what all files say of them, and the files."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from enrollment.decrees.models import Decree
from enrollment.jobs.models import Job, JobQuerySet
from enrollment.matching.models import Batch
from enrollment.matching.rules import Kind
from enrollment.programmes.models import PremiumSubsidy
from villages.audit import audited
from villages.models import Area, Office, ScopedQuerySet

__all__ = ["FileDefaults", "Registering"]


class FileDefaultsQuerySet(ScopedQuerySet["FileDefaults"]):
    area_path = "regency_id"


@audited()
class FileDefaults(models.Model):
    """What the files for BPJS say of everybody in a programme alike (isian berkas BPJS): the portal
    knows it of nobody. Under which wadah they are registered is known of the programme's `Payer`.
    """

    class Married(models.TextChoices):
        UNKNOWN = "", "Tidak diisi otomatis"
        YES = "Y", "Y · kawin"
        NO = "T", "T · tidak kawin"

    programme = models.OneToOneField(
        PremiumSubsidy, primary_key=True, on_delete=models.CASCADE, verbose_name="program"
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    place_of_work = models.CharField("kode lokasi pekerjaan", max_length=20)
    employment = models.CharField("status pegawai", max_length=20)
    married = models.CharField(
        "status kawin", max_length=1, choices=Married.choices, blank=True,
    )  # fmt: skip

    objects = FileDefaultsQuerySet.as_manager()

    class Meta:
        verbose_name = "isian berkas BPJS"
        verbose_name_plural = "isian berkas BPJS"

    def __str__(self) -> str:
        return f"Isian berkas BPJS {self.programme}"


class RegisteringQuerySet(JobQuerySet["Registering"]):
    def visible_to(self, office: Office) -> Self:
        """Whoever may see the decree."""
        return self.filter(decree__in=Decree.objects.visible_to(office))


class Registering(Job):
    """A file for BPJS about the people of an issued decree, made line by line: `cursor` counts
    people who were looked at, up to the row `last` of the decree (pembuatan berkas BPJS)."""

    TASK = "enrollment.registrations.tasks.register"

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="registering")
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="registering")
    last = models.BigIntegerField(default=0)

    objects: ClassVar = RegisteringQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = "pembuatan berkas BPJS"
        verbose_name_plural = "pembuatan berkas BPJS"
        constraints = [
            models.UniqueConstraint(
                fields=["decree"], condition=Q(state__in=Job.BUSY), name="registering_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.batch)

    @property
    def kind(self) -> Kind:
        return self.batch.kind
