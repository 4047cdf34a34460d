import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from villages.migrations.operations.rowbounds import of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity


class Migration(migrations.Migration):
    """BPJS says that it has registered the people of a decree, or takes that back."""

    dependencies = [
        ("enrollment", "0024_how_a_list_is_read"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done", models.BooleanField()),
                ("on", models.DateField(null=True, verbose_name="tanggal didaftarkan")),
                ("name", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="enrollment.decree",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "pendaftaran BPJS",
                "verbose_name_plural": "pendaftaran BPJS",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done", False), ("on__isnull", False), _connector="OR"),
                        name="registration_has_a_day",
                    )
                ],
            },
        ),
        RowSecurity(
            "enrollment_registration",
            within("area_id"),
            read=of_regency("area_id"),
            append_only=True,
        ),
    ]
