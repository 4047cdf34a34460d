from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models

from villages.migrations.operations.alterpolicy import AlterPolicy, Restrict
from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import LOW, of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import in_runs

SQL = Path(__file__).with_name("sql")
IN_AREA, IN_REGENCY, REGENCY = within("area_id"), within("regency_id"), of_regency("regency_id")
# A village's decree is moved in the village's own scope, or by the platform's work over the whole country; offices
# of the whole regency read it. A kecamatan and other villages do not.
MINE = f"({{0}} = {LOW} OR {LOW} = '' AND {{0}} < current_setting('portal.high', true))"
OWN = f"CASE WHEN village_id IS NULL THEN {IN_REGENCY} ELSE {MINE.format('village_id')} END"
BUDGET_SEEN = f"{MINE.format('area_id')} OR left(area_id, 5) = {LOW}"
WHOLE = "current_setting('portal.agency', true) = ''"
SEEN = (
    f"CASE WHEN village_id IS NULL THEN {REGENCY}"
    f" ELSE {MINE.format('village_id')} OR {IN_REGENCY} AND {WHOLE} END"
)
# What hangs on a decree goes with it.
OF_DECREE = "EXISTS (SELECT FROM enrollment_decree d WHERE d.id = decree_id AND {})"
OWN_OF_DECREE = OF_DECREE.format(
    f"CASE WHEN d.village_id IS NULL THEN {within('d.regency_id')}"
    f" ELSE {MINE.format('d.village_id')} END"
)
SEEN_OF_DECREE = OF_DECREE.format(f"({within('d.regency_id')} OR d.village_id = {LOW})")
IN_SIGHT = "decree_id IN (SELECT id FROM enrollment_decree)"
# Whoever sees their people sees all decrees that name them, but a kecamatan and an agency. Written so that the
# planner expects it of all rows.
SEES_ALL = f"length({LOW}) <> 8 AND {WHOLE}"
JOBS = ("drafting", "freezing", "issue", "annex", "revocation", "receiving")
OWNER = """
CREATE TRIGGER decree_has_its_owner BEFORE INSERT OR UPDATE ON enrollment_decree
FOR EACH ROW EXECUTE FUNCTION decree_has_its_owner()
"""
MONEY = """
CREATE TRIGGER decree_within_village_budget BEFORE UPDATE OF state ON enrollment_decree FOR EACH ROW
WHEN (NEW.village_id IS NOT NULL AND OLD.state IN ('draft', 'review', 'returned')
    AND NEW.state IN ('freezing', 'issuing'))
EXECUTE FUNCTION village_budget_holds()
"""
BUDGET = """
CREATE TRIGGER village_budget_holds BEFORE UPDATE OR DELETE ON enrollment_villagebudget
FOR EACH ROW EXECUTE FUNCTION village_budget_holds()
"""
WHO = """
CREATE TRIGGER who_decides_stays BEFORE INSERT OR DELETE ON enrollment_decidedbyvillages
FOR EACH ROW EXECUTE FUNCTION who_decides_stays()
"""
FUND = """
CREATE TRIGGER who_decides_pays BEFORE UPDATE OF fund ON enrollment_premiumsubsidy FOR EACH ROW
WHEN (NEW.fund IS DISTINCT FROM OLD.fund) EXECUTE FUNCTION who_decides_pays()
"""


def trigger(table, sql):
    name = sql.split()[2]
    return migrations.RunSQL(sql, f"DROP TRIGGER {name} ON {table}")


def using(condition):
    return f"USING ({condition})"


def both(condition, check=None):
    return f"USING ({condition}) WITH CHECK ({check or condition})"


def history(table, condition):
    return RowSecurity(f"enrollment_{table}event", condition, check="true", append_only=True)


