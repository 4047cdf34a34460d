"""What goes out to be signed is the annex as PDF, of the list as it is frozen; what comes back is
proved, and a file that differs is issued only with a reason."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from pathlib import Path
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity

SQL = Path(__file__).with_name("sql")
IN_REGENCY = within("regency_id")
# Until now there were only those of issued decrees.
THEIR_LISTS = """
UPDATE enrollment_annexpdf SET seal = d.sha256
FROM enrollment_decree d WHERE d.id = decree_id
"""
ASKED = """
CREATE TRIGGER annex_pdf_of_this_list BEFORE INSERT ON enrollment_annexpdf
FOR EACH ROW EXECUTE FUNCTION annex_pdf_of_this_list()
"""
FINISHED = """
CREATE TRIGGER annex_pdf_finished_of_this_list BEFORE UPDATE ON enrollment_annexpdf FOR EACH ROW
WHEN (NEW.state = 'done' AND OLD.state <> 'done'
    OR (NEW.decree_id, NEW.seal, NEW.issued) IS DISTINCT FROM (OLD.decree_id, OLD.seal, OLD.issued))
EXECUTE FUNCTION annex_pdf_of_this_list()
"""


def trigger(sql):
    name = sql.split()[2]
    return migrations.RunSQL(sql, f"DROP TRIGGER {name} ON enrollment_annexpdf")


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0049_order_of_a_decree"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnexLook",
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
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("f4-across", "F4 mendatar"),
                            ("f4-upright", "F4 tegak"),
                            ("a4-across", "A4 mendatar"),
                            ("a4-upright", "A4 tegak"),
                        ],
                        default="f4-across",
                        max_length=12,
                        verbose_name="kertas",
                    ),
                ),
                (
                    "signing",
                    models.CharField(
                        choices=[
                            ("ink", "Tanda tangan basah"),
                            ("placeholders", "TTE Srikandi (${ttd_pengirim})"),
                            ("tag", "TTE BSrE (penanda #)"),
                        ],
                        default="ink",
                        max_length=12,
                        verbose_name="cara menandatangani",
                    ),
                ),
            ],
            options={
                "verbose_name": "bentuk lampiran PDF",
                "verbose_name_plural": "bentuk lampiran PDF",
            },
        ),
        migrations.CreateModel(
            name="AnnexLookEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("f4-across", "F4 mendatar"),
                            ("f4-upright", "F4 tegak"),
                            ("a4-across", "A4 mendatar"),
                            ("a4-upright", "A4 tegak"),
                        ],
                        default="f4-across",
                        max_length=12,
                        verbose_name="kertas",
                    ),
                ),
                (
                    "signing",
                    models.CharField(
                        choices=[
                            ("ink", "Tanda tangan basah"),
                            ("placeholders", "TTE Srikandi (${ttd_pengirim})"),
                            ("tag", "TTE BSrE (penanda #)"),
                        ],
                        default="ink",
                        max_length=12,
                        verbose_name="cara menandatangani",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="annexpdf",
            name="annex_pdf_once",
        ),
        migrations.AddField(
            model_name="annexpdf",
            name="issued",
            field=models.BooleanField(
                default=True, help_text="made after issuing, so with number and date"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="annexpdf",
            name="seal",
            field=models.CharField(
                default="", help_text="of the frozen list that it is made from", max_length=64
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(THEIR_LISTS, "DELETE FROM enrollment_annexpdf WHERE NOT issued"),
        migrations.AlterField(
            model_name="decreefile",
            name="proof",
            field=models.CharField(
                blank=True,
                choices=[
                    ("exact", "Sama persis dengan yang dikirim"),
                    ("same", "Isi sama, berkas disimpan ulang"),
                    ("differs", "Berbeda dari yang dikirim"),
                    ("unsigned", "Belum bertanda tangan"),
                    ("scan", "Pindaian, tidak dapat dibandingkan"),
                    ("unknown", "Tidak ada PDF yang dikirim untuk dibandingkan"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="annexpdf",
            constraint=models.UniqueConstraint(
                fields=("decree", "seal", "issued", "version", "paper", "signing"),
                name="annex_pdf_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annexlook",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_annexlookevent" ("paper", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "signing") SELECT new_values."paper", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."regency_id", new_values."regency_id", new_values."signing" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3cc5bbecd92ff5df06305e28c23cb7bdcd7773d9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a8486",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_annexlook",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annexlook",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_annexlookevent" ("paper", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "signing") SELECT new_values."paper", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."regency_id", new_values."regency_id", new_values."signing" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."regency_id") = (new_values."regency_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="79470ce23560509e224ec6687294c532c33191e2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6bac2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_annexlook",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annexlook",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_annexlookevent" ("paper", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "signing") SELECT old_values."paper", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."regency_id", old_values."regency_id", old_values."signing" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a5840525baae95d20d049cab91112dde62ae9e5f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aeb98",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_annexlook",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="annexlookevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="enrollment.annexlook",
            ),
        ),
        migrations.AddField(
            model_name="annexlookevent",
            name="regency",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                serialize=False,
                to="villages.area",
            ),
        ),
        RowSecurity("enrollment_annexlook", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_annexlookevent", IN_REGENCY, check="true", append_only=True),
        Function(SQL / "annex_pdf_of_this_list.v1.sql"),
        trigger(ASKED),
        trigger(FINISHED),
        Function(SQL / "decree_step_is_next.v2.sql"),
    ]
