import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models
from pathlib import Path

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import AGENCY, LOW, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

SQL = Path(__file__).with_name("sql")
OURS = (
    f"{within('area_id')} AND {AGENCY} = ''"
    f" AND ({LOW} = area_id OR {LOW} = left(area_id, 5) OR {LOW} = '')"
)
"""The scope is the person's village or its regency, and no agency: neither what lies between them
nor what lies above sees who left and why."""


def leaves(name, when, condition):
    """A trigger of lists' rows that runs entry_leaves."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} ON enrollment_entry FOR EACH ROW"
        f" WHEN ({condition}) EXECUTE FUNCTION entry_leaves()",
        f"DROP TRIGGER {name} ON enrollment_entry",
    )


STAYS = """
CREATE TRIGGER leaving_approved_stays BEFORE UPDATE OR DELETE ON enrollment_leaving
FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION leaving_approved_stays()
"""


class Migration(migrations.Migration):
    """Approved people leave a programme, and who takes their place is paid from a later month."""

    dependencies = [
        ("enrollment", "0039_renewals"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Leaving",
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
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("died", "Meninggal"),
                                    ("moved", "Pindah dari sini"),
                                    ("formal", "Bekerja di perusahaan"),
                                    ("double", "Terdaftar ganda"),
                                    ("too_old", "Terlalu tua"),
                                    ("withdrew", "Mengundurkan diri"),
                                    ("refused", "Ditolak BPJS"),
                                ],
                                max_length=10,
                                verbose_name="alasan",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="tanggal")),
                        (
                            "words",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="keterangan"
                            ),
                        ),
                        (
                            "document",
                            models.FileField(
                                blank=True, upload_to="leavings", verbose_name="dokumen"
                            ),
                        ),
                        ("document_name", models.CharField(blank=True, max_length=200)),
                        ("document_kind", models.CharField(blank=True, max_length=10)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "Disiapkan"),
                                    ("filed", "Menunggu Dinas"),
                                    ("approved", "Disetujui"),
                                    ("refused", "Ditolak"),
                                    ("withdrawn", "Ditarik"),
                                ],
                                default="prepared",
                                max_length=10,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("operator_desa", "Operator desa"),
                                    ("kepala_desa", "Kepala desa"),
                                    ("kecamatan", "Kecamatan"),
                                    ("opd", "OPD pengusul"),
                                    ("verifikator", "Verifikator Dinas"),
                                    ("penyetuju", "Penyetuju Dinas"),
                                    ("admin_kabupaten", "Admin kabupaten"),
                                    ("bpjs", "BPJS Ketenagakerjaan"),
                                    ("auditor", "Auditor"),
                                ],
                                help_text="of who prepared it",
                                max_length=20,
                            ),
                        ),
                        ("last_month", models.DateField(null=True, verbose_name="bulan terakhir")),
                        ("freed", models.PositiveBigIntegerField(default=0, help_text="rupiah")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "keluar dari program",
                        "verbose_name_plural": "keluar dari program",
                        "ordering": ["-changed_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LeavingEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("died", "Meninggal"),
                                    ("moved", "Pindah dari sini"),
                                    ("formal", "Bekerja di perusahaan"),
                                    ("double", "Terdaftar ganda"),
                                    ("too_old", "Terlalu tua"),
                                    ("withdrew", "Mengundurkan diri"),
                                    ("refused", "Ditolak BPJS"),
                                ],
                                max_length=10,
                                verbose_name="alasan",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="tanggal")),
                        (
                            "words",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="keterangan"
                            ),
                        ),
                        (
                            "document",
                            models.FileField(
                                blank=True, upload_to="leavings", verbose_name="dokumen"
                            ),
                        ),
                        ("document_name", models.CharField(blank=True, max_length=200)),
                        ("document_kind", models.CharField(blank=True, max_length=10)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "Disiapkan"),
                                    ("filed", "Menunggu Dinas"),
                                    ("approved", "Disetujui"),
                                    ("refused", "Ditolak"),
                                    ("withdrawn", "Ditarik"),
                                ],
                                default="prepared",
                                max_length=10,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("operator_desa", "Operator desa"),
                                    ("kepala_desa", "Kepala desa"),
                                    ("kecamatan", "Kecamatan"),
                                    ("opd", "OPD pengusul"),
                                    ("verifikator", "Verifikator Dinas"),
                                    ("penyetuju", "Penyetuju Dinas"),
                                    ("admin_kabupaten", "Admin kabupaten"),
                                    ("bpjs", "BPJS Ketenagakerjaan"),
                                    ("auditor", "Auditor"),
                                ],
                                help_text="of who prepared it",
                                max_length=20,
                            ),
                        ),
                        ("last_month", models.DateField(null=True, verbose_name="bulan terakhir")),
                        ("freed", models.PositiveBigIntegerField(default=0, help_text="rupiah")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LeavingStep",
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
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("prepared", "Disiapkan"),
                                    ("filed", "Menunggu Dinas"),
                                    ("approved", "Disetujui"),
                                    ("refused", "Ditolak"),
                                    ("withdrawn", "Ditarik"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("operator_desa", "Operator desa"),
                                    ("kepala_desa", "Kepala desa"),
                                    ("kecamatan", "Kecamatan"),
                                    ("opd", "OPD pengusul"),
                                    ("verifikator", "Verifikator Dinas"),
                                    ("penyetuju", "Penyetuju Dinas"),
                                    ("admin_kabupaten", "Admin kabupaten"),
                                    ("bpjs", "BPJS Ketenagakerjaan"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                    ],
                    options={
                        "verbose_name": "langkah keluar",
                        "verbose_name_plural": "langkah keluar",
                        "ordering": ["at", "pk"],
                    },
                ),
            ]
        ),
        Together(
            [
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
                migrations.RemoveConstraint(
                    model_name="entry",
                    name="entry_person_once_a_programme",
                ),
                migrations.RemoveConstraint(
                    model_name="entry",
                    name="entry_approved_is_signed",
                ),
                migrations.AddField(
                    model_name="entry",
                    name="first_month",
                    field=models.DateField(
                        help_text="the first month that is paid, of who came after the wave had begun",
                        null=True,
                        verbose_name="bulan pertama",
                    ),
                ),
                migrations.AddField(
                    model_name="entryevent",
                    name="first_month",
                    field=models.DateField(
                        help_text="the first month that is paid, of who came after the wave had begun",
                        null=True,
                        verbose_name="bulan pertama",
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
                            ("paper", "membuka naskah pengajuan"),
                            ("leaving", "membuka dokumen keluar"),
                        ],
                        help_text="blank: what was shown was masked",
                        max_length=12,
                    ),
                ),
                migrations.AlterField(
                    model_name="entry",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="entrycount",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="entryevent",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="step",
                    name="from_state",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="step",
                    name="to_state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                            ("left", "Keluar"),
                        ],
                        max_length=10,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "first_month", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "sector_id", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT new_values."approved_by_id", new_values."area_id", new_values."changed_at", new_values."cost", new_values."first_month", new_values."id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."proposal_id", new_values."public_id", new_values."rank", new_values."reason", new_values."repaired_at", new_values."sector_id", new_values."state", new_values."submitted_by_id", new_values."verified_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c8d5501fbbdb66b4586d5d1d81b485fc89f77ee9",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "first_month", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "sector_id", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT new_values."approved_by_id", new_values."area_id", new_values."changed_at", new_values."cost", new_values."first_month", new_values."id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."proposal_id", new_values."public_id", new_values."rank", new_values."reason", new_values."repaired_at", new_values."sector_id", new_values."state", new_values."submitted_by_id", new_values."verified_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."area_id" IS DISTINCT FROM (new_values."area_id") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."cost" IS DISTINCT FROM (new_values."cost") OR old_values."first_month" IS DISTINCT FROM (new_values."first_month") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."proposal_id" IS DISTINCT FROM (new_values."proposal_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."rank" IS DISTINCT FROM (new_values."rank") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."repaired_at" IS DISTINCT FROM (new_values."repaired_at") OR old_values."sector_id" IS DISTINCT FROM (new_values."sector_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."submitted_by_id" IS DISTINCT FROM (new_values."submitted_by_id") OR old_values."verified_by_id" IS DISTINCT FROM (new_values."verified_by_id") OR old_values."worker_id" IS DISTINCT FROM (new_values."worker_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="92859d406ff646fbf5bf3e549701fbdb4a85b9f5",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "first_month", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "repaired_at", "sector_id", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT old_values."approved_by_id", old_values."area_id", old_values."changed_at", old_values."cost", old_values."first_month", old_values."id", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."proposal_id", old_values."public_id", old_values."rank", old_values."reason", old_values."repaired_at", old_values."sector_id", old_values."state", old_values."submitted_by_id", old_values."verified_by_id", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="637ab5a0c5775d9d8d86d2a16e87a349db02f194",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d44da",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_entry",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entry",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["left", "rejected"]), _negated=True),
                        fields=("programme", "worker"),
                        name="entry_person_once_a_programme",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "left"]), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("submitted_by__isnull", False),
                                ("verified_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="entry_approved_is_signed",
                    ),
                ),
                migrations.AddField(
                    model_name="leaving",
                    name="area",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="leaving",
                    name="decided_by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.user",
                    ),
                ),
                migrations.AddField(
                    model_name="leaving",
                    name="decree_row",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leavings",
                        to="enrollment.decreeentry",
                    ),
                ),
                migrations.AddField(
                    model_name="leaving",
                    name="entry",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leavings",
                        to="enrollment.entry",
                    ),
                ),
                migrations.AddField(
                    model_name="leaving",
                    name="filed_by",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.user",
                    ),
                ),
                migrations.AddField(
                    model_name="leaving",
                    name="prepared_by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.user",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
                    name="area",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
                    name="decided_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.user",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
                    name="decree_row",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.decreeentry",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
                    name="entry",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.entry",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
                    name="filed_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.user",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.leaving",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingevent",
                    name="prepared_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.user",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingstep",
                    name="area",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingstep",
                    name="leaving",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="enrollment.leaving",
                    ),
                ),
                migrations.AddField(
                    model_name="leavingstep",
                    name="office",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                migrations.AddIndex(
                    model_name="leaving",
                    index=models.Index(
                        fields=["area", "state", "-changed_at"], name="leaving_listed"
                    ),
                ),
                migrations.AddIndex(
                    model_name="leaving",
                    index=models.Index(fields=["entry"], name="leaving_entry"),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["approved", "filed", "prepared"])),
                        fields=("entry",),
                        name="leaving_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(
                                models.Q(("decided_by", models.F("filed_by")), _negated=True),
                                models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="leaving_decider_is_not_maker",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "refused"]), _negated=True),
                            models.Q(("decided_by__isnull", False), ("filed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="leaving_decided_is_signed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("document", ""), ("document_kind", ""), ("document_name", "")
                            ),
                            models.Q(
                                ("document", ""),
                                ("document_name", ""),
                                ("document_kind", ""),
                                _connector="OR",
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="leaving_document_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leavingstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_state__in", ["refused", "withdrawn"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="leaving_refused_with_reason",
                    ),
                ),
            ]
        ),
        AddTriggers(
            {
                "leaving": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_leavingevent" ("area_id", "changed_at", "decided_by_id", "decree_row_id", "document", "document_kind", "document_name", "entry_id", "filed_by_id", "freed", "id", "last_month", "made_at", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "public_id", "reason", "role", "state", "words") SELECT new_values."area_id", new_values."changed_at", new_values."decided_by_id", new_values."decree_row_id", new_values."document", new_values."document_kind", new_values."document_name", new_values."entry_id", new_values."filed_by_id", new_values."freed", new_values."id", new_values."last_month", new_values."made_at", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."prepared_by_id", new_values."public_id", new_values."reason", new_values."role", new_values."state", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4cd8ea61ee78eab36955e9b483f03a8289282f51",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_35ea1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_leaving",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_leavingevent" ("area_id", "changed_at", "decided_by_id", "decree_row_id", "document", "document_kind", "document_name", "entry_id", "filed_by_id", "freed", "id", "last_month", "made_at", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "public_id", "reason", "role", "state", "words") SELECT new_values."area_id", new_values."changed_at", new_values."decided_by_id", new_values."decree_row_id", new_values."document", new_values."document_kind", new_values."document_name", new_values."entry_id", new_values."filed_by_id", new_values."freed", new_values."id", new_values."last_month", new_values."made_at", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."prepared_by_id", new_values."public_id", new_values."reason", new_values."role", new_values."state", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ffbbf0ce39861f04cc1324af146e796f7ac21522",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_695f4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_leaving",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_leavingevent" ("area_id", "changed_at", "decided_by_id", "decree_row_id", "document", "document_kind", "document_name", "entry_id", "filed_by_id", "freed", "id", "last_month", "made_at", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "public_id", "reason", "role", "state", "words") SELECT old_values."area_id", old_values."changed_at", old_values."decided_by_id", old_values."decree_row_id", old_values."document", old_values."document_kind", old_values."document_name", old_values."entry_id", old_values."filed_by_id", old_values."freed", old_values."id", old_values."last_month", old_values."made_at", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."prepared_by_id", old_values."public_id", old_values."reason", old_values."role", old_values."state", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ef164c7075fb0071a2ad0bd120686d4b453e5fc3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_46f1e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_leaving",
                            when="AFTER",
                        ),
                    ),
                ]
            }
        ),
        RowSecurity("enrollment_leaving", OURS),
        RowSecurity("enrollment_leavingstep", OURS, append_only=True),
        RowSecurity("enrollment_leavingevent", OURS, check="true", append_only=True),
        Function(SQL / "entry_leaves.v1.sql"),
        leaves("entry_leaves_at_once", "INSERT", "NEW.state = 'left'"),
        leaves("entry_leaves", "UPDATE OF state", "NEW.state = 'left' OR OLD.state = 'left'"),
        Function(SQL / "leaving_approved_stays.v1.sql"),
        migrations.RunSQL(STAYS, "DROP TRIGGER leaving_approved_stays ON enrollment_leaving"),
        Function(SQL / "entry_in_decree_stays_approved.v3.sql"),
        Function(SQL / "family_before.v2.sql"),
        Function(SQL / "move_person_back.v2.sql"),
        migrations.RunSQL("DROP FUNCTION promised_months", migrations.RunSQL.noop),
        Function(SQL / "promised_months.v2.sql"),
        migrations.RunSQL(migrations.RunSQL.noop, "DROP FUNCTION promised_months"),
    ]
