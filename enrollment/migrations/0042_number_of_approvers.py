"""How many have to approve, by bands of money that the regency sets; signatures before the last."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from pathlib import Path

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import AGENCY, of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

SQL = Path(__file__).with_name("sql")
IN_AREA = within("area_id")
IN_REGENCY = within("regency_id")
SEEN = (
    f"{IN_AREA} AND ({AGENCY} = '' OR "
    "EXISTS (SELECT FROM enrollment_entry e WHERE e.id = entry_id))"
)
"""SQL: an agency sees the signatures of those whom it sees on lists."""


def after(name, table, event, given):
    """A trigger that asks the function of its name once a statement."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table} REFERENCING {given} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        f"DROP TRIGGER {name}_{event.lower()} ON {table}",
    )


NEW, OLD = "NEW TABLE AS come", "OLD TABLE AS went"


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0041_routes_and_signatures"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="entry",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("checking", "Diperiksa kecamatan/DPMD"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("cosigned", "Disetujui sebagian"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="entrycount",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("checking", "Diperiksa kecamatan/DPMD"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("cosigned", "Disetujui sebagian"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="entryevent",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("checking", "Diperiksa kecamatan/DPMD"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("cosigned", "Disetujui sebagian"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="step",
                    name="from_state",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draf"),
                            ("checking", "Diperiksa kecamatan/DPMD"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("cosigned", "Disetujui sebagian"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="step",
                    name="to_state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("checking", "Diperiksa kecamatan/DPMD"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("cosigned", "Disetujui sebagian"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        max_length=10,
                    ),
                ),
            ]
        ),
        Together(
            [
                migrations.CreateModel(
                    name="ApprovalBand",
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
                        ("amount_from", models.PositiveBigIntegerField(verbose_name="mulai pagu")),
                        (
                            "approvers",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="jumlah penyetuju",
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
                        "verbose_name": "jenjang persetujuan",
                        "verbose_name_plural": "jenjang persetujuan",
                        "ordering": ["amount_from"],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalBandEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("amount_from", models.PositiveBigIntegerField(verbose_name="mulai pagu")),
                        (
                            "approvers",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="jumlah penyetuju",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="enrollment.approvalband",
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
                    name="Cosignature",
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
                            "entry",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cosignatures",
                                to="enrollment.entry",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "persetujuan sebagian",
                        "verbose_name_plural": "persetujuan sebagian",
                        "ordering": ["at", "pk"],
                    },
                ),
            ]
        ),
        migrations.AddConstraint(
            model_name="approvalband",
            constraint=models.UniqueConstraint(
                fields=("regency", "amount_from"),
                name="approval_band_once",
                violation_error_message="Pagu ini sudah ada di jenjang. Hapus yang lama.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalband",
            constraint=models.CheckConstraint(
                condition=models.Q(("approvers__range", (1, 5))), name="approval_band_approvers"
            ),
        ),
        AddTriggers(
            {
                "approvalband": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_approvalbandevent" ("amount_from", "approvers", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id") SELECT new_values."amount_from", new_values."approvers", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."regency_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="98ebbb19efc491f3885a17143d13180440545751",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_da202",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_approvalband",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_approvalbandevent" ("amount_from", "approvers", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id") SELECT new_values."amount_from", new_values."approvers", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."regency_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="05677f8f42f1d48063a52e96c1e1530789cbef1a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e96f5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_approvalband",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_approvalbandevent" ("amount_from", "approvers", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id") SELECT old_values."amount_from", old_values."approvers", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."regency_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5ee12493ebfe38893bb844c76afcbe5fbc2a1f66",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7dc3b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_approvalband",
                            when="AFTER",
                        ),
                    ),
                ],
            }
        ),
        migrations.AddConstraint(
            model_name="cosignature",
            constraint=models.UniqueConstraint(
                fields=("entry", "user"), name="cosignature_once_a_person"
            ),
        ),
        RowSecurity("enrollment_approvalband", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_approvalbandevent", IN_REGENCY, check="true", append_only=True),
        RowSecurity("enrollment_cosignature", SEEN, append_only=True),
        migrations.RunSQL(
            f"CREATE POLICY removing ON enrollment_cosignature FOR DELETE USING {IN_AREA}",
            "DROP POLICY removing ON enrollment_cosignature",
        ),
        Function(SQL / "family_before.v4.sql"),
        Function(SQL / "approvers_needed.v1.sql"),
        Function(SQL / "cosigner_is_not_maker.v1.sql"),
        Function(SQL / "cosignature_stays.v1.sql"),
        Function(SQL / "entry_approved_by_enough.v1.sql"),
        after("cosigner_is_not_maker", "enrollment_cosignature", "INSERT", NEW),
        after("cosignature_stays", "enrollment_cosignature", "DELETE", OLD),
        after("entry_approved_by_enough", "enrollment_entry", "INSERT", NEW),
        after("entry_approved_by_enough", "enrollment_entry", "UPDATE", f"{OLD} {NEW}"),
    ]
