from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.seeds import Seed
from villages.migrations.operations.together import Together

SEEDS = Path(__file__).with_name("seeds")


def seen_by_owner(table, *statements):
    """Run statements about all rows of `table`: row security binds its owner as long as it is
    forced."""
    return [
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        *statements,
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    ]


OF_EACH_MONTH = "jsonb_build_object('', array_fill(premium, ARRAY[months::int]))"
"""SQL: a price list that has the premium in every month, for everybody."""
PRICED = [
    *seen_by_owner(
        "enrollment_premiumsubsidy",
        f"UPDATE enrollment_premiumsubsidy SET prices = {OF_EACH_MONTH}",  # noqa: S608
        *seen_by_owner(
            "enrollment_bulkdecision",
            """
            UPDATE enrollment_bulkdecision job SET funded = job.funded * p.premium * p.months
            FROM enrollment_premiumsubsidy p WHERE p.id = job.programme_id AND job.funded > 0
            """,
        ),
    ),
    *seen_by_owner(
        "enrollment_premiumsubsidyevent",
        f"UPDATE enrollment_premiumsubsidyevent SET prices = {OF_EACH_MONTH}",  # noqa: S608
    ),
]
"""SQL: the premium of the first month held for all months; a bulk decision in the middle of its
work has reserved so many rupiah."""

UNPRICED = [
    f"ALTER TABLE {table} ALTER COLUMN premium SET DEFAULT 0"
    for table in ("enrollment_premiumsubsidy", "enrollment_premiumsubsidyevent")
]

ALIKE = """
ALTER TABLE enrollment_premiumsubsidy
    ADD CONSTRAINT subsidy_whole UNIQUE (id, regency_id, year, name),
    ADD CONSTRAINT subsidy_waves_alike FOREIGN KEY (first_id, regency_id, year, name)
        REFERENCES enrollment_premiumsubsidy (id, regency_id, year, name) ON UPDATE CASCADE
"""
NOT_ALIKE = """
ALTER TABLE enrollment_premiumsubsidy
    DROP CONSTRAINT subsidy_waves_alike, DROP CONSTRAINT subsidy_whole
"""
PUBLIC_FUNDS = """
UPDATE enrollment_tariffdiscount SET excluded_funds = excluded_funds || '{dbhsawit,provinsi}'
WHERE source = 'PP 50/2025' AND sectors = '{}' AND 'apbd' = ANY(excluded_funds)
    AND NOT excluded_funds && '{dbhsawit,provinsi}'
"""
WITHOUT_SECTORS = """
DELETE FROM enrollment_tariffdiscount WHERE sectors <> '{}' OR funds <> '{}';
UPDATE enrollment_tariffdiscount
SET excluded_funds = array_remove(array_remove(excluded_funds, 'dbhsawit'), 'provinsi')
"""
"""SQL: before this migration such a discount would be one for everybody."""
RIDERS = """
UPDATE enrollment_occupation SET sector_id = 'transport'
WHERE key IN ('motorcycle_taxi_driver', 'driver')
"""


