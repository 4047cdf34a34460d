from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.together import Together

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """A freeze that is ended keeps the days that it had been given."""

    dependencies = [("enrollment", "0034_waiting_order")]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="freeze",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="freeze",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="freeze",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="freeze",
                    name="lifted_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="diakhiri"),
                ),
                migrations.AddField(
                    model_name="freezeevent",
                    name="lifted_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="diakhiri"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="freeze",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_freezeevent" ("first", "id", "last", "lifted_at", "move", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "regency_id") SELECT new_values."first", new_values."id", new_values."last", new_values."lifted_at", new_values."move", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."reason", new_values."regency_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="30fd4b5009024458137e1181a85bd866d6ad4008",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8c532",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_freeze",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="freeze",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_freezeevent" ("first", "id", "last", "lifted_at", "move", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "regency_id") SELECT new_values."first", new_values."id", new_values."last", new_values."lifted_at", new_values."move", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."reason", new_values."regency_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8b4bdbf96cc76e275d996eb4fae7731d91108fbe",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f2c1b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_freeze",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="freeze",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_freezeevent" ("first", "id", "last", "lifted_at", "move", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "regency_id") SELECT old_values."first", old_values."id", old_values."last", old_values."lifted_at", old_values."move", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."regency_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d3ce29da5e8c51e4de24da256290d4ea1c5685f9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_43da4",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_freeze",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        Function(SQL / "steps_rest.v2.sql"),
    ]
