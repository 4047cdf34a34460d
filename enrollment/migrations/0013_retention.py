from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.seeds import Seed

HERE = Path(__file__).parent
# The table has no other policy for deleting, and row security binds its owner too.
OLD_LOG_INS = """
CREATE POLICY old_log_ins ON villages_accountrecord FOR DELETE
USING (kind IN ('masuk', 'keluar') AND at < now() - interval '90 days')
"""


class Migration(migrations.Migration):
    """How long lists and records of log-ins are kept, and what was removed."""

    dependencies = [
        ("enrollment", "0012_who_is_told_that_a_nik_is_registered"),
        ("villages", "0005_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Removal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lists", "berkas dan baris daftar yang selesai"),
                            ("waiting", "daftar yang tidak pernah disimpan"),
                            ("strays", "berkas tanpa daftar"),
                            ("log_ins", "catatan masuk dan keluar"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="dihapus pada"
                    ),
                ),
                ("before", models.DateTimeField(verbose_name="yang lebih lama daripada")),
                ("removed", models.PositiveIntegerField(verbose_name="banyaknya")),
            ],
            options={
                "verbose_name": "penghapusan data lama",
                "verbose_name_plural": "penghapusan data lama",
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="RetentionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lists", "berkas dan baris daftar yang selesai"),
                            ("waiting", "daftar yang tidak pernah disimpan"),
                            ("strays", "berkas tanpa daftar"),
                            ("log_ins", "catatan masuk dan keluar"),
                        ],
                        max_length=10,
                        serialize=False,
                        verbose_name="jenis",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="disimpan (hari)")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterField(
            model_name="import",
            name="phase",
            field=models.CharField(
                choices=[
                    ("read", "Membaca dan memeriksa"),
                    ("match", "Mencocokkan kolom"),
                    ("check", "Memeriksa"),
                    ("preview", "Siap ditinjau"),
                    ("take", "Menyimpan"),
                    ("mended", "Menyimpan yang diperbaiki"),
                    ("taken", "Tersimpan"),
                    ("undo", "Membatalkan"),
                    ("discard", "Membuang"),
                    ("discarded", "Dibuang"),
                    ("undone", "Dibatalkan"),
                    ("expired", "Isinya sudah dihapus"),
                ],
                default="read",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="importevent",
            name="phase",
            field=models.CharField(
                choices=[
                    ("read", "Membaca dan memeriksa"),
                    ("match", "Mencocokkan kolom"),
                    ("check", "Memeriksa"),
                    ("preview", "Siap ditinjau"),
                    ("take", "Menyimpan"),
                    ("mended", "Menyimpan yang diperbaiki"),
                    ("taken", "Tersimpan"),
                    ("undo", "Membatalkan"),
                    ("discard", "Membuang"),
                    ("discarded", "Dibuang"),
                    ("undone", "Dibatalkan"),
                    ("expired", "Isinya sudah dihapus"),
                ],
                default="read",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Retention",
            fields=[
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lists", "berkas dan baris daftar yang selesai"),
                            ("waiting", "daftar yang tidak pernah disimpan"),
                            ("strays", "berkas tanpa daftar"),
                            ("log_ins", "catatan masuk dan keluar"),
                        ],
                        max_length=10,
                        primary_key=True,
                        serialize=False,
                        verbose_name="jenis",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="disimpan (hari)")),
            ],
            options={
                "verbose_name": "lama penyimpanan",
                "verbose_name_plural": "lama penyimpanan",
                "ordering": ["kind"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("days__gte", 30), ("kind", "lists")),
                            models.Q(("days__gte", 7), ("kind", "waiting")),
                            models.Q(("days__gte", 1), ("kind", "strays")),
                            models.Q(("days__gte", 90), ("kind", "log_ins")),
                            _connector="OR",
                        ),
                        name="retention_long_enough",
                        violation_error_message="Terlalu singkat. Paling sedikit: 30 hari untuk berkas dan baris daftar yang selesai, 7 hari untuk daftar yang tidak pernah disimpan, 1 hari untuk berkas tanpa daftar, 90 hari untuk catatan masuk dan keluar.",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retention",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_retentionevent" ("days", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."days", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."kind" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="61bdfa790df697b1882b2d3057a3ac88aa33fe82",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_59139",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_retention",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retention",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_retentionevent" ("days", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."days", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."kind" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."kind") = (new_values."kind") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4c82fe5f1c652624f46327402df3f3c113cdb137",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_810e6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_retention",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retention",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_retentionevent" ("days", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."days", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."kind" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="82797ed6fd966889d3b94f8257b7183940ec2b53",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5f489",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_retention",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="retentionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="enrollment.retention",
            ),
        ),
        migrations.RunSQL(OLD_LOG_INS, "DROP POLICY old_log_ins ON villages_accountrecord"),
        Function(HERE / "sql" / "forget_log_ins.v1.sql"),
        Seed("enrollment_retention", HERE / "seeds" / "retention.v1.json"),
    ]
