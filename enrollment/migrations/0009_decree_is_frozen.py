import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import enrollment.decrees.models
from enrollment.decrees import freezing
from villages.rowsecurity import RowSecurity, of_regency, within


class Migration(migrations.Migration):
    """Files of the annex, and the promise that an issued decree stays as it is."""

    dependencies = [
        ("enrollment", "0008_decreed_stays_approved"),
        ("villages", "0003_history_carries_its_context"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecreeAnnex",
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
                        choices=[("full", "Lengkap"), ("masked", "Tersamar, untuk diumumkan")],
                        max_length=10,
                    ),
                ),
                (
                    "file",
                    models.FileField(blank=True, upload_to=enrollment.decrees.models.private_name),
                ),
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
                        related_name="annexes",
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
                "verbose_name": "berkas lampiran",
                "verbose_name_plural": "berkas lampiran",
                "ordering": ["decree", "version"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("decree", "version"), name="decree_annex_once")
                ],
            },
        ),
        RowSecurity("enrollment_decreeannex", within("area_id"), read=of_regency("area_id")),
        freezing.decrees(),
        freezing.decree_entries(),
        freezing.approvals(),
    ]
