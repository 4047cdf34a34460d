import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import of_own_parents, of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

SQL = Path(__file__).with_name("sql")
IN_REGENCY, IN_AREA = within("regency_id"), within("area_id")
OWN_LISTS = f"{IN_AREA} AND {of_own_parents('proposal_id', 'enrollment_proposal')}"
FOLLOWS = """
CREATE TRIGGER continuation_follows AFTER INSERT OR UPDATE ON enrollment_continuation
FOR EACH ROW EXECUTE FUNCTION continuation_follows()
"""
STAYS = """
CREATE TRIGGER continuation_stays AFTER UPDATE OF regency_id, first_month, months
ON enrollment_premiumsubsidy FOR EACH ROW EXECUTE FUNCTION continuation_stays()
"""


class Migration(migrations.Migration):
    """Which wave continues which, and the people of the last list as they were checked for the new one."""

    dependencies = [
        ("enrollment", "0038_papers_of_a_list"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Continuation",
                    fields=[
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="continuation",
                                serialize=False,
                                to="enrollment.premiumsubsidy",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "previous",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successor",
                                to="enrollment.premiumsubsidy",
                                verbose_name="lanjutan dari",
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
                        "verbose_name": "lanjutan program",
                        "verbose_name_plural": "lanjutan program",
                    },
                ),
                migrations.CreateModel(
                    name="ContinuationEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="enrollment.continuation",
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="enrollment.premiumsubsidy",
                                verbose_name="lanjutan dari",
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
                    options={"abstract": False},
                ),
                migrations.CreateModel(
                    name="Renewal",
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
                            "last_list",
                            models.UUIDField(help_text="the last list looked at", null=True),
                        ),
                        (
                            "last_id",
                            models.PositiveBigIntegerField(
                                default=0, help_text="the last person of it"
                            ),
                        ),
                        (
                            "fills",
                            models.BooleanField(
                                default=False, help_text="whether people are put on that list"
                            ),
                        ),
                        (
                            "added",
                            models.PositiveIntegerField(default=0, help_text="people put on lists"),
                        ),
                        (
                            "left",
                            models.PositiveIntegerField(
                                default=0, help_text="people who may not be proposed"
                            ),
                        ),
                        (
                            "kept",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="people who fit, of lists that the proposer has begun already",
                            ),
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
                                related_name="renewals",
                                to="enrollment.premiumsubsidy",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "perpanjangan",
                        "verbose_name_plural": "perpanjangan",
                        "ordering": ["-created_at", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["queued", "running"])),
                                fields=("programme",),
                                name="renewal_once_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RenewalCheck",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="renewal_check",
                                serialize=False,
                                to="enrollment.entry",
                            ),
                        ),
                        (
                            "loss",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "65 tahun ke atas"),
                                    (2, "Hak beasiswa"),
                                    (3, "Tiga bulan pertama"),
                                    (4, "Lainnya"),
                                ]
                            ),
                        ),
                        ("paid_until", models.DateField(null=True)),
                        ("months_paid", models.PositiveSmallIntegerField(default=0)),
                        (
                            "codes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        ("checked_at", models.DateTimeField()),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="enrollment.continuation",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enrollment.proposal",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enrollment.worker",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "orang yang diperpanjang",
                        "verbose_name_plural": "orang yang diperpanjang",
                        "ordering": ["loss", "area", "entry"],
                        "indexes": [
                            models.Index(
                                fields=["programme", "loss", "area", "entry"],
                                name="renewal_check_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RenewalEvent",
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
                                to="enrollment.renewal",
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
                    options={"abstract": False},
                ),
                migrations.CreateModel(
                    name="SelfPayText",
                    fields=[
                        (
                            "regency",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="villages.area",
                            ),
                        ),
                        ("text", models.TextField(max_length=3000, verbose_name="isi surat")),
                    ],
                    options={
                        "verbose_name": "surat bayar sendiri",
                        "verbose_name_plural": "surat bayar sendiri",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="self_pay_text_is_there",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SelfPayTextEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("text", models.TextField(max_length=3000, verbose_name="isi surat")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="enrollment.selfpaytext",
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
                                serialize=False,
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={"abstract": False},
                ),
            ]
        ),
        AddTriggers(
            {
                "selfpaytext": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_selfpaytextevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "text") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."regency_id", new_values."regency_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="60523a593fb01658b09bb449bb925ab8d9ae608d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e1b03",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_selfpaytext",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_selfpaytextevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "text") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."regency_id", new_values."regency_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."regency_id") = (new_values."regency_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="95dcc27da5f07a6e7d18b727dbc8acdaa56bbf3d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_33f42",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_selfpaytext",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_selfpaytextevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "text") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."regency_id", old_values."regency_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f1a645b9c9df6e1d06d76bd28ca1340b8e5521d8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_38981",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_selfpaytext",
                            when="AFTER",
                        ),
                    ),
                ],
                "continuation": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_continuationevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "programme_id", "regency_id") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."programme_id", new_values."previous_id", new_values."programme_id", new_values."regency_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="dcba5f9ef6cda24eee3bb75a52cf22ab405a7882",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_18f09",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_continuation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_continuationevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "programme_id", "regency_id") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."programme_id", new_values."previous_id", new_values."programme_id", new_values."regency_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."programme_id") = (new_values."programme_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f98d076a0f81f455cb52d32cb2e797addb90fd8a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_49200",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_continuation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_continuationevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "programme_id", "regency_id") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."programme_id", old_values."previous_id", old_values."programme_id", old_values."regency_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c24519c19ff9129bff0bd2dcf72aa5e5132e4140",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9a22f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_continuation",
                            when="AFTER",
                        ),
                    ),
                ],
                "renewal": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_renewalevent" ("area_id", "created_at", "finished_at", "id", "message", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "total") SELECT new_values."area_id", new_values."created_at", new_values."finished_at", new_values."id", new_values."message", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."state", new_values."total" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="578f8860dd36d1d8b3d7a41e381e206347a51167",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_48a65",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_renewal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_renewalevent" ("area_id", "created_at", "finished_at", "id", "message", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "total") SELECT new_values."area_id", new_values."created_at", new_values."finished_at", new_values."id", new_values."message", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."state", new_values."total" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."area_id" IS DISTINCT FROM (new_values."area_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."finished_at" IS DISTINCT FROM (new_values."finished_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."message" IS DISTINCT FROM (new_values."message") OR old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."total" IS DISTINCT FROM (new_values."total")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="da5d0c7d54e61be68646cf209ef2966e69978cde",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_76f20",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_renewal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_renewalevent" ("area_id", "created_at", "finished_at", "id", "message", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "total") SELECT old_values."area_id", old_values."created_at", old_values."finished_at", old_values."id", old_values."message", old_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."state", old_values."total" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0984400047072516d9aef7667065a9a430e26b05",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a9c4d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_renewal",
                            when="AFTER",
                        ),
                    ),
                ],
            }
        ),
        RowSecurity("enrollment_continuation", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_selfpaytext", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_renewal", IN_AREA, read=of_regency("area_id")),
        RowSecurity("enrollment_renewalcheck", OWN_LISTS),
        RowSecurity("enrollment_continuationevent", IN_REGENCY, check="true", append_only=True),
        RowSecurity("enrollment_selfpaytextevent", IN_REGENCY, check="true", append_only=True),
        RowSecurity("enrollment_renewalevent", IN_AREA, check="true", append_only=True),
        Function(SQL / "continuation_follows.v1.sql"),
        Function(SQL / "continuation_stays.v1.sql"),
        migrations.RunSQL(FOLLOWS, "DROP TRIGGER continuation_follows ON enrollment_continuation"),
        migrations.RunSQL(STAYS, "DROP TRIGGER continuation_stays ON enrollment_premiumsubsidy"),
    ]
