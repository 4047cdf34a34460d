"""The people of a decree on their way into BPJS: the wadah that pays for them, and their files."""

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

__all__ = ["Registering", "Wadah"]


class WadahQuerySet(ScopedQuerySet["Wadah"]):
    area_path = "regency_id"


@audited()
class Wadah(models.Model):
    """The group under which BPJS registers the people of a programme (wadah), and what its files
    say of all of them alike. Kinds: process book 908 of BPJS, p. 67."""

    class Kind(models.TextChoices):
        GOVERNMENT = "SG", "SG · pekerja rentan oleh pemerintah"
        VILLAGE_BY_VILLAGE = "SD", "SD · desa dari APBDes"
        VILLAGE_BY_REGENCY = "SA", "SA · desa dari APBD"
        VILLAGE_OTHER = "SL", "SL · desa dari dana lain"
        COMPANY = "SC", "SC · pekerja rentan oleh perusahaan"
        BANK = "SB", "SB · pekerja rentan oleh bank"

    class Married(models.TextChoices):
        UNKNOWN = "", "Tidak diisi otomatis"
        YES = "Y", "Y · kawin"
        NO = "T", "T · tidak kawin"

    programme = models.OneToOneField(
        PremiumSubsidy, primary_key=True, on_delete=models.CASCADE, verbose_name="program"
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("jenis wadah", max_length=2, choices=Kind.choices)
    number = models.CharField("nomor wadah (NPP)", max_length=20)
    name = models.CharField("nama wadah", max_length=120)
    place_of_work = models.CharField("kode lokasi pekerjaan", max_length=20)
    employment = models.CharField("status pegawai", max_length=20)
    married = models.CharField(
        "status kawin", max_length=1, choices=Married.choices, blank=True,
        help_text="untuk yang tidak diketahui",
    )  # fmt: skip

    objects = WadahQuerySet.as_manager()

    class Meta:
        verbose_name = "wadah"
        verbose_name_plural = "wadah"

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


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
