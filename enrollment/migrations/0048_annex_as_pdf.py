"""Annexes of decrees as PDF; a table about people, with which the DPMD has nothing to do."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from villages.migrations.operations.alterpolicy import Restrict
from villages.migrations.operations.rowbounds import of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity

DPMD = "current_setting('portal.agency', true) IS NOT DISTINCT FROM 'dpmd'"
"""SQL: the DPMD asks."""


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0047_reverification"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnexPdf",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Menunggu giliran"),
                            ("running", "Sedang diproses"),
                            ("waiting", "Menunggu keputusan Anda"),
                            ("held", "Menunggu Dinas"),
                            ("done", "Selesai"),
                            ("refused", "Tidak dapat diproses"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("cursor", models.PositiveIntegerField(default=0, help_text="rows done")),
                (
                    "total",
                    models.PositiveIntegerField(help_text="rows in all, once known", null=True),
                ),
                (
                    "message",
                    models.TextField(blank=True, help_text="why it was refused, for the user"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "started_at",
                    models.DateTimeField(
                        help_text="when a worker first went on with the present phase", null=True
                    ),
                ),
                ("touched_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="since something last moved"
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        choices=[
                            ("full", "Lampiran lengkap"),
                            ("masked", "Lampiran untuk diumumkan"),
                        ],
                        max_length=10,
                        verbose_name="isi",
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("f4-across", "F4 mendatar"),
                            ("f4-upright", "F4 tegak"),
                            ("a4-across", "A4 mendatar"),
                            ("a4-upright", "A4 tegak"),
                        ],
                        max_length=12,
                        verbose_name="kertas",
                    ),
                ),
                (
                    "signing",
                    models.CharField(
                        choices=[
                            ("ink", "Tanda tangan basah"),
                            ("placeholders", "TTE Srikandi (${ttd_pengirim})"),
                            ("tag", "TTE BSrE (penanda #)"),
                        ],
                        max_length=12,
                        verbose_name="tanda tangan",
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to="annexes")),
                ("sha256", models.CharField(blank=True, help_text="of the file", max_length=64)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pdfs",
                        to="enrollment.decree",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "lampiran PDF",
                "verbose_name_plural": "lampiran PDF",
                "ordering": ["created_at", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decree", "version", "paper", "signing"), name="annex_pdf_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                models.Q(("file", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="annex_pdf_done_has_its_file",
                    ),
                ],
            },
        ),
        RowSecurity("enrollment_annexpdf", within("area_id"), read=of_regency("area_id")),
        Restrict("enrollment_annexpdf", "not_by_dpmd", f"NOT ({DPMD})"),
    ]