class Migration(migrations.Migration):
    """A village names its own people by decrees of its own, paid from its own budget, where the
    programme says so: they are moved by its head and read by the Dinas."""

    dependencies = [
        ("enrollment", "0055_codes_of_older_lists"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        *in_runs(
            [
                migrations.CreateModel(
                    name="DecidedByVillages",
                    fields=[
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="by_villages",
                                serialize=False,
                                to="enrollment.premiumsubsidy",
                                verbose_name="program",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ditetapkan desa",
                        "verbose_name_plural": "ditetapkan desa",
                    },
                ),
                migrations.CreateModel(
                    name="DecidedByVillagesEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DecreeReceiving",
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
                        ("file", models.FileField(blank=True, upload_to="decrees")),
                        ("filename", models.CharField(max_length=255)),
                        ("number", models.CharField(max_length=100, verbose_name="nomor")),
                        ("date", models.DateField(verbose_name="tanggal")),
                    ],
                    options={
                        "verbose_name": "pemeriksaan berkas",
                        "verbose_name_plural": "pemeriksaan berkas",
                        "ordering": ["-created_at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="VillageBudget",
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
                        ("ceiling", models.PositiveBigIntegerField(verbose_name="pagu (rupiah)")),
                        ("document", models.CharField(max_length=200, verbose_name="peraturannya")),
                    ],
                    options={
                        "verbose_name": "pagu desa",
                        "verbose_name_plural": "pagu desa",
                        "ordering": ["programme", "area"],
                    },
                ),
                migrations.CreateModel(
                    name="VillageBudgetEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("ceiling", models.PositiveBigIntegerField(verbose_name="pagu (rupiah)")),
                        ("document", models.CharField(max_length=200, verbose_name="peraturannya")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="decree",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="decree",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="decree",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="signatory",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="signatory",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="signatory",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="decree",
                    name="decree_number_once",
                ),
                migrations.AddField(
                    model_name="decree",
                    name="village",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="of a decree of a village itself; empty for one of the head of the regency",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                        verbose_name="wilayah yang menetapkan",
                    ),
                ),
                migrations.AddField(
                    model_name="decreeevent",
                    name="village",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="of a decree of a village itself; empty for one of the head of the regency",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                        verbose_name="wilayah yang menetapkan",
                    ),
                ),
                migrations.AddField(
                    model_name="signatory",
                    name="village",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="of a signatory of a village's own decrees",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                        verbose_name="wilayah",
                    ),
                ),
                migrations.AddField(
                    model_name="signatoryevent",
                    name="village",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="of a signatory of a village's own decrees",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                        verbose_name="wilayah",
                    ),
                ),
                migrations.AddIndex(
                    model_name="decree",
                    index=models.Index(
                        condition=models.Q(("village__isnull", False)),
                        fields=["village"],
                        name="decree_of_village",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decree",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("amends_id", "cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "ordinal", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "signatory_id", "state", "title", "total", "village_id") SELECT new_values."amends_id", new_values."cover_source_id", new_values."date", new_values."drafted_at", new_values."drafted_by_id", new_values."header", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."legal_basis", new_values."number", new_values."ordinal", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."regency_id", new_values."sha256", new_values."signatory_id", new_values."state", new_values."title", new_values."total", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e095bf064747247f13c8134b08735a7996a77da6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4d558",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_decree",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decree",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("amends_id", "cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "ordinal", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "signatory_id", "state", "title", "total", "village_id") SELECT new_values."amends_id", new_values."cover_source_id", new_values."date", new_values."drafted_at", new_values."drafted_by_id", new_values."header", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."legal_basis", new_values."number", new_values."ordinal", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."regency_id", new_values."sha256", new_values."signatory_id", new_values."state", new_values."title", new_values."total", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."amends_id" IS DISTINCT FROM (new_values."amends_id") OR old_values."cover_source_id" IS DISTINCT FROM (new_values."cover_source_id") OR old_values."date" IS DISTINCT FROM (new_values."date") OR old_values."drafted_at" IS DISTINCT FROM (new_values."drafted_at") OR old_values."drafted_by_id" IS DISTINCT FROM (new_values."drafted_by_id") OR old_values."header" IS DISTINCT FROM (new_values."header") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."issued_at" IS DISTINCT FROM (new_values."issued_at") OR old_values."issued_by_id" IS DISTINCT FROM (new_values."issued_by_id") OR old_values."legal_basis" IS DISTINCT FROM (new_values."legal_basis") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."ordinal" IS DISTINCT FROM (new_values."ordinal") OR old_values."people" IS DISTINCT FROM (new_values."people") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."regency_id" IS DISTINCT FROM (new_values."regency_id") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."signatory_id" IS DISTINCT FROM (new_values."signatory_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."total" IS DISTINCT FROM (new_values."total") OR old_values."village_id" IS DISTINCT FROM (new_values."village_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="450f73086f5da758cf77b9e310e09222d103dd06",
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
                    model_name="decree",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("amends_id", "cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "ordinal", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "signatory_id", "state", "title", "total", "village_id") SELECT old_values."amends_id", old_values."cover_source_id", old_values."date", old_values."drafted_at", old_values."drafted_by_id", old_values."header", old_values."id", old_values."issued_at", old_values."issued_by_id", old_values."legal_basis", old_values."number", old_values."ordinal", old_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."regency_id", old_values."sha256", old_values."signatory_id", old_values."state", old_values."title", old_values."total", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="bc27bd0bf846f77d6b8039b47e3a319092d6eb18",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c614b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_decree",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="signatory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_signatoryevent" ("capacity", "id", "name", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "regency_id", "valid_from", "valid_until", "village_id") SELECT new_values."capacity", new_values."id", new_values."name", new_values."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."rank", new_values."regency_id", new_values."valid_from", new_values."valid_until", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7d6cd986d388784482e57389d0f76b5dc1da378d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_97616",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_signatory",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="signatory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_signatoryevent" ("capacity", "id", "name", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "regency_id", "valid_from", "valid_until", "village_id") SELECT new_values."capacity", new_values."id", new_values."name", new_values."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."rank", new_values."regency_id", new_values."valid_from", new_values."valid_until", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="325462c7968d11bb983f81b30fdd41af482229b0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c944e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_signatory",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="signatory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_signatoryevent" ("capacity", "id", "name", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "regency_id", "valid_from", "valid_until", "village_id") SELECT old_values."capacity", old_values."id", old_values."name", old_values."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."rank", old_values."regency_id", old_values."valid_from", old_values."valid_until", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="18ccb193d81d6019e73b0572e1c5c029c9c5763a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_68bbb",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_signatory",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), ("village", None)
                        ),
                        fields=("regency", "number"),
                        name="decree_number_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), ("village__isnull", False)
                        ),
                        fields=("village", "number"),
                        name="decree_number_once_a_village",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("village", None),
                            ("state__in", ["draft", "review", "withdrawn"]),
                            ("signatory__isnull", False),
                            _connector="OR",
                        ),
                        name="decree_of_village_has_signatory",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signatory",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("village", None),
                            models.Q(("capacity", "on_behalf"), _negated=True),
                            _connector="OR",
                        ),
                        name="signatory_of_a_village_is_its_head",
                        violation_error_message="Keputusan ini ditandatangani kepalanya sendiri.",
                    ),
                ),
                migrations.AddField(
                    model_name="decidedbyvillages",
                    name="regency",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                        verbose_name="kabupaten",
                    ),
                ),
                migrations.AddField(
                    model_name="decidedbyvillagesevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.decidedbyvillages",
                    ),
                ),
                migrations.AddField(
                    model_name="decidedbyvillagesevent",
                    name="programme",
                    field=models.ForeignKey(
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
                migrations.AddField(
                    model_name="decidedbyvillagesevent",
                    name="regency",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                        verbose_name="kabupaten",
                    ),
                ),
                migrations.AddField(
                    model_name="decreereceiving",
                    name="area",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="decreereceiving",
                    name="decree",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receivings",
                        to="enrollment.decree",
                    ),
                ),
                migrations.AddField(
                    model_name="decreereceiving",
                    name="office",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                migrations.AddField(
                    model_name="decreereceiving",
                    name="signatory",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.signatory",
                    ),
                ),
                migrations.AddField(
                    model_name="villagebudget",
                    name="area",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                        verbose_name="wilayah",
                    ),
                ),
                migrations.AddField(
                    model_name="villagebudget",
                    name="programme",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="village_budgets",
                        to="enrollment.premiumsubsidy",
                        verbose_name="program",
                    ),
                ),
                migrations.AddField(
                    model_name="villagebudgetevent",
                    name="area",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                        verbose_name="wilayah",
                    ),
                ),
                migrations.AddField(
                    model_name="villagebudgetevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.villagebudget",
                    ),
                ),
                migrations.AddField(
                    model_name="villagebudgetevent",
                    name="programme",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.premiumsubsidy",
                        verbose_name="program",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decidedbyvillages",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decidedbyvillagesevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."programme_id", new_values."programme_id", new_values."regency_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0befd42ac3a1d8ba8699eac12c1368538ebe13cd",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_043e9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_decidedbyvillages",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decidedbyvillages",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decidedbyvillagesevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."programme_id", new_values."programme_id", new_values."regency_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."programme_id") = (new_values."programme_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="eea280ed6dca76f060f16c692da882b679fb3f4a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_108bb",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_decidedbyvillages",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decidedbyvillages",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decidedbyvillagesevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."programme_id", old_values."programme_id", old_values."regency_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1732af25cc0394274f9f4753f89422ae5b6fb55e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c0dce",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_decidedbyvillages",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decreereceiving",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("decree",),
                        name="decree_received_once_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="villagebudget",
                    constraint=models.UniqueConstraint(
                        fields=("programme", "area"), name="village_budget_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="villagebudget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("document", ""), _negated=True),
                        name="village_budget_has_a_document",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="villagebudget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_villagebudgetevent" ("area_id", "ceiling", "document", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."area_id", new_values."ceiling", new_values."document", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4b22efe2978464f1763c53d8fd506011c323773e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_44388",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_villagebudget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="villagebudget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_villagebudgetevent" ("area_id", "ceiling", "document", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."area_id", new_values."ceiling", new_values."document", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="112b893cee19f60060c9c6a828a7a1e1ffc149b7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_debad",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_villagebudget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="villagebudget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_villagebudgetevent" ("area_id", "ceiling", "document", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT old_values."area_id", old_values."ceiling", old_values."document", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="174a66d12c9d720a84193ee8ed0c66f287d69eac",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ca3da",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_villagebudget",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        RowSecurity("enrollment_decidedbyvillages", IN_REGENCY, read=REGENCY),
        RowSecurity("enrollment_villagebudget", MINE.format("area_id"), read=BUDGET_SEEN),
        history("decidedbyvillages", IN_REGENCY),
        history("villagebudget", BUDGET_SEEN),
        RowSecurity("enrollment_decreereceiving", IN_AREA),
        AlterPolicy("enrollment_decree", "scope", both(OWN), both(IN_REGENCY)),
        AlterPolicy("enrollment_decree", "reading", using(SEEN), using(REGENCY)),
        AlterPolicy("enrollment_signatory", "scope", both(OWN), both(IN_REGENCY)),
        AlterPolicy("enrollment_signatory", "reading", using(SEEN), using(REGENCY)),
        AlterPolicy("enrollment_decreestep", "scope", both(OWN_OF_DECREE), both(IN_REGENCY)),
        migrations.RunSQL(
            f"CREATE POLICY reading ON enrollment_decreestep FOR SELECT USING ({SEEN_OF_DECREE})",
            "DROP POLICY reading ON enrollment_decreestep",
        ),
        AlterPolicy("enrollment_decreefile", "reading", using(SEEN_OF_DECREE), using(IN_REGENCY)),
        AlterPolicy(
            "enrollment_decreefile",
            "adding",
            f"WITH CHECK ({OWN_OF_DECREE})",
            f"WITH CHECK ({IN_REGENCY})",
        ),
        # When a draft is thrown away its code stays, of no decree.
        AlterPolicy(
            "enrollment_decreecode",
            "scope",
            both(
                f"{OWN_OF_DECREE} OR decree_id IS NULL AND {IN_REGENCY}",
                f"{OWN_OF_DECREE} OR decree_id IS NULL AND {REGENCY}",
            ),
            both(IN_REGENCY),
        ),
        # The name of what pays; a village adds one for its own decree.
        AlterPolicy(
            "enrollment_coversource",
            "adding",
            f"WITH CHECK ({REGENCY} AND {WHOLE})",
            f"WITH CHECK ({IN_REGENCY})",
        ),
        *(Restrict(f"enrollment_decree{job}", "of_a_decree_in_sight", IN_SIGHT) for job in JOBS),
        Restrict("enrollment_annexpdf", "of_a_decree_in_sight", IN_SIGHT),
        *(
            Restrict(
                f"enrollment_decree{table}", "of_a_decree_in_sight", f"{SEES_ALL} OR {IN_SIGHT}"
            )
            for table in ("entry", "change")
        ),
        Function(SQL / "village_named_cost.v1.sql"),
        Function(SQL / "village_budget_holds.v1.sql"),
        trigger("enrollment_decree", MONEY),
        trigger("enrollment_villagebudget", BUDGET),
        Function(SQL / "decree_has_its_owner.v1.sql"),
        trigger("enrollment_decree", OWNER),
        Function(SQL / "who_decides_stays.v1.sql"),
        trigger("enrollment_decidedbyvillages", WHO),
        Function(SQL / "who_decides_pays.v1.sql"),
        trigger("enrollment_premiumsubsidy", FUND),
        Function(SQL / "decree_entries_of_drafts_only.v4.sql"),
        Function(SQL / "public_decree.v3.sql"),
    ]
