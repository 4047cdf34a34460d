from pathlib import Path

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.together import Together

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """A regency chooses by what the waiting list of a programme is ranked."""

    dependencies = [
        ("enrollment", "0033_new_or_continuing"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="premiumsubsidy",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="premiumsubsidy",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="premiumsubsidy",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="premiumsubsidy",
                    name="waiting_order",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("poorest", "desil terendah lebih dahulu"),
                                ("listed", "yang tercatat di data acuan lebih dahulu"),
                                ("continuing", "yang melanjutkan kepesertaan lebih dahulu"),
                                ("oldest", "yang tertua lebih dahulu"),
                                ("youngest", "yang termuda lebih dahulu"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="urutan daftar tunggu",
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidyevent",
                    name="waiting_order",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("poorest", "desil terendah lebih dahulu"),
                                ("listed", "yang tercatat di data acuan lebih dahulu"),
                                ("continuing", "yang melanjutkan kepesertaan lebih dahulu"),
                                ("oldest", "yang tertua lebih dahulu"),
                                ("youngest", "yang termuda lebih dahulu"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="urutan daftar tunggu",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="premiumsubsidy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "family_limit", "first_id", "first_month", "fund", "id", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "waiting_order", "wave", "wave_name", "year") SELECT new_values."category", new_values."ceiling", new_values."committed", new_values."components", new_values."consent_required", new_values."family_limit", new_values."first_id", new_values."first_month", new_values."fund", new_values."id", new_values."maximum_age", new_values."minimum_age", new_values."months", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."prices", new_values."regency_id", new_values."required_registry", new_values."segment", new_values."source", new_values."state", new_values."village_quota", new_values."wage", new_values."waiting_order", new_values."wave", new_values."wave_name", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6c8a55b90cca10a20e3464c3febfa941f300c4bf",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_72fa8",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_premiumsubsidy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="premiumsubsidy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "family_limit", "first_id", "first_month", "fund", "id", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "waiting_order", "wave", "wave_name", "year") SELECT new_values."category", new_values."ceiling", new_values."committed", new_values."components", new_values."consent_required", new_values."family_limit", new_values."first_id", new_values."first_month", new_values."fund", new_values."id", new_values."maximum_age", new_values."minimum_age", new_values."months", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."prices", new_values."regency_id", new_values."required_registry", new_values."segment", new_values."source", new_values."state", new_values."village_quota", new_values."wage", new_values."waiting_order", new_values."wave", new_values."wave_name", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7d9c783e2d110393686822824e78a4385fc27f61",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e1d1c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_premiumsubsidy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="premiumsubsidy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "family_limit", "first_id", "first_month", "fund", "id", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "waiting_order", "wave", "wave_name", "year") SELECT old_values."category", old_values."ceiling", old_values."committed", old_values."components", old_values."consent_required", old_values."family_limit", old_values."first_id", old_values."first_month", old_values."fund", old_values."id", old_values."maximum_age", old_values."minimum_age", old_values."months", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."prices", old_values."regency_id", old_values."required_registry", old_values."segment", old_values."source", old_values."state", old_values."village_quota", old_values."wage", old_values."waiting_order", old_values."wave", old_values."wave_name", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a0960ad6c7693cdd881c07ed7c4e62a96139d658",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6a525",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_premiumsubsidy",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="premiumsubsidy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "waiting_order__contained_by",
                                ["poorest", "listed", "continuing", "oldest", "youngest"],
                            ),
                            models.Q(
                                ("waiting_order__contains", ["oldest", "youngest"]), _negated=True
                            ),
                        ),
                        name="subsidy_waiting_order",
                    ),
                ),
            ]
        ),
        Function(SQL / "people_in_line.v1.sql"),
    ]
