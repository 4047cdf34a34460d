import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import Together

BOTH = " AND ".join(
    f"EXISTS (SELECT FROM enrollment_worker person WHERE person.id = {column})"
    for column in ("first_id", "second_id")
)
"""SQL: whoever sees both people sees that they were told apart."""


class Migration(migrations.Migration):
    """Who was told apart from whom; which returned people are repaired."""

    dependencies = [
        ("enrollment", "0027_a_decision_takes_the_whole_person"),
        ("villages", "0009_history_that_grows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ToldApart",
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
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "first",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="enrollment.worker",
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
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="enrollment.worker",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("first", "second"), name="told_apart_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="told_apart_in_order",
                            ),
                        ],
                        "verbose_name": "orang yang dibedakan",
                        "verbose_name_plural": "orang yang dibedakan",
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="entry",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="entry",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="entry",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="entry",
                    name="repaired_at",
                    field=models.DateTimeField(
                        help_text="the proposer has repaired what it was returned for", null=True
                    ),
                ),
                migrations.AddField(
                    model_name="entryevent",
                    name="repaired_at",
                    field=models.DateTimeField(
                        help_text="the proposer has repaired what it was returned for", null=True
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT new_values."approved_by_id", new_values."area_id", new_values."changed_at", new_values."cost", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."proposal_id", new_values."public_id", new_values."rank", new_values."reason", new_values."repaired_at", new_values."state", new_values."submitted_by_id", new_values."verified_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3cc01ff55d638ae448779c45f4d834a9c7853a53",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_052d2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_entry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT new_values."approved_by_id", new_values."area_id", new_values."changed_at", new_values."cost", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."proposal_id", new_values."public_id", new_values."rank", new_values."reason", new_values."repaired_at", new_values."state", new_values."submitted_by_id", new_values."verified_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."area_id" IS DISTINCT FROM (new_values."area_id") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."cost" IS DISTINCT FROM (new_values."cost") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."proposal_id" IS DISTINCT FROM (new_values."proposal_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."rank" IS DISTINCT FROM (new_values."rank") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."repaired_at" IS DISTINCT FROM (new_values."repaired_at") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."submitted_by_id" IS DISTINCT FROM (new_values."submitted_by_id") OR old_values."verified_by_id" IS DISTINCT FROM (new_values."verified_by_id") OR old_values."worker_id" IS DISTINCT FROM (new_values."worker_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="69c564004fb5ffa4805d6608bda73db368613bd9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a998c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_entry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT old_values."approved_by_id", old_values."area_id", old_values."changed_at", old_values."cost", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."proposal_id", old_values."public_id", old_values."rank", old_values."reason", old_values."repaired_at", old_values."state", old_values."submitted_by_id", old_values."verified_by_id", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5fcfbd7770e3e5038f51b8465aff75aeb15e8317",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d44da",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_entry",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "returned"), ("repaired_at__isnull", True), _connector="OR"
                        ),
                        name="entry_repaired_is_returned",
                    ),
                ),
            ]
        ),
        RowSecurity("enrollment_toldapart", BOTH),
    ]
