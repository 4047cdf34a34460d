from pathlib import Path

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import in_runs
from villages.migrations.operations.triggers import AddTriggers

SQL = Path(__file__).with_name("sql")
IN_REGENCY = within("regency_id")
ROLE = "current_setting('portal.role', true)"
ANSWERS = f"{ROLE} = 'answer'"
OF_A_PERSON = "EXISTS (SELECT FROM enrollment_worker w WHERE w.id = worker_id)"
OF_A_LIST = "EXISTS (SELECT FROM enrollment_import j WHERE j.id = job_id)"
# Who deletes a person or a list may not see what was said, so the database deletes it.
GOES_WITH = """
ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {whose} (id)
ON DELETE CASCADE
"""
FORGET = """
CREATE TRIGGER forget_staged_illness AFTER DELETE ON enrollment_importrow
REFERENCING OLD TABLE AS gone_rows FOR EACH STATEMENT EXECUTE FUNCTION forget_staged_illness()
"""


def goes_with(table, name, column, whose):
    return migrations.RunSQL(
        GOES_WITH.format(table=table, name=name, column=column, whose=whose),
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    """Whether somebody still works, an illness that only the verifier reads, terms of office."""

    dependencies = [
        ("enrollment", "0035_freezes_are_lifted"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        *in_runs(
            [
                migrations.CreateModel(
                    name="IllnessAnswer",
                    fields=[
                        (
                            "worker",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="enrollment.worker",
                            ),
                        ),
                        ("ill", models.BooleanField(verbose_name="sakit berat")),
                        (
                            "answered_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                            ),
                        ),
                        ("brought_by", models.UUIDField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "jawaban sakit",
                        "verbose_name_plural": "jawaban sakit",
                    },
                ),
                migrations.CreateModel(
                    name="IllnessQuestion",
                    fields=[
                        (
                            "regency",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="villages.area",
                                verbose_name="kabupaten",
                            ),
                        ),
                        (
                            "text",
                            models.CharField(
                                default="Sedang sakit berat sehingga tidak bekerja?",
                                max_length=150,
                                verbose_name="pertanyaannya",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pertanyaan sakit",
                        "verbose_name_plural": "pertanyaan sakit",
                    },
                ),
                migrations.CreateModel(
                    name="IllnessQuestionEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        (
                            "text",
                            models.CharField(
                                default="Sedang sakit berat sehingga tidak bekerja?",
                                max_length=150,
                                verbose_name="pertanyaannya",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="StagedIllness",
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
                        ("position", models.PositiveIntegerField()),
                        ("ill", models.BooleanField()),
                    ],
                    options={
                        "verbose_name": "jawaban sakit di daftar",
                        "verbose_name_plural": "jawaban sakit di daftar",
                    },
                ),
                migrations.CreateModel(
                    name="StatementRule",
                    fields=[
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                serialize=False,
                                to="enrollment.premiumsubsidy",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "weight",
                            models.CharField(
                                choices=[
                                    ("wajib", "Wajib: tanpa pernyataan tidak dapat diajukan"),
                                    ("peringatan", "Diperingatkan: tetap dapat diajukan"),
                                    ("tidak", "Tidak ditanyakan"),
                                ],
                                default="peringatan",
                                max_length=12,
                                verbose_name="bila pernyataannya belum ada",
                            ),
                        ),
                        (
                            "months",
                            models.PositiveSmallIntegerField(
                                default=12,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="berlaku berapa bulan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "aturan pernyataan",
                        "verbose_name_plural": "aturan pernyataan",
                    },
                ),
                migrations.CreateModel(
                    name="StatementRuleEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        (
                            "weight",
                            models.CharField(
                                choices=[
                                    ("wajib", "Wajib: tanpa pernyataan tidak dapat diajukan"),
                                    ("peringatan", "Diperingatkan: tetap dapat diajukan"),
                                    ("tidak", "Tidak ditanyakan"),
                                ],
                                default="peringatan",
                                max_length=12,
                                verbose_name="bila pernyataannya belum ada",
                            ),
                        ),
                        (
                            "months",
                            models.PositiveSmallIntegerField(
                                default=12,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="berlaku berapa bulan",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="worker",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="worker",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="worker",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="term_end",
                    field=models.DateField(null=True),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="work",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="work_said_by",
                    field=models.CharField(blank=True, max_length=150),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="work_said_on",
                    field=models.DateField(null=True),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="workplace",
                    field=models.CharField(blank=True, max_length=150),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="term_end",
                    field=models.DateField(blank=True, null=True, verbose_name="Akhir menjabat"),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="work",
                    field=models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="Yang dikerjakan"
                    ),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="work_said_by",
                    field=models.CharField(
                        blank=True, db_default="", max_length=150, verbose_name="Dinyatakan oleh"
                    ),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="work_said_on",
                    field=models.DateField(
                        blank=True, null=True, verbose_name="Tanggal dinyatakan"
                    ),
                ),
                migrations.AddField(
                    model_name="worker",
                    name="workplace",
                    field=models.CharField(
                        blank=True, db_default="", max_length=150, verbose_name="Tempat bekerja"
                    ),
                ),
                migrations.AddField(
                    model_name="workerevent",
                    name="term_end",
                    field=models.DateField(blank=True, null=True, verbose_name="Akhir menjabat"),
                ),
                migrations.AddField(
                    model_name="workerevent",
                    name="work",
                    field=models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="Yang dikerjakan"
                    ),
                ),
                migrations.AddField(
                    model_name="workerevent",
                    name="work_said_by",
                    field=models.CharField(
                        blank=True, db_default="", max_length=150, verbose_name="Dinyatakan oleh"
                    ),
                ),
                migrations.AddField(
                    model_name="workerevent",
                    name="work_said_on",
                    field=models.DateField(
                        blank=True, null=True, verbose_name="Tanggal dinyatakan"
                    ),
                ),
                migrations.AddField(
                    model_name="workerevent",
                    name="workplace",
                    field=models.CharField(
                        blank=True, db_default="", max_length=150, verbose_name="Tempat bekerja"
                    ),
                ),
                migrations.AddIndex(
                    model_name="worker",
                    index=models.Index(
                        condition=models.Q(("position", ""), _negated=True),
                        fields=["area"],
                        name="worker_in_office",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="illnessquestion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="illness_question_asks",
                    ),
                ),
                migrations.AddField(
                    model_name="illnessquestionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.illnessquestion",
                    ),
                ),
                migrations.AddField(
                    model_name="illnessquestionevent",
                    name="regency",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="villages.area",
                        verbose_name="kabupaten",
                    ),
                ),
                migrations.AddField(
                    model_name="stagedillness",
                    name="job",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enrollment.import",
                    ),
                ),
                migrations.AddField(
                    model_name="statementrule",
                    name="regency",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="statementruleevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.statementrule",
                    ),
                ),
                migrations.AddField(
                    model_name="statementruleevent",
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
                    model_name="statementruleevent",
                    name="regency",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagedillness",
                    constraint=models.UniqueConstraint(
                        fields=("job", "position"), name="staged_illness_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statementrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("months__range", (1, 60))), name="statement_rule_months"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statementrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weight__in", ["wajib", "peringatan", "tidak"])),
                        name="statement_rule_weight",
                    ),
                ),
            ]
        ),
        AddTriggers(
            {
                "worker": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_workerevent" ("address", "agency_id", "area_id", "birth_date", "birth_place", "consent_on", "created_at", "ended_document", "ended_on", "ended_reason", "findings", "hamlet", "id", "income", "kk", "mother_name", "name", "nik", "occupation_id", "occupation_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "public_id", "rt", "rw", "sex", "term_end", "term_start", "updated_at", "work", "work_said_by", "work_said_on", "workplace") SELECT new_values."address", new_values."agency_id", new_values."area_id", new_values."birth_date", new_values."birth_place", new_values."consent_on", new_values."created_at", new_values."ended_document", new_values."ended_on", new_values."ended_reason", new_values."findings", new_values."hamlet", new_values."id", new_values."income", new_values."kk", new_values."mother_name", new_values."name", new_values."nik", new_values."occupation_id", new_values."occupation_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."position", new_values."public_id", new_values."rt", new_values."rw", new_values."sex", new_values."term_end", new_values."term_start", new_values."updated_at", new_values."work", new_values."work_said_by", new_values."work_said_on", new_values."workplace" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="39796e8211aaaae488dcfc8be8f4ab113850b4ce",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_22c1c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_worker",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_workerevent" ("address", "agency_id", "area_id", "birth_date", "birth_place", "consent_on", "created_at", "ended_document", "ended_on", "ended_reason", "findings", "hamlet", "id", "income", "kk", "mother_name", "name", "nik", "occupation_id", "occupation_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "public_id", "rt", "rw", "sex", "term_end", "term_start", "updated_at", "work", "work_said_by", "work_said_on", "workplace") SELECT new_values."address", new_values."agency_id", new_values."area_id", new_values."birth_date", new_values."birth_place", new_values."consent_on", new_values."created_at", new_values."ended_document", new_values."ended_on", new_values."ended_reason", new_values."findings", new_values."hamlet", new_values."id", new_values."income", new_values."kk", new_values."mother_name", new_values."name", new_values."nik", new_values."occupation_id", new_values."occupation_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."phone", new_values."position", new_values."public_id", new_values."rt", new_values."rw", new_values."sex", new_values."term_end", new_values."term_start", new_values."updated_at", new_values."work", new_values."work_said_by", new_values."work_said_on", new_values."workplace" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address" IS DISTINCT FROM (new_values."address") OR old_values."agency_id" IS DISTINCT FROM (new_values."agency_id") OR old_values."area_id" IS DISTINCT FROM (new_values."area_id") OR old_values."birth_date" IS DISTINCT FROM (new_values."birth_date") OR old_values."birth_place" IS DISTINCT FROM (new_values."birth_place") OR old_values."consent_on" IS DISTINCT FROM (new_values."consent_on") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."ended_document" IS DISTINCT FROM (new_values."ended_document") OR old_values."ended_on" IS DISTINCT FROM (new_values."ended_on") OR old_values."ended_reason" IS DISTINCT FROM (new_values."ended_reason") OR old_values."findings" IS DISTINCT FROM (new_values."findings") OR old_values."hamlet" IS DISTINCT FROM (new_values."hamlet") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."income" IS DISTINCT FROM (new_values."income") OR old_values."kk" IS DISTINCT FROM (new_values."kk") OR old_values."mother_name" IS DISTINCT FROM (new_values."mother_name") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."nik" IS DISTINCT FROM (new_values."nik") OR old_values."occupation_id" IS DISTINCT FROM (new_values."occupation_id") OR old_values."occupation_text" IS DISTINCT FROM (new_values."occupation_text") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."rt" IS DISTINCT FROM (new_values."rt") OR old_values."rw" IS DISTINCT FROM (new_values."rw") OR old_values."sex" IS DISTINCT FROM (new_values."sex") OR old_values."term_end" IS DISTINCT FROM (new_values."term_end") OR old_values."term_start" IS DISTINCT FROM (new_values."term_start") OR old_values."updated_at" IS DISTINCT FROM (new_values."updated_at") OR old_values."work" IS DISTINCT FROM (new_values."work") OR old_values."work_said_by" IS DISTINCT FROM (new_values."work_said_by") OR old_values."work_said_on" IS DISTINCT FROM (new_values."work_said_on") OR old_values."workplace" IS DISTINCT FROM (new_values."workplace")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="17241a6b35aef3a686463fda623345a7cbc1430c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_87402",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_worker",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_workerevent" ("address", "agency_id", "area_id", "birth_date", "birth_place", "consent_on", "created_at", "ended_document", "ended_on", "ended_reason", "findings", "hamlet", "id", "income", "kk", "mother_name", "name", "nik", "occupation_id", "occupation_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "public_id", "rt", "rw", "sex", "term_end", "term_start", "updated_at", "work", "work_said_by", "work_said_on", "workplace") SELECT old_values."address", old_values."agency_id", old_values."area_id", old_values."birth_date", old_values."birth_place", old_values."consent_on", old_values."created_at", old_values."ended_document", old_values."ended_on", old_values."ended_reason", old_values."findings", old_values."hamlet", old_values."id", old_values."income", old_values."kk", old_values."mother_name", old_values."name", old_values."nik", old_values."occupation_id", old_values."occupation_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."phone", old_values."position", old_values."public_id", old_values."rt", old_values."rw", old_values."sex", old_values."term_end", old_values."term_start", old_values."updated_at", old_values."work", old_values."work_said_by", old_values."work_said_on", old_values."workplace" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9be06b69aed6f66e5f2856dd38f4417769c652ef",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_76b0d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_worker",
                            when="AFTER",
                        ),
                    ),
                ],
                "illnessquestion": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_illnessquestionevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "text") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."regency_id", new_values."regency_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9d92b4c215b737759267f8da6fd13f6de48ca8f3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_484fe",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_illnessquestion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_illnessquestionevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "text") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."regency_id", new_values."regency_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."regency_id") = (new_values."regency_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7c1e6177ba2066123f1c51d6c29d2c3714d0208e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5b758",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_illnessquestion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_illnessquestionevent" ("pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "text") SELECT COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."regency_id", old_values."regency_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="311ed2426968ac41a541f1ab6fd5567bb1a4b327",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7e831",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_illnessquestion",
                            when="AFTER",
                        ),
                    ),
                ],
                "statementrule": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_statementruleevent" ("months", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "weight") SELECT new_values."months", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."programme_id", new_values."programme_id", new_values."regency_id", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c819576ccdb32b7cc6dd9f71021774123f4acf56",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c50ff",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_statementrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_statementruleevent" ("months", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "weight") SELECT new_values."months", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."programme_id", new_values."programme_id", new_values."regency_id", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."programme_id") = (new_values."programme_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="49142c749d4ff2546e1bc2130389c9df8d537142",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9ab63",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_statementrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_statementruleevent" ("months", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "weight") SELECT old_values."months", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."programme_id", old_values."programme_id", old_values."regency_id", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4724f9583fc5041343899f608dacf930a6f36612",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_36768",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_statementrule",
                            when="AFTER",
                        ),
                    ),
                ],
            }
        ),
        RowSecurity(
            "enrollment_illnessanswer",
            f"({ANSWERS} AND {OF_A_PERSON})",
            read=f"({ROLE} IN ('verifikator', 'answer') AND {OF_A_PERSON})",
        ),
        RowSecurity("enrollment_stagedillness", f"({ANSWERS} AND {OF_A_LIST})"),
        RowSecurity("enrollment_illnessquestion", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_statementrule", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_illnessquestionevent", IN_REGENCY, check="true", append_only=True),
        RowSecurity("enrollment_statementruleevent", IN_REGENCY, check="true", append_only=True),
        goes_with(
            "enrollment_illnessanswer",
            "illness_goes_with_the_person",
            "worker_id",
            "enrollment_worker",
        ),
        goes_with(
            "enrollment_stagedillness",
            "illness_goes_with_the_list",
            "job_id",
            "enrollment_import",
        ),
        Function(SQL / "answer_illness.v1.sql"),
        Function(SQL / "illness_answered.v1.sql"),
        Function(SQL / "stage_illness.v1.sql"),
        Function(SQL / "illness_staged.v1.sql"),
        Function(SQL / "take_illness.v1.sql"),
        Function(SQL / "forget_illness.v1.sql"),
        Function(SQL / "forget_staged_illness.v1.sql"),
        migrations.RunSQL(FORGET, "DROP TRIGGER forget_staged_illness ON enrollment_importrow"),
    ]
