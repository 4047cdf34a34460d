import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import pghistory.utils
from pathlib import Path
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

SQL = Path(__file__).with_name("sql")
IN_REGENCY = within("regency_id")
REST = """
CREATE TRIGGER steps_rest AFTER INSERT ON enrollment_step REFERENCING NEW TABLE AS come
FOR EACH STATEMENT EXECUTE FUNCTION steps_rest()
"""


class Migration(migrations.Migration):
    """Dates of a programme, more time for a village, and times in which nothing moves."""

    dependencies = [("enrollment", "0030_repricing"), ("villages", "0009_history_that_grows")]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Freeze",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "move",
                            models.CharField(
                                choices=[
                                    ("all", "Semua langkah"),
                                    ("submit", "Pengajuan"),
                                    ("verify", "Verifikasi"),
                                    ("approve", "Persetujuan"),
                                    ("issue", "Penerbitan keputusan"),
                                ],
                                max_length=10,
                                verbose_name="yang berhenti",
                            ),
                        ),
                        ("first", models.DateField(verbose_name="mulai")),
                        ("last", models.DateField(verbose_name="sampai")),
                        ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                        (
                            "regency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first"))),
                                name="freeze_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="freeze_has_a_reason",
                            ),
                        ],
                        "verbose_name": "masa beku",
                        "verbose_name_plural": "masa beku",
                        "ordering": ["-last", "-first", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FreezeEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "move",
                            models.CharField(
                                choices=[
                                    ("all", "Semua langkah"),
                                    ("submit", "Pengajuan"),
                                    ("verify", "Verifikasi"),
                                    ("approve", "Persetujuan"),
                                    ("issue", "Penerbitan keputusan"),
                                ],
                                max_length=10,
                                verbose_name="yang berhenti",
                            ),
                        ),
                        ("first", models.DateField(verbose_name="mulai")),
                        ("last", models.DateField(verbose_name="sampai")),
                        ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="enrollment.freeze",
                            ),
                        ),
                        (
                            "regency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Schedule",
                    fields=[
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                serialize=False,
                                to="enrollment.premiumsubsidy",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "submit_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="pengajuan dibuka"
                            ),
                        ),
                        (
                            "submit_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="paling lambat diajukan"
                            ),
                        ),
                        (
                            "verify_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="paling lambat diverifikasi"
                            ),
                        ),
                        (
                            "approve_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="paling lambat disetujui"
                            ),
                        ),
                        (
                            "regency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("submit_from__isnull", True),
                                        ("submit_until__isnull", True),
                                        ("submit_until__gte", models.F("submit_from")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("submit_until__isnull", True),
                                        ("verify_until__isnull", True),
                                        ("verify_until__gte", models.F("submit_until")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("verify_until__isnull", True),
                                        ("approve_until__isnull", True),
                                        ("approve_until__gte", models.F("verify_until")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("submit_until__isnull", True),
                                        ("approve_until__isnull", True),
                                        ("approve_until__gte", models.F("submit_until")),
                                        _connector="OR",
                                    ),
                                ),
                                name="schedule_in_order",
                            )
                        ],
                        "verbose_name": "jadwal",
                        "verbose_name_plural": "jadwal",
                    },
                ),
                migrations.CreateModel(
                    name="ScheduleEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        (
                            "submit_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="pengajuan dibuka"
                            ),
                        ),
                        (
                            "submit_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="paling lambat diajukan"
                            ),
                        ),
                        (
                            "verify_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="paling lambat diverifikasi"
                            ),
                        ),
                        (
                            "approve_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="paling lambat disetujui"
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="enrollment.schedule",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="enrollment.premiumsubsidy",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "regency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("until", models.DateField(verbose_name="sampai")),
                        ("reason", models.CharField(max_length=300, verbose_name="alasan")),
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
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.office",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enrollment.premiumsubsidy",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tambahan waktu",
                        "verbose_name_plural": "tambahan waktu",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="extension_has_a_reason",
                            )
                        ],
                    },
                ),
            ]
        ),
        AddTriggers(
            {
                "freeze": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_freezeevent" ("first", "id", "last", "move", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "regency_id") SELECT new_values."first", new_values."id", new_values."last", new_values."move", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."regency_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e25703ef3e1b4aefbe7d215caa94eae08c9c07da",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8c532",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_freeze",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_freezeevent" ("first", "id", "last", "move", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "regency_id") SELECT new_values."first", new_values."id", new_values."last", new_values."move", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."regency_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ac3a522c176e91b32d8154b3978d40857e27fc28",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f2c1b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_freeze",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_freezeevent" ("first", "id", "last", "move", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "regency_id") SELECT old_values."first", old_values."id", old_values."last", old_values."move", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."regency_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c62a4eae2766dcbd9c934688c490c287e5f3da63",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_43da4",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_freeze",
                            when="AFTER",
                        ),
                    ),
                ],
                "schedule": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_scheduleevent" ("approve_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "submit_from", "submit_until", "verify_until") SELECT new_values."approve_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."programme_id", new_values."programme_id", new_values."regency_id", new_values."submit_from", new_values."submit_until", new_values."verify_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="54db7067ad33aa0ced5a86b5044865fc438f966d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_39abd",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_schedule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_scheduleevent" ("approve_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "submit_from", "submit_until", "verify_until") SELECT new_values."approve_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."programme_id", new_values."programme_id", new_values."regency_id", new_values."submit_from", new_values."submit_until", new_values."verify_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."programme_id") = (new_values."programme_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7341e896576cd07ecf8a73a37333587aa8ad03f8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f5ca7",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_schedule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_scheduleevent" ("approve_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "submit_from", "submit_until", "verify_until") SELECT old_values."approve_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."programme_id", old_values."programme_id", old_values."regency_id", old_values."submit_from", old_values."submit_until", old_values."verify_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8cefd610419ffe953375067cd7980de62d51f4f7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_df816",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_schedule",
                            when="AFTER",
                        ),
                    ),
                ],
            }
        ),
        RowSecurity("enrollment_schedule", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_extension", within("area_id"), append_only=True),
        RowSecurity("enrollment_freeze", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_scheduleevent", IN_REGENCY, check="true", append_only=True),
        RowSecurity("enrollment_freezeevent", IN_REGENCY, check="true", append_only=True),
        Function(SQL / "steps_rest.v1.sql"),
        migrations.RunSQL(REST, "DROP TRIGGER steps_rest ON enrollment_step"),
    ]
