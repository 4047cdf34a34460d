import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import uuid
from django.db import migrations, models

from villages.migrations.operations.rowbounds import within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

IN_AREA = within("area_id")


class Migration(migrations.Migration):
    """Approved people get the prices of a tariff that has changed."""

    dependencies = [
        ("enrollment", "0029_waves_and_money_a_month"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Repricing",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
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
                            models.PositiveIntegerField(
                                help_text="rows in all, once known", null=True
                            ),
                        ),
                        (
                            "message",
                            models.TextField(
                                blank=True, help_text="why it was refused, for the user"
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "started_at",
                            models.DateTimeField(
                                help_text="when a worker first went on with the present phase",
                                null=True,
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
                            "last_id",
                            models.PositiveBigIntegerField(
                                default=0, help_text="the last person looked at"
                            ),
                        ),
                        (
                            "changed",
                            models.PositiveIntegerField(
                                default=0, help_text="people whose cost changed"
                            ),
                        ),
                        (
                            "difference",
                            models.BigIntegerField(default=0, help_text="rupiah, summed over them"),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
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
                        "verbose_name": "penyesuaian iuran",
                        "verbose_name_plural": "penyesuaian iuran",
                        "ordering": ["-created_at", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["queued", "running"])),
                                fields=("programme",),
                                name="repricing_once_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RepricingEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, editable=False, serialize=False),
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
                        (
                            "total",
                            models.PositiveIntegerField(
                                help_text="rows in all, once known", null=True
                            ),
                        ),
                        (
                            "message",
                            models.TextField(
                                blank=True, help_text="why it was refused, for the user"
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("finished_at", models.DateTimeField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.office",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="enrollment.repricing",
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
                                to="enrollment.premiumsubsidy",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        AddTriggers(
            {
                "repricing": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_repricingevent" ("area_id", "created_at", "finished_at", "id", "message", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "total") SELECT new_values."area_id", new_values."created_at", new_values."finished_at", new_values."id", new_values."message", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."state", new_values."total" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9275ed54b5743f628db0a2beb3dedf0b145eff30",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3f1d2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_repricing",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_repricingevent" ("area_id", "created_at", "finished_at", "id", "message", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "total") SELECT new_values."area_id", new_values."created_at", new_values."finished_at", new_values."id", new_values."message", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."state", new_values."total" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."area_id" IS DISTINCT FROM (new_values."area_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."finished_at" IS DISTINCT FROM (new_values."finished_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."message" IS DISTINCT FROM (new_values."message") OR old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."total" IS DISTINCT FROM (new_values."total")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b7c68242f02b478e1f9ea117d1633c3d30e90722",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_32176",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_repricing",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_repricingevent" ("area_id", "created_at", "finished_at", "id", "message", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "total") SELECT old_values."area_id", old_values."created_at", old_values."finished_at", old_values."id", old_values."message", old_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."state", old_values."total" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0fca2733cea33b29f7f015cc938d2833ff9f2652",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cbd30",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_repricing",
                            when="AFTER",
                        ),
                    ),
                ]
            }
        ),
        RowSecurity("enrollment_repricing", IN_AREA),
        RowSecurity("enrollment_repricingevent", IN_AREA, check="true", append_only=True),
    ]
