"""What a programme asks of new members about their work."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from enrollment.programmes.models import PremiumSubsidy
from enrollment.statements.rules import LONGEST_AGE, Demand, Weight
from villages.audit import audited
from villages.models import Area, ScopedQuerySet

__all__ = ["StatementRule"]


class StatementRuleQuerySet(ScopedQuerySet["StatementRule"]):
    area_path = "regency_id"


@audited()
class StatementRule(models.Model):
    """What a wave asks of new members about their work (pernyataan masih bekerja). A wave without a
    row warns: a careful Dinas sees what is missing, and no list made before is stopped by it."""

    programme = models.OneToOneField(
        PremiumSubsidy, primary_key=True, on_delete=models.CASCADE, verbose_name="program"
    )
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    weight = models.CharField(
        "bila pernyataannya belum ada", max_length=12, choices=Weight.choices,
        default=Weight.WARNING,
    )  # fmt: skip
    months = models.PositiveSmallIntegerField(
        "berlaku berapa bulan", default=LONGEST_AGE,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )  # fmt: skip

    objects = StatementRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan pernyataan"
        verbose_name_plural = "aturan pernyataan"
        constraints = [
            models.CheckConstraint(
                condition=Q(months__range=(1, 60)), name="statement_rule_months"
            ),
            models.CheckConstraint(
                condition=Q(weight__in=Weight.values), name="statement_rule_weight"
            ),
        ]

    def __str__(self) -> str:
        return f"Pernyataan {self.programme}"

    @property
    def demand(self) -> Demand:
        return Demand(Weight(self.weight), self.months)