class Migration(migrations.Migration):
    """A programme has waves, which share regency, year and name; a price for each month and sector;
    funds are data.

    The discount of PP 50/2025 for transport holds from January 2026 to March 2027, that of others
    from April to December 2026; money of APBN and APBD gets none.
    """

    dependencies = [
        ("enrollment", "0028_told_apart_and_repaired"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Fund",
                    fields=[
                        (
                            "key",
                            models.SlugField(
                                max_length=10,
                                primary_key=True,
                                serialize=False,
                                verbose_name="kunci",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True, verbose_name="nama")),
                        (
                            "of_villages",
                            models.BooleanField(
                                default=False,
                                help_text="disebut menurut kata wilayahnya: APB Nagari",
                                verbose_name="anggaran desa",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=200, verbose_name="catatan"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=100, verbose_name="urutan"),
                        ),
                    ],
                    options={
                        "verbose_name": "sumber dana",
                        "verbose_name_plural": "sumber dana",
                        "ordering": ["position", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Sector",
                    fields=[
                        (
                            "key",
                            models.SlugField(
                                max_length=40,
                                primary_key=True,
                                serialize=False,
                                verbose_name="kunci",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True, verbose_name="nama")),
                    ],
                    options={
                        "verbose_name": "sektor",
                        "verbose_name_plural": "sektor",
                        "ordering": ["name"],
                    },
                ),
                Seed("enrollment_fund", SEEDS / "funds.v1.json"),
                Seed("enrollment_sector", SEEDS / "sectors.v1.json"),
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
                pgtrigger.migrations.RemoveTrigger(
                    model_name="tariffdiscount",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="tariffdiscount",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="tariffdiscount",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="premiumsubsidy",
                    name="subsidy_name_once_a_year",
                ),
                migrations.AlterModelOptions(
                    name="premiumsubsidy",
                    options={
                        "ordering": ["-year", "name", "wave", "pk"],
                        "verbose_name": "program bantuan iuran",
                        "verbose_name_plural": "program bantuan iuran",
                    },
                ),
                migrations.AddField(
                    model_name="decreeentry",
                    name="prices",
                    field=models.CharField(
                        blank=True,
                        db_default="",
                        help_text="16.800 × 3 + 8.400 × 9",
                        max_length=200,
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidy",
                    name="first",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later_waves",
                        verbose_name="tahap pertama",
                        to="enrollment.premiumsubsidy",
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidy",
                    name="prices",
                    field=models.JSONField(
                        default=dict, editable=False, verbose_name="iuran tiap bulan (rupiah)"
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidy",
                    name="source",
                    field=models.CharField(
                        choices=[
                            ("murni", "APBD murni"),
                            ("perubahan", "Perubahan APBD"),
                            ("pergeseran", "Pergeseran anggaran"),
                        ],
                        default="murni",
                        max_length=10,
                        verbose_name="anggaran",
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidy",
                    name="wave",
                    field=models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="tahap"
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidy",
                    name="wave_name",
                    field=models.CharField(blank=True, max_length=60, verbose_name="nama tahap"),
                ),
                migrations.AddField(
                    model_name="premiumsubsidyevent",
                    name="first",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        verbose_name="tahap pertama",
                        to="enrollment.premiumsubsidy",
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidyevent",
                    name="prices",
                    field=models.JSONField(
                        default=dict, editable=False, verbose_name="iuran tiap bulan (rupiah)"
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidyevent",
                    name="source",
                    field=models.CharField(
                        choices=[
                            ("murni", "APBD murni"),
                            ("perubahan", "Perubahan APBD"),
                            ("pergeseran", "Pergeseran anggaran"),
                        ],
                        default="murni",
                        max_length=10,
                        verbose_name="anggaran",
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidyevent",
                    name="wave",
                    field=models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="tahap"
                    ),
                ),
                migrations.AddField(
                    model_name="premiumsubsidyevent",
                    name="wave_name",
                    field=models.CharField(blank=True, max_length=60, verbose_name="nama tahap"),
                ),
                migrations.AddField(
                    model_name="tariffdiscount",
                    name="funds",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="hanya untuk dana",
                    ),
                ),
                migrations.AddField(
                    model_name="tariffdiscount",
                    name="sectors",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="hanya untuk sektor",
                    ),
                ),
                migrations.AddField(
                    model_name="tariffdiscountevent",
                    name="funds",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="hanya untuk dana",
                    ),
                ),
                migrations.AddField(
                    model_name="tariffdiscountevent",
                    name="sectors",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="hanya untuk sektor",
                    ),
                ),
                migrations.AddField(
                    model_name="entry",
                    name="sector",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.sector",
                    ),
                ),
                migrations.AddField(
                    model_name="entryevent",
                    name="sector",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.sector",
                    ),
                ),
                migrations.AddField(
                    model_name="occupation",
                    name="sector",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occupations",
                        to="enrollment.sector",
                        verbose_name="sektor",
                    ),
                ),
                migrations.AlterField(
                    model_name="bulkdecision",
                    name="funded",
                    field=models.PositiveBigIntegerField(default=0, help_text="rupiah reserved"),
                ),
                migrations.RunSQL(PRICED, UNPRICED),
                migrations.RemoveField(
                    model_name="premiumsubsidy",
                    name="premium",
                ),
                migrations.RemoveField(
                    model_name="premiumsubsidyevent",
                    name="premium",
                ),
                migrations.AlterField(
                    model_name="decreeentry",
                    name="premium",
                    field=models.PositiveIntegerField(
                        help_text="rupiah a month, if all are alike", null=True
                    ),
                ),
                migrations.AlterField(
                    model_name="tariffdiscount",
                    name="excluded_funds",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="tidak berlaku untuk dana",
                    ),
                ),
                migrations.AlterField(
                    model_name="tariffdiscountevent",
                    name="excluded_funds",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="tidak berlaku untuk dana",
                    ),
                ),
                migrations.AlterField(
                    model_name="premiumsubsidy",
                    name="fund",
                    field=models.ForeignKey(
                        db_column="fund",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.fund",
                        verbose_name="sumber dana",
                    ),
                ),
                migrations.AlterField(
                    model_name="premiumsubsidyevent",
                    name="fund",
                    field=models.ForeignKey(
                        db_column="fund",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.fund",
                        verbose_name="sumber dana",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "sector_id", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT new_values."approved_by_id", new_values."area_id", new_values."changed_at", new_values."cost", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."proposal_id", new_values."public_id", new_values."rank", new_values."reason", new_values."repaired_at", new_values."sector_id", new_values."state", new_values."submitted_by_id", new_values."verified_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bf91d70bc977e1efef3735216deb552ff4e716bc",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "sector_id", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT new_values."approved_by_id", new_values."area_id", new_values."changed_at", new_values."cost", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."proposal_id", new_values."public_id", new_values."rank", new_values."reason", new_values."repaired_at", new_values."sector_id", new_values."state", new_values."submitted_by_id", new_values."verified_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."area_id" IS DISTINCT FROM (new_values."area_id") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."cost" IS DISTINCT FROM (new_values."cost") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."proposal_id" IS DISTINCT FROM (new_values."proposal_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."rank" IS DISTINCT FROM (new_values."rank") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."repaired_at" IS DISTINCT FROM (new_values."repaired_at") OR old_values."sector_id" IS DISTINCT FROM (new_values."sector_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."submitted_by_id" IS DISTINCT FROM (new_values."submitted_by_id") OR old_values."verified_by_id" IS DISTINCT FROM (new_values."verified_by_id") OR old_values."worker_id" IS DISTINCT FROM (new_values."worker_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bbd62da31461aaa458179dc4a036c5720138f07c",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "sector_id", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT old_values."approved_by_id", old_values."area_id", old_values."changed_at", old_values."cost", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."proposal_id", old_values."public_id", old_values."rank", old_values."reason", old_values."repaired_at", old_values."sector_id", old_values."state", old_values."submitted_by_id", old_values."verified_by_id", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="54436b80ee388ecacfd3c50b179249811efcb48b",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "first_id", "first_month", "fund", "id", "legal_basis_date", "legal_basis_number", "legal_basis_title", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "wave", "wave_name", "year") SELECT new_values."category", new_values."ceiling", new_values."committed", new_values."components", new_values."consent_required", new_values."first_id", new_values."first_month", new_values."fund", new_values."id", new_values."legal_basis_date", new_values."legal_basis_number", new_values."legal_basis_title", new_values."maximum_age", new_values."minimum_age", new_values."months", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."prices", new_values."regency_id", new_values."required_registry", new_values."segment", new_values."source", new_values."state", new_values."village_quota", new_values."wage", new_values."wave", new_values."wave_name", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e941eefc7e4be2fe639080c7f68e60d2c3e2ab97",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "first_id", "first_month", "fund", "id", "legal_basis_date", "legal_basis_number", "legal_basis_title", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "wave", "wave_name", "year") SELECT new_values."category", new_values."ceiling", new_values."committed", new_values."components", new_values."consent_required", new_values."first_id", new_values."first_month", new_values."fund", new_values."id", new_values."legal_basis_date", new_values."legal_basis_number", new_values."legal_basis_title", new_values."maximum_age", new_values."minimum_age", new_values."months", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."prices", new_values."regency_id", new_values."required_registry", new_values."segment", new_values."source", new_values."state", new_values."village_quota", new_values."wage", new_values."wave", new_values."wave_name", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="46d36f317c815a158b46d3acc863d7772feef2a7",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "first_id", "first_month", "fund", "id", "legal_basis_date", "legal_basis_number", "legal_basis_title", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "wave", "wave_name", "year") SELECT old_values."category", old_values."ceiling", old_values."committed", old_values."components", old_values."consent_required", old_values."first_id", old_values."first_month", old_values."fund", old_values."id", old_values."legal_basis_date", old_values."legal_basis_number", old_values."legal_basis_title", old_values."maximum_age", old_values."minimum_age", old_values."months", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."prices", old_values."regency_id", old_values."required_registry", old_values."segment", old_values."source", old_values."state", old_values."village_quota", old_values."wage", old_values."wave", old_values."wave_name", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b4e4a862650838462b9f693e461f5bf464d962c9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6a525",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_premiumsubsidy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tariffdiscount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_tariffdiscountevent" ("component", "excluded_funds", "funds", "id", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sectors", "segment", "source", "valid_from", "valid_until") SELECT new_values."component", new_values."excluded_funds", new_values."funds", new_values."id", new_values."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."sectors", new_values."segment", new_values."source", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7c8f4ce348b17761b647d280427724f44484c996",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c34f0",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_tariffdiscount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tariffdiscount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_tariffdiscountevent" ("component", "excluded_funds", "funds", "id", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sectors", "segment", "source", "valid_from", "valid_until") SELECT new_values."component", new_values."excluded_funds", new_values."funds", new_values."id", new_values."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."sectors", new_values."segment", new_values."source", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="67b7868cc78eab6647442820d81ed36aab40a551",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b5ea3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_tariffdiscount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tariffdiscount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_tariffdiscountevent" ("component", "excluded_funds", "funds", "id", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sectors", "segment", "source", "valid_from", "valid_until") SELECT old_values."component", old_values."excluded_funds", old_values."funds", old_values."id", old_values."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."sectors", old_values."segment", old_values."source", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6dff061f63cfbfb6fc4dae738482705fe9e4db60",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bc11f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_tariffdiscount",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tariffdiscount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("funds", []), ("excluded_funds", []), _connector="OR"),
                        name="discount_funds_one_way",
                        violation_error_message="Sebut dana yang mendapatkannya atau yang tidak, jangan keduanya.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="premiumsubsidy",
                    constraint=models.UniqueConstraint(
                        fields=("regency", "year", "name", "wave"), name="subsidy_name_once_a_year"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="premiumsubsidy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first__isnull", True), ("wave", 1)),
                            models.Q(("first__isnull", False), ("wave__gt", 1)),
                            _connector="OR",
                        ),
                        name="subsidy_first_wave_is_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="premiumsubsidy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("first__isnull", True),
                            models.Q(("wave_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="subsidy_wave_has_a_name",
                    ),
                ),
                migrations.RunSQL(ALIKE, NOT_ALIKE),
                migrations.RunSQL(RIDERS, migrations.RunSQL.noop),
                migrations.RunSQL(PUBLIC_FUNDS, WITHOUT_SECTORS),
                Seed("enrollment_tariffdiscount", SEEDS / "tariff_discounts.v2.json"),
            ]
        )
    ]
