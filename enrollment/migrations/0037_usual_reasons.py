from pathlib import Path

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.rowbounds import HIGH, of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.seeds import Seed

REASONS = Path(__file__).with_name("seeds") / "usual_reasons.v1.json"
OF_THE_PLATFORM = "regency_id IS NULL"
# Every regency reads those of the platform; only the platform, which sees the country, writes them.
KEPT_BY = f"({within('regency_id')} OR ({OF_THE_PLATFORM} AND {HIGH} = '~'))"


class Migration(migrations.Migration):
    """The reasons that are often given when people are returned or rejected."""

    dependencies = [
        ("enrollment", "0036_still_works_and_positions"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        migrations.CreateModel(
            name="UsualReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb_name", models.CharField(max_length=10, verbose_name="untuk")),
                ("text", models.CharField(max_length=200, verbose_name="alasan")),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="urutan")),
                (
                    "regency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
            ],
            options={
                "verbose_name": "alasan yang sering dipakai",
                "verbose_name_plural": "alasan yang sering dipakai",
                "ordering": ["verb_name", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="UsualReasonEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("verb_name", models.CharField(max_length=10, verbose_name="untuk")),
                ("text", models.CharField(max_length=200, verbose_name="alasan")),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="urutan")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.usualreason",
                    ),
                ),
                (
                    "regency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
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
        migrations.AddConstraint(
            model_name="usualreason",
            constraint=models.UniqueConstraint(
                fields=("regency", "verb_name", "text"),
                name="usual_reason_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="usualreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="usual_reason_says_something"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="usualreason",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_usualreasonevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "regency_id", "text", "verb_name") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."regency_id", new_values."text", new_values."verb_name" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b1ae0ff3d5ba31f9dbbbeb13b688b2dcef1d397d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_17d84",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_usualreason",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="usualreason",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_usualreasonevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "regency_id", "text", "verb_name") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."regency_id", new_values."text", new_values."verb_name" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="017a7ee352d1a66d72e09ee47ab7abceb2604b5d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fae83",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_usualreason",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="usualreason",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_usualreasonevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "regency_id", "text", "verb_name") SELECT old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."regency_id", old_values."text", old_values."verb_name" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="73751f8e16b82d68f08e7b941eb92c27eb92a5b6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_82268",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_usualreason",
                    when="AFTER",
                ),
            ),
        ),
        Seed("enrollment_usualreason", REASONS),  # as the owner, before policies hold for it too
        RowSecurity(
            "enrollment_usualreason",
            KEPT_BY,
            read=f"({OF_THE_PLATFORM} OR {of_regency('regency_id')})",
        ),
        RowSecurity("enrollment_usualreasonevent", KEPT_BY, check="true", append_only=True),
    ]
