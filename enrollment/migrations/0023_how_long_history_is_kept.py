from pathlib import Path

from django.db import migrations, models

from villages.migrations.operations.choices import NewChoices
from villages.migrations.operations.functions import Function
from villages.migrations.operations.seeds import Seed

HERE = Path(__file__).parent
KINDS = [
    ("lists", "berkas dan baris daftar yang selesai"),
    ("waiting", "daftar yang tidak pernah disimpan"),
    ("strays", "berkas tanpa daftar"),
    ("log_ins", "catatan masuk dan keluar"),
    ("history", "riwayat perubahan data orang"),
]
# The days of a kind that the constraint before this one does not know.
WITHOUT_HISTORY = "DELETE FROM enrollment_retention WHERE kind = 'history'"


def kind(model, **options):
    field = models.CharField(choices=KINDS, max_length=10, verbose_name="jenis", **options)
    return migrations.AlterField(model_name=model, name="kind", field=field)


class Migration(migrations.Migration):
    """How long the history of people is kept."""

    dependencies = [("enrollment", "0022_history_by_month")]

    operations = [
        migrations.RemoveConstraint(model_name="retention", name="retention_long_enough"),
        NewChoices(
            [
                kind("removal"),
                kind("retention", primary_key=True, serialize=False),
                kind("retentionevent", serialize=False),
            ]
        ),
        migrations.AddConstraint(
            model_name="retention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days__gte", 30), ("kind", "lists")),
                    models.Q(("days__gte", 7), ("kind", "waiting")),
                    models.Q(("days__gte", 1), ("kind", "strays")),
                    models.Q(("days__gte", 90), ("kind", "log_ins")),
                    models.Q(("days__gte", 1826), ("kind", "history")),
                    _connector="OR",
                ),
                name="retention_long_enough",
                violation_error_message="Terlalu singkat. Paling sedikit: 30 hari untuk berkas dan baris daftar yang selesai, 7 hari untuk daftar yang tidak pernah disimpan, 1 hari untuk berkas tanpa daftar, 90 hari untuk catatan masuk dan keluar, 1826 hari untuk riwayat perubahan data orang.",
            ),
        ),
        Function(HERE / "sql" / "forget_history.v1.sql"),
        Seed("enrollment_retention", HERE / "seeds" / "retention.v2.json"),
        migrations.RunSQL(migrations.RunSQL.noop, WITHOUT_HISTORY),
    ]
