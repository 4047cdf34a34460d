import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.choices import NewChoices
from villages.migrations.operations.rowsecurity import RowSecurity, of_regency, within
from villages.migrations.operations.triggers import AddTriggers

IN_AREA = within("area_id")
IN_REGENCY = within("regency_id")


class Migration(migrations.Migration):
    """How much an office may ask in a day, and lists that wait when it asks more."""

    dependencies = [
        ("enrollment", "0010_who_saw_whom_and_why"),
        ("villages", "0005_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Usage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(default=django.utils.timezone.localdate)),
                ("checked", models.PositiveIntegerField(default=0)),
                ("told", models.PositiveIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("office", "day"), name="usage_once_a_day")
                ],
                "verbose_name": "pemakaian",
                "verbose_name_plural": "pemakaian",
                "ordering": ["-day", "office"],
            },
        ),
        migrations.CreateModel(
            name="UsageLimit",
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
                    "jobs",
                    models.PositiveIntegerField(
                        default=3,
                        help_text="Unggahan dan pekerjaan lain yang boleh berjalan atau mengantre bersamaan.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="pekerjaan yang belum selesai",
                    ),
                ),
                (
                    "village_checks",
                    models.PositiveIntegerField(
                        default=20000,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="NIK diperiksa sehari, jabatan setingkat desa",
                    ),
                ),
                (
                    "village_answers",
                    models.PositiveIntegerField(
                        default=300,
                        help_text="Sesudahnya daftar menunggu Dinas.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="NIK ternyata terdaftar di tempat lain sehari, jabatan setingkat desa",
                    ),
                ),
                (
                    "regency_checks",
                    models.PositiveIntegerField(
                        default=500000,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="NIK diperiksa sehari, OPD atau admin",
                    ),
                ),
                (
                    "regency_answers",
                    models.PositiveIntegerField(
                        default=20000,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="NIK ternyata terdaftar di tempat lain sehari, OPD atau admin",
                    ),
                ),
            ],
            options={
                "verbose_name": "batas pemakaian",
                "verbose_name_plural": "batas pemakaian",
                "ordering": ["regency"],
            },
        ),
        migrations.CreateModel(
            name="UsageLimitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "jobs",
                    models.PositiveIntegerField(
                        default=3,
                        help_text="Unggahan dan pekerjaan lain yang boleh berjalan atau mengantre bersamaan.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="pekerjaan yang belum selesai",
                    ),
                ),
                (
                    "village_checks",
                    models.PositiveIntegerField(
                        default=20000,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="NIK diperiksa sehari, jabatan setingkat desa",
                    ),
                ),
                (
                    "village_answers",
                    models.PositiveIntegerField(
                        default=300,
                        help_text="Sesudahnya daftar menunggu Dinas.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="NIK ternyata terdaftar di tempat lain sehari, jabatan setingkat desa",
                    ),
                ),
                (
                    "regency_checks",
                    models.PositiveIntegerField(
                        default=500000,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="NIK diperiksa sehari, OPD atau admin",
                    ),
                ),
                (
                    "regency_answers",
                    models.PositiveIntegerField(
                        default=20000,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="NIK ternyata terdaftar di tempat lain sehari, OPD atau admin",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.usagelimit",
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
                        serialize=False,
                        to="villages.area",
                        verbose_name="kabupaten",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="import",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="import",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="import",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="import",
            name="released_by",
            field=models.ForeignKey(
                db_index=False,
                help_text="who let it go on beyond the limits of a day",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.office",
            ),
        ),
        migrations.AddField(
            model_name="importevent",
            name="released_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="who let it go on beyond the limits of a day",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="villages.office",
            ),
        ),
        NewChoices(
            [
                migrations.AlterField(
                    model_name="bulkdecision",
                    name="state",
                    field=models.CharField(
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
                migrations.AlterField(
                    model_name="bulkdecisionevent",
                    name="state",
                    field=models.CharField(
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
                migrations.AlterField(
                    model_name="decreeannex",
                    name="state",
                    field=models.CharField(
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
                migrations.AlterField(
                    model_name="decreeissue",
                    name="state",
                    field=models.CharField(
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
                migrations.AlterField(
                    model_name="disclosure",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("view", "Membuka halaman"),
                            ("unmask", "Menampilkan NIK"),
                            ("export", "Mengunduh"),
                            ("told", "Diberi tahu bahwa terdaftar"),
                        ],
                        max_length=10,
                    ),
                ),
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
                        ],
                        help_text="blank: what was shown was masked",
                        max_length=12,
                    ),
                ),
                migrations.AlterField(
                    model_name="import",
                    name="phase",
                    field=models.CharField(
                        choices=[
                            ("read", "Membaca dan memeriksa"),
                            ("match", "Mencocokkan kolom"),
                            ("check", "Memeriksa"),
                            ("preview", "Siap ditinjau"),
                            ("take", "Menyimpan"),
                            ("mended", "Menyimpan yang diperbaiki"),
                            ("taken", "Tersimpan"),
                            ("undo", "Membatalkan"),
                            ("discard", "Membuang"),
                            ("discarded", "Dibuang"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="read",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="import",
                    name="state",
                    field=models.CharField(
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
                migrations.AlterField(
                    model_name="importevent",
                    name="phase",
                    field=models.CharField(
                        choices=[
                            ("read", "Membaca dan memeriksa"),
                            ("match", "Mencocokkan kolom"),
                            ("check", "Memeriksa"),
                            ("preview", "Siap ditinjau"),
                            ("take", "Menyimpan"),
                            ("mended", "Menyimpan yang diperbaiki"),
                            ("taken", "Tersimpan"),
                            ("undo", "Membatalkan"),
                            ("discard", "Membuang"),
                            ("discarded", "Dibuang"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="read",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="importevent",
                    name="state",
                    field=models.CharField(
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
                migrations.AlterField(
                    model_name="recheck",
                    name="state",
                    field=models.CharField(
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
                migrations.AlterField(
                    model_name="recheckevent",
                    name="state",
                    field=models.CharField(
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
            ]
        ),
        AddTriggers(
            {
                "import": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_importevent" ("agency_id", "area_id", "asks", "check_only", "columns", "corrections", "counts", "created_at", "file", "filename", "finished_at", "good", "id", "message", "office_id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "released_by_id", "sheets", "state", "total", "update_existing") SELECT new_values."agency_id", new_values."area_id", new_values."asks", new_values."check_only", new_values."columns", new_values."corrections", new_values."counts", new_values."created_at", new_values."file", new_values."filename", new_values."finished_at", new_values."good", new_values."id", new_values."message", new_values."office_id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phase", new_values."released_by_id", new_values."sheets", new_values."state", new_values."total", new_values."update_existing" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6862d21c6e99b4f65cf249df250b0f9373e6cfc6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_89a7e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_import",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_importevent" ("agency_id", "area_id", "asks", "check_only", "columns", "corrections", "counts", "created_at", "file", "filename", "finished_at", "good", "id", "message", "office_id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "released_by_id", "sheets", "state", "total", "update_existing") SELECT new_values."agency_id", new_values."area_id", new_values."asks", new_values."check_only", new_values."columns", new_values."corrections", new_values."counts", new_values."created_at", new_values."file", new_values."filename", new_values."finished_at", new_values."good", new_values."id", new_values."message", new_values."office_id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."phase", new_values."released_by_id", new_values."sheets", new_values."state", new_values."total", new_values."update_existing" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."agency_id" IS DISTINCT FROM (new_values."agency_id") OR old_values."area_id" IS DISTINCT FROM (new_values."area_id") OR old_values."asks" IS DISTINCT FROM (new_values."asks") OR old_values."check_only" IS DISTINCT FROM (new_values."check_only") OR old_values."columns" IS DISTINCT FROM (new_values."columns") OR old_values."corrections" IS DISTINCT FROM (new_values."corrections") OR old_values."counts" IS DISTINCT FROM (new_values."counts") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."file" IS DISTINCT FROM (new_values."file") OR old_values."filename" IS DISTINCT FROM (new_values."filename") OR old_values."finished_at" IS DISTINCT FROM (new_values."finished_at") OR old_values."good" IS DISTINCT FROM (new_values."good") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."message" IS DISTINCT FROM (new_values."message") OR old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."people" IS DISTINCT FROM (new_values."people") OR old_values."phase" IS DISTINCT FROM (new_values."phase") OR old_values."released_by_id" IS DISTINCT FROM (new_values."released_by_id") OR old_values."sheets" IS DISTINCT FROM (new_values."sheets") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."total" IS DISTINCT FROM (new_values."total") OR old_values."update_existing" IS DISTINCT FROM (new_values."update_existing")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="141edb0e44af9f3abdc52d25333221d7113f09b2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7830d",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_import",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_importevent" ("agency_id", "area_id", "asks", "check_only", "columns", "corrections", "counts", "created_at", "file", "filename", "finished_at", "good", "id", "message", "office_id", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "released_by_id", "sheets", "state", "total", "update_existing") SELECT old_values."agency_id", old_values."area_id", old_values."asks", old_values."check_only", old_values."columns", old_values."corrections", old_values."counts", old_values."created_at", old_values."file", old_values."filename", old_values."finished_at", old_values."good", old_values."id", old_values."message", old_values."office_id", old_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."phase", old_values."released_by_id", old_values."sheets", old_values."state", old_values."total", old_values."update_existing" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c3beede105af5744f33a76b583b1d78132742fda",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0a863",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_import",
                            when="AFTER",
                        ),
                    ),
                ],
                "usagelimit": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_usagelimitevent" ("jobs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_answers", "regency_checks", "regency_id", "village_answers", "village_checks") SELECT new_values."jobs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."regency_id", new_values."regency_answers", new_values."regency_checks", new_values."regency_id", new_values."village_answers", new_values."village_checks" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="aeb3eed23bdae4a9fdb215affe83a480f67271d2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3ebb2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_usagelimit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_usagelimitevent" ("jobs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_answers", "regency_checks", "regency_id", "village_answers", "village_checks") SELECT new_values."jobs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."regency_id", new_values."regency_answers", new_values."regency_checks", new_values."regency_id", new_values."village_answers", new_values."village_checks" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."regency_id") = (new_values."regency_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="057f6f1f14097801f372afa90b567444dd2a344b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cf724",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_usagelimit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_usagelimitevent" ("jobs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regency_answers", "regency_checks", "regency_id", "village_answers", "village_checks") SELECT old_values."jobs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."regency_id", old_values."regency_answers", old_values."regency_checks", old_values."regency_id", old_values."village_answers", old_values."village_checks" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="710b45f968e8f8176130fce87fa6c626470e93df",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bae55",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_usagelimit",
                            when="AFTER",
                        ),
                    ),
                ],
            }
        ),
        RowSecurity("enrollment_usagelimit", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_usagelimitevent", IN_REGENCY, check="true", append_only=True),
        RowSecurity("enrollment_usage", IN_AREA),
    ]
