import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import uuid
from pathlib import Path
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import AGENCY, of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

SQL = Path(__file__).with_name("sql")
IN_REGENCY = within("regency_id")
OF_VILLAGES = f"{within('area_id')} AND {AGENCY} = ''"
"""Papers are a village's: an agency, which works in the whole regency, sees none."""
COMPLETE = """
CREATE TRIGGER paper_rows_before_the_seal AFTER INSERT ON enrollment_paperrow
REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION paper_rows_before_the_seal()
"""


def frozen(table, when=""):
    """Refuse changes of rows of a table, or of those that `when` names."""
    return migrations.RunSQL(
        f"CREATE TRIGGER paper_is_frozen BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW {when} EXECUTE FUNCTION paper_is_frozen()",
        f"DROP TRIGGER paper_is_frozen ON {table}",
    )


class Migration(migrations.Migration):
    """The village's papers: a frozen copy of what is handed in, with its signed scans."""

    dependencies = [
        ("enrollment", "0037_usual_reasons"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="disclosure",
                    name="why",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("look", "melihat data lengkap"),
                            ("change", "mengubah data"),
                            ("duplicate", "memutuskan data ganda"),
                            ("difference", "memilih isian yang berbeda"),
                            ("mend", "memperbaiki baris daftar"),
                            ("returned", "mengunduh baris untuk diperbaiki"),
                            ("annex", "mengunduh lampiran lengkap"),
                            ("check", "memeriksa NIK"),
                            ("paper", "membuka naskah pengajuan"),
                        ],
                        help_text="blank: what was shown was masked",
                        max_length=12,
                    ),
                ),
                migrations.CreateModel(
                    name="Paper",
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
                        ("number", models.PositiveIntegerField(verbose_name="nomor")),
                        (
                            "niks",
                            models.CharField(
                                choices=[
                                    ("masked", "Disamarkan, dengan tahun lahir"),
                                    ("whole", "Utuh, dengan tanggal lahir"),
                                ],
                                max_length=10,
                                verbose_name="NIK di daftar",
                            ),
                        ),
                        ("about", models.JSONField()),
                        (
                            "meeting_on",
                            models.DateField(null=True, verbose_name="tanggal musyawarah"),
                        ),
                        ("meeting_at", models.TimeField(null=True, verbose_name="jam musyawarah")),
                        (
                            "meeting_place",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="tempat musyawarah"
                            ),
                        ),
                        ("attendance", models.TextField(blank=True, verbose_name="yang hadir")),
                        ("people", models.PositiveIntegerField(default=0)),
                        (
                            "total",
                            models.PositiveBigIntegerField(
                                default=0, verbose_name="jumlah (rupiah)"
                            ),
                        ),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("name", models.CharField(max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
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
                            "proposal",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="enrollment.proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "naskah pengajuan",
                        "verbose_name_plural": "naskah pengajuan",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "number"), name="paper_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sha256", ""), ("people__gt", 0), _connector="OR"
                                ),
                                name="paper_sealed_has_people",
                            ),
                        ],
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="PaperHandover",
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
                        ("scan_version", models.PositiveSmallIntegerField(null=True)),
                        ("name", models.CharField(max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
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
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers",
                                to="enrollment.paper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pengajuan dengan naskah",
                        "verbose_name_plural": "pengajuan dengan naskah",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PaperRow",
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
                        ("position", models.PositiveIntegerField(verbose_name="nomor urut")),
                        ("public_id", models.UUIDField(help_text="of the entry")),
                        ("nik", models.CharField(max_length=16)),
                        ("name", models.CharField(max_length=150)),
                        ("birth_date", models.DateField(null=True)),
                        ("address", models.CharField(blank=True, max_length=255)),
                        ("hamlet", models.CharField(blank=True, max_length=100)),
                        ("rt", models.CharField(blank=True, max_length=10)),
                        ("rw", models.CharField(blank=True, max_length=10)),
                        ("occupation", models.CharField(blank=True, max_length=100)),
                        ("months", models.PositiveSmallIntegerField()),
                        ("cost", models.PositiveBigIntegerField(help_text="rupiah for all months")),
                        (
                            "statement",
                            models.CharField(
                                blank=True,
                                help_text="that the person still works, said by whom and when",
                                max_length=600,
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="paper_rows",
                                to="enrollment.entry",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="enrollment.paper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "orang dalam naskah",
                        "verbose_name_plural": "orang dalam naskah",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paper", "position"), name="paper_row_position"
                            )
                        ],
                        "ordering": ["paper", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="PaperRule",
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
                            "asked",
                            models.CharField(
                                choices=[
                                    ("no", "Tidak diminta"),
                                    ("warned", "Diminta, boleh menyusul"),
                                    ("required", "Wajib sebelum diajukan"),
                                ],
                                default="no",
                                max_length=10,
                                verbose_name="naskah bertanda tangan",
                            ),
                        ),
                        (
                            "niks",
                            models.CharField(
                                choices=[
                                    ("masked", "Disamarkan, dengan tahun lahir"),
                                    ("whole", "Utuh, dengan tanggal lahir"),
                                ],
                                default="masked",
                                max_length=10,
                                verbose_name="NIK di daftar",
                            ),
                        ),
                        (
                            "returned_too",
                            models.BooleanField(
                                default=False,
                                help_text="people who were returned and mended need papers of their own",
                                verbose_name="juga untuk yang dikembalikan",
                            ),
                        ),
                        (
                            "regency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "aturan naskah",
                        "verbose_name_plural": "aturan naskah",
                    },
                ),
                migrations.CreateModel(
                    name="PaperRuleEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        (
                            "asked",
                            models.CharField(
                                choices=[
                                    ("no", "Tidak diminta"),
                                    ("warned", "Diminta, boleh menyusul"),
                                    ("required", "Wajib sebelum diajukan"),
                                ],
                                default="no",
                                max_length=10,
                                verbose_name="naskah bertanda tangan",
                            ),
                        ),
                        (
                            "niks",
                            models.CharField(
                                choices=[
                                    ("masked", "Disamarkan, dengan tahun lahir"),
                                    ("whole", "Utuh, dengan tanggal lahir"),
                                ],
                                default="masked",
                                max_length=10,
                                verbose_name="NIK di daftar",
                            ),
                        ),
                        (
                            "returned_too",
                            models.BooleanField(
                                default=False,
                                help_text="people who were returned and mended need papers of their own",
                                verbose_name="juga untuk yang dikembalikan",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="enrollment.paperrule",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
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
                        (
                            "regency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                migrations.CreateModel(
                    name="PaperScan",
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
                        ("version", models.PositiveSmallIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        ("file", models.FileField(upload_to="scans")),
                        ("filename", models.CharField(max_length=255)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pdf", "PDF"),
                                    ("jpeg", "foto JPEG"),
                                    ("png", "foto PNG"),
                                    ("heic", "foto HEIC"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("size", models.PositiveIntegerField(help_text="bytes")),
                        ("sha256", models.CharField(help_text="of the file", max_length=64)),
                        ("name", models.CharField(max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
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
                            "paper",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scans",
                                to="enrollment.paper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pindaian naskah",
                        "verbose_name_plural": "pindaian naskah",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paper", "version", "position"), name="paper_scan_position"
                            )
                        ],
                        "ordering": ["paper", "-version", "position"],
                    },
                ),
            ]
        ),
        AddTriggers(
            {
                "paperrule": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_paperruleevent" ("asked", "niks", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "returned_too") SELECT new_values."asked", new_values."niks", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."programme_id", new_values."programme_id", new_values."regency_id", new_values."returned_too" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d487ddcf7379b0529055c70d4d11315dedd5ac47",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_89186",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_paperrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_paperruleevent" ("asked", "niks", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "returned_too") SELECT new_values."asked", new_values."niks", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."programme_id", new_values."programme_id", new_values."regency_id", new_values."returned_too" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."programme_id") = (new_values."programme_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cae584e707019e6a793fd99fd4bd8c4cd7e1703b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d97ca",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_paperrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_paperruleevent" ("asked", "niks", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "returned_too") SELECT old_values."asked", old_values."niks", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."programme_id", old_values."programme_id", old_values."regency_id", old_values."returned_too" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2086ac0fd6c270a1a372876e9a08f1c5b3826a75",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_588e0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_paperrule",
                            when="AFTER",
                        ),
                    ),
                ]
            }
        ),
        RowSecurity("enrollment_paperrule", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_paperruleevent", IN_REGENCY, check="true", append_only=True),
        RowSecurity("enrollment_paper", OF_VILLAGES),
        RowSecurity("enrollment_paperrow", OF_VILLAGES, append_only=True),
        RowSecurity("enrollment_paperscan", OF_VILLAGES, append_only=True),
        RowSecurity("enrollment_paperhandover", OF_VILLAGES, append_only=True),
        Function(SQL / "paper_is_frozen.v1.sql"),
        Function(SQL / "paper_rows_before_the_seal.v1.sql"),
        frozen("enrollment_paper", when="WHEN (OLD.sha256 <> '')"),
        frozen("enrollment_paperrow"),
        frozen("enrollment_paperscan"),
        frozen("enrollment_paperhandover"),
        migrations.RunSQL(
            COMPLETE, "DROP TRIGGER paper_rows_before_the_seal ON enrollment_paperrow"
        ),
    ]
