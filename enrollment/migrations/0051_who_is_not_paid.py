from pathlib import Path

from django.db import migrations, models

from villages.migrations.operations.functions import Function

REASON = models.CharField(
    "alasan",
    max_length=10,
    choices=[
        ("died", "Meninggal"),
        ("moved", "Pindah dari sini"),
        ("formal", "Bekerja di perusahaan"),
        ("double", "Terdaftar ganda"),
        ("too_old", "Terlalu tua"),
        ("withdrew", "Mengundurkan diri"),
        ("refused", "Ditolak BPJS"),
        ("not_paid", "Tidak dibayar keputusan"),
    ],
)


class Migration(migrations.Migration):
    """Whoever a signed decree names and does not pay, since they had gone, is seen after they have
    come back."""

    dependencies = [
        ("enrollment", "0050_signed_annex_proved"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Function(Path(__file__).with_name("sql") / "mark_gone.v2.sql"),
        migrations.AlterField("leaving", "reason", REASON),
        migrations.AlterField("leavingevent", "reason", REASON),
    ]
