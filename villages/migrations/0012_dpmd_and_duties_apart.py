"""The role DPMD, and roles that one person may not hold at one time."""

import django.db.models.deletion
import django.db.models.functions.comparison
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from pathlib import Path

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import HIGH, of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.seeds import Seed
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

HERE = Path(__file__).parent
APART = """
CREATE TRIGGER duties_stay_apart BEFORE INSERT OR UPDATE ON villages_office
FOR EACH ROW EXECUTE FUNCTION duties_stay_apart()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0011_one_head_at_a_time"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="office",
                    name="role",
                    field=models.CharField(
                        choices=[
                            ("operator_desa", "Operator desa"),
                            ("kepala_desa", "Kepala desa"),
                            ("kecamatan", "Kecamatan"),
                            ("dpmd", "DPMD"),
                            ("opd", "OPD pengusul"),
                            ("verifikator", "Verifikator Dinas"),
                            ("penyetuju", "Penyetuju Dinas"),
                            ("admin_kabupaten", "Admin kabupaten"),
                            ("bpjs", "BPJS Ketenagakerjaan"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=20,
                        verbose_name="peran",
                    ),
                ),
                migrations.AlterField(
                    model_name="officeevent",
                    name="role",
                    field=models.CharField(
                        choices=[
                            ("operator_desa", "Operator desa"),
                            ("kepala_desa", "Kepala desa"),
                            ("kecamatan", "Kecamatan"),
                            ("dpmd", "DPMD"),
                            ("opd", "OPD pengusul"),
                            ("verifikator", "Verifikator Dinas"),
                            ("penyetuju", "Penyetuju Dinas"),
                            ("admin_kabupaten", "Admin kabupaten"),
                            ("bpjs", "BPJS Ketenagakerjaan"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=20,
                        verbose_name="peran",
                    ),
                ),
            ]
        ),
        Together(
            [
                migrations.CreateModel(
                    name="RolePair",
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
                            "first",
                            models.CharField(
                                choices=[
                                    ("operator_desa", "Operator desa"),
                                    ("kepala_desa", "Kepala desa"),
                                    ("kecamatan", "Kecamatan"),
                                    ("dpmd", "DPMD"),
                                    ("opd", "OPD pengusul"),
                                    ("verifikator", "Verifikator Dinas"),
                                    ("penyetuju", "Penyetuju Dinas"),
                                    ("admin_kabupaten", "Admin kabupaten"),
                                    ("bpjs", "BPJS Ketenagakerjaan"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=20,
                                verbose_name="peran",
                            ),
                        ),
                        (
                            "second",
                            models.CharField(
                                choices=[
                                    ("operator_desa", "Operator desa"),
                                    ("kepala_desa", "Kepala desa"),
                                    ("kecamatan", "Kecamatan"),
                                    ("dpmd", "DPMD"),
                                    ("opd", "OPD pengusul"),
                                    ("verifikator", "Verifikator Dinas"),
                                    ("penyetuju", "Penyetuju Dinas"),
                                    ("admin_kabupaten", "Admin kabupaten"),
                                    ("bpjs", "BPJS Ketenagakerjaan"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=20,
                                verbose_name="dan peran",
                            ),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                        (
                            "regency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="kabupaten",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "jabatan yang tidak boleh dirangkap",
                        "verbose_name_plural": "jabatan yang tidak boleh dirangkap",
                        "ordering": ["first", "second", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RolePairEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "first",
                            models.CharField(
                                choices=[
                                    ("operator_desa", "Operator desa"),
                                    ("kepala_desa", "Kepala desa"),
                                    ("kecamatan", "Kecamatan"),
                                    ("dpmd", "DPMD"),
                                    ("opd", "OPD pengusul"),
                                    ("verifikator", "Verifikator Dinas"),
                                    ("penyetuju", "Penyetuju Dinas"),
                                    ("admin_kabupaten", "Admin kabupaten"),
                                    ("bpjs", "BPJS Ketenagakerjaan"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=20,
                                verbose_name="peran",
                            ),
                        ),
                        (
                            "second",
                            models.CharField(
                                choices=[
                                    ("operator_desa", "Operator desa"),
                                    ("kepala_desa", "Kepala desa"),
                                    ("kecamatan", "Kecamatan"),
                                    ("dpmd", "DPMD"),
                                    ("opd", "OPD pengusul"),
                                    ("verifikator", "Verifikator Dinas"),
                                    ("penyetuju", "Penyetuju Dinas"),
                                    ("admin_kabupaten", "Admin kabupaten"),
                                    ("bpjs", "BPJS Ketenagakerjaan"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=20,
                                verbose_name="dan peran",
                            ),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="villages.rolepair",
                            ),
                        ),
                        (
                            "regency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="kabupaten",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        migrations.AddConstraint(
            model_name="rolepair",
            constraint=models.CheckConstraint(
                condition=models.Q(("first", models.F("second")), _negated=True),
                name="role_pair_of_two",
                violation_error_message="Pilih dua peran yang berbeda.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolepair",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="role_pair_has_a_reason",
                violation_error_message="Tulis alasannya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolepair",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Least("first", "second"),
                django.db.models.functions.comparison.Greatest("first", "second"),
                django.db.models.functions.comparison.Coalesce("regency", models.Value("")),
                name="role_pair_once",
                violation_error_message="Kedua peran itu sudah ada di daftar.",
            ),
        ),
        AddTriggers(
            {
                "rolepair": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "villages_rolepairevent" ("first", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "regency_id", "second") SELECT new_values."first", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."regency_id", new_values."second" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="fd7d640e4a881f3e693d502741172e8cfe97bbda",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8af44",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="villages_rolepair",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "villages_rolepairevent" ("first", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "regency_id", "second") SELECT new_values."first", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."regency_id", new_values."second" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="de0cd17965376e9e253b5b3ac0389868a9e2f546",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_795a1",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="villages_rolepair",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "villages_rolepairevent" ("first", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "regency_id", "second") SELECT old_values."first", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."regency_id", old_values."second" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7ced217df445e583fe56c6e2ed47d76450a21789",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4dc9f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="villages_rolepair",
                            when="AFTER",
                        ),
                    ),
                ],
            }
        ),
        Seed("villages_rolepair", HERE / "seeds" / "role_pairs.v1.json"),
        RowSecurity(
            "villages_rolepair",
            f"CASE WHEN regency_id IS NULL THEN {HIGH} = '~' ELSE {within('regency_id')} END",
            read=f"regency_id IS NULL OR {of_regency('regency_id')}",
        ),
        RowSecurity(
            "villages_rolepairevent",
            f"regency_id IS NULL OR {within('regency_id')}",
            check="true",
            append_only=True,
        ),
        Function(HERE / "sql" / "duties_stay_apart.v1.sql"),
        migrations.RunSQL(APART, "DROP TRIGGER duties_stay_apart ON villages_office"),
    ]
