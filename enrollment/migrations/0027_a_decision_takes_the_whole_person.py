from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.columns import AddFields
from villages.migrations.operations.functions import Function
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

SQL = Path(__file__).with_name("sql")
CASE, HISTORY = "duplicatecase", "duplicatecaseevent"


def added():
    """The new columns, of a case and of its history."""
    return {
        "after": models.JSONField(
            db_default={}, default=dict, help_text="a move: the person from then on"
        ),
        "approvals_ended": models.PositiveSmallIntegerField(
            db_default=0,
            default=0,
            help_text="a move: approvals that somebody else than who decided had given",
        ),
        "approver_told_at": models.DateTimeField(null=True),
        "before": models.JSONField(
            db_default={}, default=dict, help_text="a move: the person as registered until then"
        ),
        "claimant_told_at": models.DateTimeField(null=True),
        "kept_by": models.TextField(
            blank=True,
            db_default="",
            help_text="a move: decrees that name the person and cannot be changed",
        ),
        "lists": models.JSONField(
            db_default={},
            default=dict,
            help_text="a move: ended entry → its state and waiting number until then",
        ),
    }


def decision():
    return models.CharField(
        blank=True,
        choices=[
            ("stay", "Tetap di tempat terdaftar"),
            ("move", "Pindah ke pengusul"),
            ("other", "Bukan orang yang sama"),
        ],
        max_length=10,
    )


class Migration(migrations.Migration):
    """Deciding about a duplicate takes address, family card and lists along, and can be undone."""

    dependencies = [("enrollment", "0026_people_sorted_by_letters")]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="duplicatecase",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="duplicatecase",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="duplicatecase",
                    name="delete_delete",
                ),
                AddFields(CASE, added()),
                AddFields(HISTORY, added()),
                migrations.AlterField(CASE, "decision", decision()),
                migrations.AlterField(HISTORY, "decision", decision()),
                AddTriggers(
                    {
                        CASE: [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_duplicatecaseevent" ("after", "approvals_ended", "approver_told_at", "before", "brought_by", "claimant_told_at", "claimed_agency_id", "claimed_by_id", "claimed_values", "created_at", "decided_at", "decided_by_id", "decision", "id", "kept_by", "lists", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "regency_id", "was_in_id", "worker_id") SELECT new_values."after", new_values."approvals_ended", new_values."approver_told_at", new_values."before", new_values."brought_by", new_values."claimant_told_at", new_values."claimed_agency_id", new_values."claimed_by_id", new_values."claimed_values", new_values."created_at", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."id", new_values."kept_by", new_values."lists", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."reason", new_values."regency_id", new_values."was_in_id", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                                    hash="9fb1368a49d39d4e3779cb567948794e837a0729",
                                    level="STATEMENT",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f0939",
                                    referencing="REFERENCING NEW TABLE AS new_values ",
                                    table="enrollment_duplicatecase",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_duplicatecaseevent" ("after", "approvals_ended", "approver_told_at", "before", "brought_by", "claimant_told_at", "claimed_agency_id", "claimed_by_id", "claimed_values", "created_at", "decided_at", "decided_by_id", "decision", "id", "kept_by", "lists", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "regency_id", "was_in_id", "worker_id") SELECT new_values."after", new_values."approvals_ended", new_values."approver_told_at", new_values."before", new_values."brought_by", new_values."claimant_told_at", new_values."claimed_agency_id", new_values."claimed_by_id", new_values."claimed_values", new_values."created_at", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."id", new_values."kept_by", new_values."lists", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."public_id", new_values."reason", new_values."regency_id", new_values."was_in_id", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                                    hash="897ceac4ddeb227c240da0d6e693489f36e97a62",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_11dae",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="enrollment_duplicatecase",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_duplicatecaseevent" ("after", "approvals_ended", "approver_told_at", "before", "brought_by", "claimant_told_at", "claimed_agency_id", "claimed_by_id", "claimed_values", "created_at", "decided_at", "decided_by_id", "decision", "id", "kept_by", "lists", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "regency_id", "was_in_id", "worker_id") SELECT old_values."after", old_values."approvals_ended", old_values."approver_told_at", old_values."before", old_values."brought_by", old_values."claimant_told_at", old_values."claimed_agency_id", old_values."claimed_by_id", old_values."claimed_values", old_values."created_at", old_values."decided_at", old_values."decided_by_id", old_values."decision", old_values."id", old_values."kept_by", old_values."lists", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."reason", old_values."regency_id", old_values."was_in_id", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="ce72183ddf711790c13331da6491dfb7ad1e6ace",
                                    level="STATEMENT",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7b00a",
                                    referencing="REFERENCING OLD TABLE AS old_values ",
                                    table="enrollment_duplicatecase",
                                    when="AFTER",
                                ),
                            ),
                        ]
                    }
                ),
            ]
        ),
        Function(SQL / "move_claimed_person.v2.sql"),
        Function(SQL / "move_person_back.v1.sql"),
        Function(SQL / "answers_to_claims.v1.sql"),
        Function(SQL / "note_answers_read.v1.sql"),
    ]
