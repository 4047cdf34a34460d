from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
import django.core.validators
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.seeds import Seed
from villages.migrations.operations.together import Together

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """People on lists become members or stay ones; registries with decile and period; at most so many
    people of a family; employers need JHT; who is left out of a decree."""

    dependencies = [
        ("enrollment", "0032_legal_bases_and_payers"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="decree",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="entry",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="entry",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="entry",
                    name="delete_delete",
                ),
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
                    model_name="decree",
                    name="left_out",
                    field=models.JSONField(
                        default=dict,
                        help_text="approved, but no longer eligible: entry → codes of findings",
                    ),
                ),
                migrations.AddField(
                    model_name="entry",
                    name="kind",
                    field=models.CharField(
                        blank=True,
                        choices=[("baru", "Baru"), ("lanjut", "Lanjut")],
                        db_default="",
                        default="",
                        max_length=6,
                        verbose_name="kepesertaan",
                    ),
                ),
                migrations.AddField(
                    model_name="entryevent",
                    name="kind",
                    field=models.CharField(
                        blank=True,
                        choices=[("baru", "Baru"), ("lanjut", "Lanjut")],
                        db_default="",
                        default="",
                        max_length=6,
                        verbose_name="kepesertaan",
                    ),
                ),
                migrations.AddField(
                    model_name="occupation",
                    name="employs",
                    field=models.BooleanField(
                        default=False,
                        help_text="who employs others needs JHT as a BPU",
                        verbose_name="pemberi kerja",
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidy",
                    name="family_limit",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="paling banyak satu KK (orang)",
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidyevent",
                    name="family_limit",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="paling banyak satu KK (orang)",
                    ),
                ),
                migrations.AlterField(
                    model_name="premiumsubsidy",
                    name="required_registry",
                    field=models.CharField(
                        blank=True, max_length=200, verbose_name="wajib tercatat di"
                    ),
                ),
                migrations.AlterField(
                    model_name="premiumsubsidyevent",
                    name="required_registry",
                    field=models.CharField(
                        blank=True, max_length=200, verbose_name="wajib tercatat di"
                    ),
                ),
                migrations.AddIndex(
                    model_name="worker",
                    index=models.Index(
                        condition=models.Q(("kk", ""), _negated=True),
                        fields=["kk"],
                        name="worker_family",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decree",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "state", "title", "total") SELECT new_values."cover_source_id", new_values."date", new_values."drafted_at", new_values."drafted_by_id", new_values."header", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."legal_basis", new_values."number", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."regency_id", new_values."sha256", new_values."state", new_values."title", new_values."total" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cover_source_id" IS DISTINCT FROM (new_values."cover_source_id") OR old_values."date" IS DISTINCT FROM (new_values."date") OR old_values."drafted_at" IS DISTINCT FROM (new_values."drafted_at") OR old_values."drafted_by_id" IS DISTINCT FROM (new_values."drafted_by_id") OR old_values."header" IS DISTINCT FROM (new_values."header") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."issued_at" IS DISTINCT FROM (new_values."issued_at") OR old_values."issued_by_id" IS DISTINCT FROM (new_values."issued_by_id") OR old_values."legal_basis" IS DISTINCT FROM (new_values."legal_basis") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."people" IS DISTINCT FROM (new_values."people") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."regency_id" IS DISTINCT FROM (new_values."regency_id") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."total" IS DISTINCT FROM (new_values."total")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0ee4dea5d00361b51754996ed30cd6464e2e8d73",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6795e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_decree",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "sector_id", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT new_values."approved_by_id", new_values."area_id", new_values."changed_at", new_values."cost", new_values."id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."proposal_id", new_values."public_id", new_values."rank", new_values."reason", new_values."repaired_at", new_values."sector_id", new_values."state", new_values."submitted_by_id", new_values."verified_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4d0d16936243ba43eab38e3aa5662d409fd02f8d",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "sector_id", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT new_values."approved_by_id", new_values."area_id", new_values."changed_at", new_values."cost", new_values."id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."proposal_id", new_values."public_id", new_values."rank", new_values."reason", new_values."repaired_at", new_values."sector_id", new_values."state", new_values."submitted_by_id", new_values."verified_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."area_id" IS DISTINCT FROM (new_values."area_id") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."cost" IS DISTINCT FROM (new_values."cost") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."proposal_id" IS DISTINCT FROM (new_values."proposal_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."rank" IS DISTINCT FROM (new_values."rank") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."repaired_at" IS DISTINCT FROM (new_values."repaired_at") OR old_values."sector_id" IS DISTINCT FROM (new_values."sector_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."submitted_by_id" IS DISTINCT FROM (new_values."submitted_by_id") OR old_values."verified_by_id" IS DISTINCT FROM (new_values."verified_by_id") OR old_values."worker_id" IS DISTINCT FROM (new_values."worker_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2ad18241a929d9721cea57a3afb26c503aa3713e",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "sector_id", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT old_values."approved_by_id", old_values."area_id", old_values."changed_at", old_values."cost", old_values."id", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."proposal_id", old_values."public_id", old_values."rank", old_values."reason", old_values."repaired_at", old_values."sector_id", old_values."state", old_values."submitted_by_id", old_values."verified_by_id", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9378df56109075fda8b7a9a725db561cb11609b2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d44da",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_entry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="premiumsubsidy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "family_limit", "first_id", "first_month", "fund", "id", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "wave", "wave_name", "year") SELECT new_values."category", new_values."ceiling", new_values."committed", new_values."components", new_values."consent_required", new_values."family_limit", new_values."first_id", new_values."first_month", new_values."fund", new_values."id", new_values."maximum_age", new_values."minimum_age", new_values."months", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."prices", new_values."regency_id", new_values."required_registry", new_values."segment", new_values."source", new_values."state", new_values."village_quota", new_values."wage", new_values."wave", new_values."wave_name", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3e0208bfb1c617f0c8b6f619ff8b56359dc05fab",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "family_limit", "first_id", "first_month", "fund", "id", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "wave", "wave_name", "year") SELECT new_values."category", new_values."ceiling", new_values."committed", new_values."components", new_values."consent_required", new_values."family_limit", new_values."first_id", new_values."first_month", new_values."fund", new_values."id", new_values."maximum_age", new_values."minimum_age", new_values."months", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."prices", new_values."regency_id", new_values."required_registry", new_values."segment", new_values."source", new_values."state", new_values."village_quota", new_values."wage", new_values."wave", new_values."wave_name", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5e324aaf951ea6d0668d6255ca1082d70a0dd9be",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "family_limit", "first_id", "first_month", "fund", "id", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "wave", "wave_name", "year") SELECT old_values."category", old_values."ceiling", old_values."committed", old_values."components", old_values."consent_required", old_values."family_limit", old_values."first_id", old_values."first_month", old_values."fund", old_values."id", old_values."maximum_age", old_values."minimum_age", old_values."months", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."prices", old_values."regency_id", old_values."required_registry", old_values."segment", old_values."source", old_values."state", old_values."village_quota", old_values."wage", old_values."wave", old_values."wave_name", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6139478e5cabdd7b0003b69515e59b8ae370a3ad",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6a525",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_premiumsubsidy",
                            when="AFTER",
                        ),
                    ),
                ),
                Seed("enrollment_occupation", HERE / "seeds" / "occupations.v2.json"),
            ]
        ),
        Function(HERE / "sql" / "promised_months.v1.sql"),
        Function(HERE / "sql" / "family_before.v1.sql"),
    ]
