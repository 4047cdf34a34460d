import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from pathlib import Path
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import in_runs

SQL = Path(__file__).with_name("sql")
IN_AREA, IN_REGENCY = within("area_id"), within("regency_id")
WORDS = ("title", "legal_basis", "header", "programme_id", "people", "total")
SIGNED = (*WORDS, "number", "date", "signatory_id")


def _differ(words):
    old, new = (", ".join(f"{row}.{word}" for word in words) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


# What a decree says stays as it is from freezing on, and what was signed while it is being issued;
# or the list is opened again. The seal is written once.
KEEPS_ITS_WORDS = f"""
CREATE TRIGGER decree_frozen_keeps_its_words BEFORE UPDATE ON enrollment_decree FOR EACH ROW
WHEN (NEW.state <> 'draft' AND (
    OLD.state IN ('freezing', 'ready', 'sent', 'returned') AND {_differ(WORDS)}
    OR OLD.state = 'issuing' AND {_differ(SIGNED)}
    OR OLD.state IN ('ready', 'sent', 'returned') AND NEW.sha256 <> OLD.sha256))
EXECUTE FUNCTION decree_refuse_change()
"""
OLD_KEEPS_ITS_WORDS = f"""
CREATE TRIGGER decree_issuing_keeps_its_words BEFORE UPDATE ON enrollment_decree FOR EACH ROW
WHEN (OLD.state = 'issuing' AND NEW.state <> 'draft'
    AND {_differ(("number", "date", *WORDS))})
EXECUTE FUNCTION decree_refuse_change()
"""
STAYS = """
CREATE TRIGGER decree_frozen_is_not_deleted BEFORE DELETE ON enrollment_decree FOR EACH ROW
WHEN (OLD.state NOT IN ('draft', 'review')) EXECUTE FUNCTION decree_refuse_change()
"""
MOVES = """
CREATE TRIGGER decree_moves_by_step AFTER UPDATE OF state ON enrollment_decree FOR EACH ROW
WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION decree_moves_by_step()
"""
BEGINS = """
CREATE TRIGGER decree_begins_as_draft AFTER INSERT ON enrollment_decree FOR EACH ROW
WHEN (NEW.state <> 'draft') EXECUTE FUNCTION decree_moves_by_step()
"""
NEXT = """
CREATE TRIGGER decree_step_is_next BEFORE INSERT ON enrollment_decreestep
FOR EACH ROW EXECUTE FUNCTION decree_step_is_next()
"""


def trigger(table, sql):
    name = sql.split()[2]
    return migrations.RunSQL(sql, f"DROP TRIGGER {name} ON {table}")


def record(table):
    """Rows of `table` are never changed, and deleted only with a draft."""
    return trigger(
        table,
        f"CREATE TRIGGER decree_record_stays BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION decree_record_stays()",
    )


class Migration(migrations.Migration):
    """A list is frozen before it is signed and issued afterwards; each move is a row, and the files
    that went out and came back are kept."""

    dependencies = [
        ("enrollment", "0048_annex_as_pdf"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        *in_runs(
            [
                migrations.CreateModel(
                    name="DecreeDrafting",
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
                        ("last", models.BigIntegerField(default=0)),
                        ("left_out", models.JSONField(default=dict)),
                    ],
                    options={
                        "verbose_name": "penyusunan daftar",
                        "verbose_name_plural": "penyusunan daftar",
                        "ordering": ["-created_at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DecreeFile",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sent", "Dikirim untuk ditandatangani"),
                                    ("signed", "Kembali bertanda tangan"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "seal",
                            models.CharField(
                                help_text="of the frozen list that it was made from", max_length=64
                            ),
                        ),
                        (
                            "people",
                            models.PositiveIntegerField(
                                help_text="of the list, whom the file names"
                            ),
                        ),
                        ("file", models.FileField(upload_to="decrees")),
                        ("filename", models.CharField(max_length=255)),
                        (
                            "ending",
                            models.CharField(
                                help_text="pdf, xlsx, jpg …, told by the content", max_length=10
                            ),
                        ),
                        ("size", models.PositiveIntegerField(help_text="bytes")),
                        ("sha256", models.CharField(help_text="of the file", max_length=64)),
                        (
                            "proof",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("exact", "Sama persis dengan yang dikirim"),
                                    ("nothing", "Tidak memuat berkas yang dikirim"),
                                    ("scan", "Pindaian, tidak dapat dibandingkan"),
                                    ("unknown", "Tidak ada PDF yang dikirim untuk dibandingkan"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("found", models.JSONField(default=dict)),
                        ("name", models.CharField(max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "berkas keputusan",
                        "verbose_name_plural": "berkas keputusan",
                        "ordering": ["-at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DecreeFreezing",
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
                    ],
                    options={
                        "verbose_name": "pembekuan",
                        "verbose_name_plural": "pembekuan",
                        "ordering": ["-created_at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DecreeStep",
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
                            "from_state",
                            models.CharField(
                                choices=[
                                    ("draft", "Rancangan"),
                                    ("review", "Telaah hukum"),
                                    ("freezing", "Sedang dibekukan"),
                                    ("ready", "Siap tanda tangan"),
                                    ("sent", "Terkirim"),
                                    ("returned", "Kembali bertanda tangan"),
                                    ("issuing", "Sedang diterbitkan"),
                                    ("issued", "Diterbitkan"),
                                    ("withdrawn", "Dibuang"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("draft", "Rancangan"),
                                    ("review", "Telaah hukum"),
                                    ("freezing", "Sedang dibekukan"),
                                    ("ready", "Siap tanda tangan"),
                                    ("sent", "Terkirim"),
                                    ("returned", "Kembali bertanda tangan"),
                                    ("issuing", "Sedang diterbitkan"),
                                    ("issued", "Diterbitkan"),
                                    ("withdrawn", "Dibuang"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=1000, verbose_name="alasan"),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "langkah keputusan",
                        "verbose_name_plural": "langkah keputusan",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Signatory",
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
                            "capacity",
                            models.CharField(
                                choices=[
                                    ("head", "Bupati atau wali kota"),
                                    ("interim", "Penjabat (Pj.)"),
                                    ("acting", "Pelaksana tugas (Plt.)"),
                                    ("on_behalf", "Sekretaris daerah, atas nama (a.n.)"),
                                ],
                                default="head",
                                max_length=12,
                                verbose_name="jabatan",
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="nama dan gelar")),
                        (
                            "rank",
                            models.CharField(blank=True, max_length=100, verbose_name="pangkat"),
                        ),
                        ("nip", models.CharField(blank=True, max_length=30, verbose_name="NIP")),
                        ("valid_from", models.DateField(verbose_name="menjabat sejak")),
                        (
                            "valid_until",
                            models.DateField(blank=True, null=True, verbose_name="sampai"),
                        ),
                    ],
                    options={
                        "verbose_name": "penandatangan",
                        "verbose_name_plural": "penandatangan",
                        "ordering": ["-valid_from", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SignatoryEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "capacity",
                            models.CharField(
                                choices=[
                                    ("head", "Bupati atau wali kota"),
                                    ("interim", "Penjabat (Pj.)"),
                                    ("acting", "Pelaksana tugas (Plt.)"),
                                    ("on_behalf", "Sekretaris daerah, atas nama (a.n.)"),
                                ],
                                default="head",
                                max_length=12,
                                verbose_name="jabatan",
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="nama dan gelar")),
                        (
                            "rank",
                            models.CharField(blank=True, max_length=100, verbose_name="pangkat"),
                        ),
                        ("nip", models.CharField(blank=True, max_length=30, verbose_name="NIP")),
                        ("valid_from", models.DateField(verbose_name="menjabat sejak")),
                        (
                            "valid_until",
                            models.DateField(blank=True, null=True, verbose_name="sampai"),
                        ),
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
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="decree",
                    name="update_update",
                ),
                migrations.RemoveConstraint(
                    model_name="decree",
                    name="decree_issued_is_whole",
                ),
                migrations.AlterField(
                    model_name="decree",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Rancangan"),
                            ("review", "Telaah hukum"),
                            ("freezing", "Sedang dibekukan"),
                            ("ready", "Siap tanda tangan"),
                            ("sent", "Terkirim"),
                            ("returned", "Kembali bertanda tangan"),
                            ("issuing", "Sedang diterbitkan"),
                            ("issued", "Diterbitkan"),
                            ("withdrawn", "Dibuang"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="decreeevent",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Rancangan"),
                            ("review", "Telaah hukum"),
                            ("freezing", "Sedang dibekukan"),
                            ("ready", "Siap tanda tangan"),
                            ("sent", "Terkirim"),
                            ("returned", "Kembali bertanda tangan"),
                            ("issuing", "Sedang diterbitkan"),
                            ("issued", "Diterbitkan"),
                            ("withdrawn", "Dibuang"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decree",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "signatory_id", "state", "title", "total") SELECT new_values."cover_source_id", new_values."date", new_values."drafted_at", new_values."drafted_by_id", new_values."header", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."legal_basis", new_values."number", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."regency_id", new_values."sha256", new_values."signatory_id", new_values."state", new_values."title", new_values."total" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="354dd7a1dc4e69070fb73f5c88e5700ed7cd6f41",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "signatory_id", "state", "title", "total") SELECT new_values."cover_source_id", new_values."date", new_values."drafted_at", new_values."drafted_by_id", new_values."header", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."legal_basis", new_values."number", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."regency_id", new_values."sha256", new_values."signatory_id", new_values."state", new_values."title", new_values."total" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cover_source_id" IS DISTINCT FROM (new_values."cover_source_id") OR old_values."date" IS DISTINCT FROM (new_values."date") OR old_values."drafted_at" IS DISTINCT FROM (new_values."drafted_at") OR old_values."drafted_by_id" IS DISTINCT FROM (new_values."drafted_by_id") OR old_values."header" IS DISTINCT FROM (new_values."header") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."issued_at" IS DISTINCT FROM (new_values."issued_at") OR old_values."issued_by_id" IS DISTINCT FROM (new_values."issued_by_id") OR old_values."legal_basis" IS DISTINCT FROM (new_values."legal_basis") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."people" IS DISTINCT FROM (new_values."people") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."regency_id" IS DISTINCT FROM (new_values."regency_id") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."signatory_id" IS DISTINCT FROM (new_values."signatory_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."total" IS DISTINCT FROM (new_values."total")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f7130bb91078dc9cbfebd38d58465ea2e089ea37",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "signatory_id", "state", "title", "total") SELECT old_values."cover_source_id", old_values."date", old_values."drafted_at", old_values."drafted_by_id", old_values."header", old_values."id", old_values."issued_at", old_values."issued_by_id", old_values."legal_basis", old_values."number", old_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."regency_id", old_values."sha256", old_values."signatory_id", old_values."state", old_values."title", old_values."total" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7f12e9689f81ae5809af6b5226efdb3e4b7be7d9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c614b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_decree",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="decreedrafting",
                    name="area",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="decreedrafting",
                    name="decree",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draftings",
                        to="enrollment.decree",
                    ),
                ),
                migrations.AddField(
                    model_name="decreedrafting",
                    name="office",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                migrations.AddField(
                    model_name="decreefile",
                    name="decree",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="enrollment.decree",
                    ),
                ),
                migrations.AddField(
                    model_name="decreefile",
                    name="office",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                migrations.AddField(
                    model_name="decreefile",
                    name="regency",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="decreefreezing",
                    name="area",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="decreefreezing",
                    name="decree",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="freezings",
                        to="enrollment.decree",
                    ),
                ),
                migrations.AddField(
                    model_name="decreefreezing",
                    name="office",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                migrations.AddField(
                    model_name="decreestep",
                    name="decree",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="enrollment.decree",
                    ),
                ),
                migrations.AddField(
                    model_name="decreestep",
                    name="office",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                migrations.AddField(
                    model_name="decreestep",
                    name="regency",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="signatory",
                    name="regency",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="decree",
                    name="signatory",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.signatory",
                        verbose_name="penandatangan",
                    ),
                ),
                migrations.AddField(
                    model_name="decreeevent",
                    name="signatory",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.signatory",
                        verbose_name="penandatangan",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "review", "withdrawn"]),
                            models.Q(
                                ("people__gt", 0),
                                models.Q(("title", ""), _negated=True),
                                models.Q(("legal_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decree_frozen_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["ready", "sent", "returned"]), _negated=True),
                            models.Q(("sha256", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decree_frozen_is_sealed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["returned", "issuing", "issued"]), _negated=True
                            ),
                            models.Q(
                                ("date__isnull", False), models.Q(("number", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="decree_signed_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["issuing", "issued"]), _negated=True),
                            ("cover_source__isnull", False),
                            _connector="OR",
                        ),
                        name="decree_issued_is_whole",
                    ),
                ),
                migrations.AddField(
                    model_name="signatoryevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.signatory",
                    ),
                ),
                migrations.AddField(
                    model_name="signatoryevent",
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
                    model_name="decreedrafting",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("decree",),
                        name="decree_drafted_once_at_a_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="decreefile",
                    index=models.Index(fields=["decree", "-at"], name="decree_file_latest"),
                ),
                migrations.AddConstraint(
                    model_name="decreefile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind", "signed"), ("proof", ""), _connector="OR"),
                        name="decree_file_proof_of_signed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decreefile",
                    constraint=models.UniqueConstraint(
                        fields=("decree", "kind", "seal", "sha256"), name="decree_file_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decreefreezing",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("decree",),
                        name="decree_frozen_once_at_a_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="decreestep",
                    index=models.Index(fields=["decree", "-id"], name="decree_step_latest"),
                ),
                migrations.AddConstraint(
                    model_name="signatory",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="signatory_term_in_order",
                        violation_error_message="Masa jabatan berakhir sebelum mulai. Periksa tanggalnya.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signatory",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="signatory_has_a_name"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="signatory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_signatoryevent" ("capacity", "id", "name", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "regency_id", "valid_from", "valid_until") SELECT new_values."capacity", new_values."id", new_values."name", new_values."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."rank", new_values."regency_id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c18712ee21c45b668db43cf579d428381534dad7",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_signatoryevent" ("capacity", "id", "name", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "regency_id", "valid_from", "valid_until") SELECT new_values."capacity", new_values."id", new_values."name", new_values."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."rank", new_values."regency_id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ff65f596a40f4b3f646bb59f1c8919559fc66c76",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_signatoryevent" ("capacity", "id", "name", "nip", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "regency_id", "valid_from", "valid_until") SELECT old_values."capacity", old_values."id", old_values."name", old_values."nip", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."rank", old_values."regency_id", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="201f4d563ce1fe4b586885181a62e4a9f9c482f6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_68bbb",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_signatory",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        RowSecurity("enrollment_signatory", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_signatoryevent", IN_REGENCY, check="true", append_only=True),
        RowSecurity("enrollment_decreestep", IN_REGENCY),
        RowSecurity("enrollment_decreefile", IN_REGENCY, append_only=True),
        RowSecurity("enrollment_decreefreezing", IN_AREA),
        RowSecurity("enrollment_decreedrafting", IN_AREA),
        Function(SQL / "decree_entries_of_drafts_only.v3.sql"),
        Function(SQL / "decree_step_is_next.v1.sql"),
        Function(SQL / "decree_moves_by_step.v1.sql"),
        Function(SQL / "decree_record_stays.v1.sql"),
        migrations.RunSQL(
            "DROP TRIGGER decree_issuing_keeps_its_words ON enrollment_decree", OLD_KEEPS_ITS_WORDS
        ),
        trigger("enrollment_decree", KEEPS_ITS_WORDS),
        trigger("enrollment_decree", STAYS),
        trigger("enrollment_decree", MOVES),
        trigger("enrollment_decree", BEGINS),
        trigger("enrollment_decreestep", NEXT),
        record("enrollment_decreestep"),
        record("enrollment_decreefile"),
    ]
