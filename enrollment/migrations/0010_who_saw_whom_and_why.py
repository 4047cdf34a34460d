from pathlib import Path

from django.db import migrations, models

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
REASONS = [
    ("look", "melihat data lengkap"),
    ("change", "mengubah data"),
    ("duplicate", "memutuskan data ganda"),
    ("difference", "memilih isian yang berbeda"),
    ("mend", "memperbaiki baris daftar"),
    ("returned", "mengunduh baris untuk diperbaiki"),
    ("annex", "mengunduh lampiran lengkap"),
]


class Migration(migrations.Migration):
    """A disclosure says why and from where; who saw a person is found by each NIK they ever had."""

    dependencies = [("enrollment", "0009_triggers_look_at_our_tables")]

    operations = [
        migrations.AddField(
            model_name="disclosure",
            name="why",
            field=models.CharField(
                blank=True,
                choices=REASONS,
                help_text="blank: what was shown was masked",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="origin",
            field=models.CharField(blank=True, help_text="the page or command", max_length=200),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="network",
            field=models.GenericIPAddressField(help_text="the network address", null=True),
        ),
        migrations.RunSQL(
            "CREATE INDEX workerevent_nik ON enrollment_workerevent (nik)",
            "DROP INDEX workerevent_nik",
        ),
        Function(SQL / "documents_naming.v1.sql"),
        Function(SQL / "names_of_viewers.v1.sql"),
    ]
