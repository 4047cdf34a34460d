"""Whether somebody is too ill to work: asked once, read by the verifier of the regency alone.

It is data about health (UU 27/2022, article 4), so it lies apart from the person: in no history,
no export, no finding that is stored. The database lets only the role of a verifier read it; who
answers can answer again, and cannot see what was said.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from enrollment.illness.rules import QUESTION
from villages import areas
from villages.audit import audited
from villages.models import Area, ScopedQuerySet

__all__ = ["IllnessAnswer", "IllnessQuestion", "StagedIllness"]


class IllnessQuestionQuerySet(ScopedQuerySet["IllnessQuestion"]):
    area_path = "regency_id"

    def of(self, area_code: str) -> IllnessQuestion:
        """The question of the regency in which an area lies, else the usual one, not stored."""
        found = self.filter(pk=areas.at_level(area_code, areas.REGENCY)).first()
        return found or IllnessQuestion()


@audited()
class IllnessQuestion(models.Model):
    """How a regency asks whether somebody is too ill to work (pertanyaan sakit)."""

    regency = models.OneToOneField(
        Area, primary_key=True, on_delete=models.PROTECT, verbose_name="kabupaten"
    )
    text = models.CharField("pertanyaannya", max_length=150, default=QUESTION)

    objects = IllnessQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "pertanyaan sakit"
        verbose_name_plural = "pertanyaan sakit"
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="illness_question_asks")
        ]

    def __str__(self) -> str:
        return self.text


class IllnessAnswer(models.Model):
    """The last answer about a person. It goes with the person, by a key of the database: whoever
    deletes the person may not see it. `brought_by`: the import through which it came."""

    worker = models.OneToOneField(
        "enrollment.Worker", primary_key=True, on_delete=models.DO_NOTHING, related_name="+",
        db_constraint=False,
    )  # fmt: skip
    ill = models.BooleanField("sakit berat")
    answered_at = models.DateTimeField(default=timezone.now, db_default=Now())
    brought_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = "jawaban sakit"
        verbose_name_plural = "jawaban sakit"

    def __str__(self) -> str:
        return "jawaban"


class StagedIllness(models.Model):
    """An answer in a list that has not been taken yet, beside its row and not in it: nobody reads
    it. It goes when the row does."""

    job = models.ForeignKey(
        "enrollment.Import", on_delete=models.DO_NOTHING, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    position = models.PositiveIntegerField()
    ill = models.BooleanField()

    class Meta:
        verbose_name = "jawaban sakit di daftar"
        verbose_name_plural = "jawaban sakit di daftar"
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="staged_illness_once")
        ]

    def __str__(self) -> str:
        return "jawaban"
