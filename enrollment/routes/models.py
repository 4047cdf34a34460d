"""The way of lists to the Dinas: directly, or by the kecamatan or the DPMD."""

from __future__ import annotations

from django.db import models

from enrollment.programmes.models import PremiumSubsidy
from enrollment.routes.rules import Via
from villages.audit import audited
from villages.models import Area, ScopedQuerySet

__all__ = ["Route"]


class RouteQuerySet(ScopedQuerySet["Route"]):
    area_path = "regency_id"


@audited()
class Route(models.Model):
    """Which way the villages' lists of a wave go (jalur). Without a row all go directly.

    It may change at any time, and counts for lists that have not been handed in: a list keeps the
    way that it took (Proposal.route).
    """

    programme = models.OneToOneField(
        PremiumSubsidy, primary_key=True, on_delete=models.CASCADE, verbose_name="program"
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    desa = models.CharField("daftar desa", max_length=10, choices=Via.choices, default=Via.DIRECT)
    kelurahan = models.CharField(
        "daftar kelurahan", max_length=10, choices=Via.choices, default=Via.DIRECT
    )

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = "jalur"
        verbose_name_plural = "jalur"

    def __str__(self) -> str:
        return f"Jalur {self.programme}"
