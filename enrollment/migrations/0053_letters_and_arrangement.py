"""The Word template of a decree's letter, and how a regency arranges its annexes."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models

from villages.migrations.operations.rowbounds import of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity

IN_REGENCY = within("regency_id")


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0052_money_and_steps_hold"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnexArrangementEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None, verbose_name="kolom"
                    ),
                ),
                ("titles", models.JSONField(blank=True, default=dict, verbose_name="judul kolom")),
                (
                    "grouping",
                    models.CharField(
                        choices=[
                            ("district", "Per kecamatan"),
                            ("village", "Per desa"),
                            ("none", "Tidak dikelompokkan"),
                        ],
                        default="district",
                        max_length=10,
                        verbose_name="pengelompokan",
                    ),
                ),
                (
                    "sums",
                    models.CharField(
                        choices=[
                            ("each", "Tiap kelompok dan seluruhnya"),
                            ("whole", "Seluruhnya saja"),
                            ("none", "Tanpa jumlah"),
                        ],
                        default="each",
                        max_length=10,
                        verbose_name="jumlah",
                    ),
                ),
                (
                    "headline",
                    models.CharField(blank=True, max_length=200, verbose_name="judul daftar"),
                ),
                (
                    "opening",
                    models.CharField(blank=True, max_length=600, verbose_name="kalimat pembuka"),
                ),
                (
                    "numeral",
                    models.PositiveSmallIntegerField(default=0, verbose_name="lampiran ke-"),
                ),
                (
                    "second_title",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="jabatan penandatangan kedua"
                    ),
                ),
                (
                    "second_name",
                    models.CharField(blank=True, max_length=150, verbose_name="namanya"),
                ),
                ("second_nip", models.CharField(blank=True, max_length=30, verbose_name="NIP-nya")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to="templates")),
                ("filename", models.CharField(blank=True, max_length=255)),
                ("sha256", models.CharField(blank=True, help_text="of the file", max_length=64)),
                ("name", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "templat surat keputusan",
                "verbose_name_plural": "templat surat keputusan",
                "ordering": ["-at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AnnexArrangement",
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
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None, verbose_name="kolom"
                    ),
                ),
                ("titles", models.JSONField(blank=True, default=dict, verbose_name="judul kolom")),
                (
                    "grouping",
                    models.CharField(
                        choices=[
                            ("district", "Per kecamatan"),
                            ("village", "Per desa"),
                            ("none", "Tidak dikelompokkan"),
                        ],
                        default="district",
                        max_length=10,
                        verbose_name="pengelompokan",
                    ),
                ),
                (
                    "sums",
                    models.CharField(
                        choices=[
                            ("each", "Tiap kelompok dan seluruhnya"),
                            ("whole", "Seluruhnya saja"),
                            ("none", "Tanpa jumlah"),
                        ],
                        default="each",
                        max_length=10,
                        verbose_name="jumlah",
                    ),
                ),
                (
                    "headline",
                    models.CharField(blank=True, max_length=200, verbose_name="judul daftar"),
                ),
                (
                    "opening",
                    models.CharField(blank=True, max_length=600, verbose_name="kalimat pembuka"),
                ),
                (
                    "numeral",
                    models.PositiveSmallIntegerField(default=0, verbose_name="lampiran ke-"),
                ),
                (
                    "second_title",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="jabatan penandatangan kedua"
                    ),
                ),
                (
                    "second_name",
                    models.CharField(blank=True, max_length=150, verbose_name="namanya"),
                ),
                ("second_nip", models.CharField(blank=True, max_length=30, verbose_name="NIP-nya")),
            ],
            options={
                "verbose_name": "susunan lampiran",
                "verbose_name_plural": "susunan lampiran",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("columns__contains", ["name"]), ("columns__len__lte", 12)
                        ),
                        name="arrangement_names_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("numeral__lte", 20)),
                        name="arrangement_numeral_is_small",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second_title", ""), _negated=True),
                            models.Q(("second_name", ""), ("second_nip", "")),
                            _connector="OR",
                        ),
                        name="arrangement_second_has_a_title",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annexarrangement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_annexarrangementevent" ("columns", "grouping", "headline", "numeral", "opening", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "second_name", "second_nip", "second_title", "sums", "titles") SELECT new_values."columns", new_values."grouping", new_values."headline", new_values."numeral", new_values."opening", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."regency_id", new_values."regency_id", new_values."second_name", new_values."second_nip", new_values."second_title", new_values."sums", new_values."titles" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="97262855ffbd02588d4cb9b39ebfcdb245b58215",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e9525",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_annexarrangement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annexarrangement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_annexarrangementevent" ("columns", "grouping", "headline", "numeral", "opening", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "second_name", "second_nip", "second_title", "sums", "titles") SELECT new_values."columns", new_values."grouping", new_values."headline", new_values."numeral", new_values."opening", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."regency_id", new_values."regency_id", new_values."second_name", new_values."second_nip", new_values."second_title", new_values."sums", new_values."titles" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."regency_id") = (new_values."regency_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3ca1dcfef3d6a91142e532da00e7e3b91924ac9a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e1ea7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_annexarrangement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annexarrangement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_annexarrangementevent" ("columns", "grouping", "headline", "numeral", "opening", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_id", "second_name", "second_nip", "second_title", "sums", "titles") SELECT old_values."columns", old_values."grouping", old_values."headline", old_values."numeral", old_values."opening", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."regency_id", old_values."regency_id", old_values."second_name", old_values."second_nip", old_values."second_title", old_values."sums", old_values."titles" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e93763a154f3fc91ecc1401648bcc5d482d0c844",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_34059",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_annexarrangement",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="annexarrangementevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="enrollment.annexarrangement",
            ),
        ),
        migrations.AddField(
            model_name="annexarrangementevent",
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
        migrations.AddField(
            model_name="lettertemplate",
            name="office",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.office",
            ),
        ),
        migrations.AddField(
            model_name="lettertemplate",
            name="regency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.area",
            ),
        ),
        migrations.AddIndex(
            model_name="lettertemplate",
            index=models.Index(fields=["regency", "-at"], name="letter_template_latest"),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file", ""), ("sha256", "")),
                    models.Q(
                        models.Q(("file", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="letter_template_has_its_hash",
            ),
        ),
        RowSecurity("enrollment_lettertemplate", IN_REGENCY, append_only=True),
        RowSecurity("enrollment_annexarrangement", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_annexarrangementevent", IN_REGENCY, check="true", append_only=True),
    ]
