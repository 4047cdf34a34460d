"""What goes to BPJS about a decree, and what it answers."""

from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.seeds import Seed

HERE = Path(__file__).parent
SQL, SEEDS = HERE / "sql", HERE / "seeds"
IN_AREA, IN_REGENCY = within("area_id"), within("regency_id")
STAYS = """
CREATE TRIGGER line_stays BEFORE INSERT OR UPDATE OR DELETE ON enrollment_line
FOR EACH ROW EXECUTE FUNCTION line_stays()
"""


def trigger(table, sql):
    name = sql.split()[2]
    return migrations.RunSQL(sql, f"DROP TRIGGER {name} ON {table}")


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0056_decrees_of_villages"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
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
                    ("leaving", "membuka dokumen keluar"),
                    ("register", "mengunduh berkas pendaftaran BPJS"),
                ],
                help_text="blank: what was shown was masked",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=6, unique=True)),
                ("name", models.CharField(max_length=300, verbose_name="dibuat oleh")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("people", models.PositiveIntegerField(default=0, help_text="lines that are sent")),
                (
                    "incomplete",
                    models.PositiveIntegerField(default=0, help_text="lines that lack something"),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="dibatalkan")),
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
                    "regency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
            ],
            options={
                "verbose_name": "kiriman",
                "verbose_name_plural": "kiriman",
                "ordering": ["-made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AnswerFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                    models.PositiveIntegerField(help_text="rows in all, once known", null=True),
                ),
                (
                    "message",
                    models.TextField(blank=True, help_text="why it was refused, for the user"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "started_at",
                    models.DateTimeField(
                        help_text="when a worker first went on with the present phase", null=True
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
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("read", "Dibaca"),
                            ("look", "Ditinjau"),
                            ("take", "Disimpan"),
                            ("taken", "Tersimpan"),
                            ("back", "Dibatalkan"),
                            ("gone", "Sudah dibatalkan"),
                        ],
                        default="read",
                        max_length=6,
                    ),
                ),
                ("file", models.FileField(upload_to="answers")),
                ("filename", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer_files",
                        to="enrollment.batch",
                    ),
                ),
            ],
            options={
                "verbose_name": "berkas jawaban",
                "verbose_name_plural": "berkas jawaban",
                "ordering": ["-created_at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FileDefaults",
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
                    "place_of_work",
                    models.CharField(max_length=20, verbose_name="kode lokasi pekerjaan"),
                ),
                ("employment", models.CharField(max_length=20, verbose_name="status pegawai")),
                (
                    "married",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Tidak diisi otomatis"),
                            ("Y", "Y · kawin"),
                            ("T", "T · tidak kawin"),
                        ],
                        max_length=1,
                        verbose_name="status kawin",
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
                "verbose_name": "isian berkas BPJS",
                "verbose_name_plural": "isian berkas BPJS",
            },
        ),
        migrations.CreateModel(
            name="FileDefaultsEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "place_of_work",
                    models.CharField(max_length=20, verbose_name="kode lokasi pekerjaan"),
                ),
                ("employment", models.CharField(max_length=20, verbose_name="status pegawai")),
                (
                    "married",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Tidak diisi otomatis"),
                            ("Y", "Y · kawin"),
                            ("T", "T · tidak kawin"),
                        ],
                        max_length=1,
                        verbose_name="status kawin",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.filedefaults",
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
            name="Layout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new", "Peserta baru"),
                            ("continuing", "Peserta lanjutan"),
                            ("leaving", "Peserta keluar"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="versi")),
                ("name", models.CharField(max_length=80, verbose_name="nama")),
                ("sheet", models.CharField(max_length=31, verbose_name="nama lembar")),
                (
                    "most_rows",
                    models.PositiveIntegerField(default=10000, verbose_name="baris paling banyak"),
                ),
                ("columns", models.JSONField(verbose_name="kolom")),
            ],
            options={
                "verbose_name": "tata letak berkas",
                "verbose_name_plural": "tata letak berkas",
                "ordering": ["kind", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "version"), name="layout_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("most_rows__gt", 0)), name="layout_has_rows"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="batch",
            name="layout",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="enrollment.layout",
            ),
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new", "Peserta baru"),
                            ("continuing", "Peserta lanjutan"),
                            ("leaving", "Peserta keluar"),
                        ],
                        max_length=12,
                    ),
                ),
                ("about", models.BigIntegerField()),
                ("payload", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("incomplete", "Belum lengkap"),
                            ("sent", "Belum dijawab"),
                            ("accepted", "Diterima"),
                            ("already", "Sudah peserta"),
                            ("refused", "Ditolak"),
                            ("withdrawn", "Dibatalkan"),
                        ],
                        max_length=12,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=300, verbose_name="keterangan")),
                ("reason", models.CharField(blank=True, max_length=80, verbose_name="alasan")),
                ("kpj", models.CharField(blank=True, max_length=20, verbose_name="nomor KPJ")),
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
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="enrollment.batch",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="enrollment.membership",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bpjs_lines",
                        to="enrollment.worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "baris kiriman",
                "verbose_name_plural": "baris kiriman",
                "ordering": ["batch", "number"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="baris")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="nama")),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("key", "kunci baris"),
                            ("kpj", "nomor KPJ"),
                            ("nik", "NIK"),
                            ("name", "nama dan tanggal lahir"),
                            ("person", "pilihan petugas"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "Tidak ada baris yang cocok"),
                            ("several", "Cocok dengan lebih dari satu baris"),
                            ("different", "Isinya menyebut orang yang berbeda"),
                            ("twice", "Orang ini dijawab dua kali"),
                            ("changed", "Orang ini sudah diterima BPJS"),
                            ("words", "Kata-kata jawabannya belum dikenal"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("incomplete", "Belum lengkap"),
                            ("sent", "Belum dijawab"),
                            ("accepted", "Diterima"),
                            ("already", "Sudah peserta"),
                            ("refused", "Ditolak"),
                            ("withdrawn", "Dibatalkan"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=80)),
                ("label", models.CharField(blank=True, max_length=300)),
                ("kpj", models.CharField(blank=True, max_length=20)),
                ("before", models.JSONField(default=dict)),
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
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="enrollment.answerfile",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="enrollment.line",
                    ),
                ),
            ],
            options={
                "verbose_name": "jawaban",
                "verbose_name_plural": "jawaban",
                "ordering": ["file", "row"],
            },
        ),
        migrations.CreateModel(
            name="Registering",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                    models.PositiveIntegerField(help_text="rows in all, once known", null=True),
                ),
                (
                    "message",
                    models.TextField(blank=True, help_text="why it was refused, for the user"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "started_at",
                    models.DateTimeField(
                        help_text="when a worker first went on with the present phase", null=True
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
                ("last", models.BigIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registering",
                        to="enrollment.batch",
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registering",
                        to="enrollment.decree",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "pembuatan berkas BPJS",
                "verbose_name_plural": "pembuatan berkas BPJS",
                "ordering": ["-created_at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="kata-kata")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("accepted", "Diterima"),
                            ("already", "Sudah peserta"),
                            ("refused", "Ditolak"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=80, verbose_name="alasan")),
                (
                    "regency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
            ],
            options={
                "verbose_name": "arti jawaban",
                "verbose_name_plural": "arti jawaban",
                "ordering": ["words"],
            },
        ),
        migrations.AddConstraint(
            model_name="answerfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("phase", "gone"), _negated=True),
                    models.Q(("state", "refused"), _negated=True),
                ),
                fields=("batch", "sha256"),
                name="answer_file_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filedefaults",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_filedefaultsevent" ("employment", "married", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_of_work", "programme_id", "regency_id") SELECT new_values."employment", new_values."married", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."programme_id", new_values."place_of_work", new_values."programme_id", new_values."regency_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1f2e709ff2991db7976d982c38b433eb36e66775",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_61574",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_filedefaults",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filedefaults",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_filedefaultsevent" ("employment", "married", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_of_work", "programme_id", "regency_id") SELECT new_values."employment", new_values."married", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."programme_id", new_values."place_of_work", new_values."programme_id", new_values."regency_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."programme_id") = (new_values."programme_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fe65a58876eb2c511862ba5facb3e311c3b8ae85",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_008f4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_filedefaults",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filedefaults",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_filedefaultsevent" ("employment", "married", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_of_work", "programme_id", "regency_id") SELECT old_values."employment", old_values."married", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."programme_id", old_values."place_of_work", old_values."programme_id", old_values."regency_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="5776411e9dc6efbd51f113fb730eb7b6892756b4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fe9a4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_filedefaults",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["area"], name="line_area"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(fields=("batch", "number"), name="line_number_once"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["sent", "accepted", "already"])),
                fields=("about", "kind"),
                name="line_sent_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="line_refused_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("file", "row"), name="answer_row_once"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("file", "line"), name="answer_line_once"),
        ),
        migrations.AddConstraint(
            model_name="registering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=("decree",),
                name="registering_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(
                fields=("regency", "words"), name="wording_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="wording_of_a_refusal_has_a_reason",
            ),
        ),
        Seed("enrollment_layout", SEEDS / "layouts.v1.json"),
        Seed("enrollment_wording", SEEDS / "wordings.v1.json"),
        Function(SQL / "line_stays.v1.sql"),
        trigger("enrollment_line", STAYS),
        RowSecurity("enrollment_layout", "true", check="false", append_only=True),
        RowSecurity("enrollment_wording", IN_REGENCY, read=f"(regency_id IS NULL OR {IN_REGENCY})"),
        RowSecurity("enrollment_batch", IN_REGENCY),
        RowSecurity("enrollment_line", IN_AREA),
        RowSecurity("enrollment_answerfile", IN_AREA),
        RowSecurity("enrollment_answer", IN_AREA),
        RowSecurity("enrollment_registering", IN_AREA),
        RowSecurity("enrollment_filedefaults", IN_REGENCY),
        RowSecurity("enrollment_filedefaultsevent", IN_REGENCY, check="true", append_only=True),
    ]
