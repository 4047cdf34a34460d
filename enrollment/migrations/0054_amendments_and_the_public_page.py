from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import in_runs

SQL = Path(__file__).with_name("sql")
IN_AREA, IN_REGENCY = within("area_id"), within("regency_id")
OLD_ISSUED = """
CREATE TRIGGER decree_issued_is_frozen BEFORE UPDATE OR DELETE ON enrollment_decree
FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION decree_refuse_change()
"""
# Whether it may be deleted is said by decree_frozen_is_not_deleted; that it moves, by its step.
ISSUED = """
CREATE TRIGGER decree_issued_is_frozen BEFORE UPDATE ON enrollment_decree
FOR EACH ROW WHEN (OLD.state IN ('issued', 'revoking', 'revoked') AND (
    NEW.state = OLD.state OR to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state'))
EXECUTE FUNCTION decree_refuse_change()
"""
WORDS = ("title", "legal_basis", "header", "programme_id", "people", "total")


def _differ(words):
    old, new = (", ".join(f"{row}.{word}" for word in words) for row in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


# As it was: it has to go while the column of titles is widened.
KEEPS_ITS_WORDS = f"""
CREATE TRIGGER decree_frozen_keeps_its_words BEFORE UPDATE ON enrollment_decree FOR EACH ROW
WHEN (NEW.state <> 'draft' AND (
    OLD.state IN ('freezing', 'ready', 'sent', 'returned') AND {_differ(WORDS)}
    OR OLD.state = 'issuing' AND {_differ((*WORDS, "number", "date", "signatory_id"))}
    OR OLD.state IN ('ready', 'sent', 'returned') AND NEW.sha256 <> OLD.sha256))
EXECUTE FUNCTION decree_refuse_change()
"""
AMENDS = """
CREATE TRIGGER amendment_fits BEFORE INSERT OR UPDATE OF amends_id, ordinal, state, date
ON enrollment_decree FOR EACH ROW EXECUTE FUNCTION amendment_fits()
"""
CHANGES = """
CREATE TRIGGER decree_change_fits BEFORE INSERT OR UPDATE ON enrollment_decreechange
FOR EACH ROW EXECUTE FUNCTION decree_change_fits()
"""
REVOKED = """
CREATE TRIGGER decree_record_stays BEFORE DELETE ON enrollment_decreerevocation
FOR EACH ROW EXECUTE FUNCTION decree_record_stays()
"""
CODES = """
CREATE TRIGGER decree_code_stays BEFORE UPDATE OR DELETE ON enrollment_decreecode
FOR EACH ROW EXECUTE FUNCTION decree_code_stays()
"""
ROWS = {
    "decree_change_added": ("INSERT", "NEW"),
    "decree_change_changed": ("UPDATE", "OLD"),
    "decree_change_moved": ("UPDATE", "NEW"),
    "decree_change_deleted": ("DELETE", "OLD"),
}


def trigger(table, sql):
    name = sql.split()[2]
    return migrations.RunSQL(sql, f"DROP TRIGGER {name} ON {table}")


def on_changes(name, event, which):
    return trigger(
        "enrollment_decreechange",
        f"CREATE TRIGGER {name} AFTER {event} ON enrollment_decreechange"
        f" REFERENCING {which} TABLE AS touched FOR EACH STATEMENT"
        " EXECUTE FUNCTION decree_entries_of_drafts_only()",
    )


class Migration(migrations.Migration):
    """A list has a code by which anybody looks its decree up; a decree is changed by amendments and
    can be revoked."""

    dependencies = [
        ("enrollment", "0053_letters_and_arrangement"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        migrations.RunSQL("DROP TRIGGER decree_issued_is_frozen ON enrollment_decree", OLD_ISSUED),
        migrations.RunSQL(
            "DROP TRIGGER decree_frozen_keeps_its_words ON enrollment_decree", KEEPS_ITS_WORDS
        ),
        *in_runs(
            [
                migrations.CreateModel(
                    name="DecreeChange",
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
                        ("nik", models.CharField(max_length=16)),
                        ("kk", models.CharField(blank=True, max_length=32)),
                        ("name", models.CharField(max_length=150)),
                        ("birth_place", models.CharField(blank=True, max_length=100)),
                        ("birth_date", models.DateField(null=True)),
                        ("sex", models.CharField(blank=True, max_length=1)),
                        ("address", models.CharField(blank=True, max_length=255)),
                        ("rt", models.CharField(blank=True, max_length=10)),
                        ("rw", models.CharField(blank=True, max_length=10)),
                        ("village", models.CharField(max_length=100)),
                        ("district", models.CharField(max_length=100)),
                        ("occupation", models.CharField(blank=True, max_length=100)),
                        ("months", models.PositiveSmallIntegerField()),
                        (
                            "premium",
                            models.PositiveIntegerField(
                                help_text="rupiah a month, if all are alike", null=True
                            ),
                        ),
                        (
                            "prices",
                            models.CharField(
                                blank=True,
                                db_default="",
                                help_text="16.800 × 3 + 8.400 × 9",
                                max_length=200,
                            ),
                        ),
                        ("cost", models.PositiveBigIntegerField(help_text="rupiah for all months")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("out", "Keluar"), ("corrected", "Diperbaiki")],
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "perubahan daftar",
                        "verbose_name_plural": "perubahan daftar",
                        "ordering": ["decree", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="DecreeCode",
                    fields=[
                        (
                            "code",
                            models.CharField(
                                max_length=10,
                                primary_key=True,
                                serialize=False,
                                verbose_name="kode",
                            ),
                        ),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "kode keputusan",
                        "verbose_name_plural": "kode keputusan",
                        "ordering": ["-given_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DecreeRevocation",
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
                        (
                            "number",
                            models.CharField(
                                max_length=100, verbose_name="nomor keputusan pencabutan"
                            ),
                        ),
                        ("date", models.DateField(verbose_name="tanggal pencabutan")),
                        ("reason", models.CharField(max_length=1000, verbose_name="alasan")),
                        (
                            "file",
                            models.FileField(
                                upload_to="decrees", verbose_name="dokumen pencabutan"
                            ),
                        ),
                        ("filename", models.CharField(max_length=255)),
                        (
                            "ending",
                            models.CharField(
                                help_text="pdf, jpg …, told by the content", max_length=10
                            ),
                        ),
                        ("sha256", models.CharField(help_text="of the file", max_length=64)),
                        (
                            "last_month",
                            models.DateField(help_text="the last month that stays paid"),
                        ),
                        (
                            "last",
                            models.BigIntegerField(
                                default=0, help_text="the row up to which people have left"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pencabutan",
                        "verbose_name_plural": "pencabutan",
                        "ordering": ["-created_at", "pk"],
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
                migrations.RemoveConstraint(
                    model_name="decree",
                    name="decree_issued_is_sealed",
                ),
                migrations.RemoveConstraint(
                    model_name="decree",
                    name="decree_frozen_is_whole",
                ),
                migrations.RemoveConstraint(
                    model_name="decree",
                    name="decree_signed_is_whole",
                ),
                migrations.RemoveConstraint(
                    model_name="decree",
                    name="decree_issued_is_whole",
                ),
                migrations.AddField(
                    model_name="decree",
                    name="amends",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="of an amendment: the decree that it changes, never an amendment",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="enrollment.decree",
                        verbose_name="keputusan yang diubah",
                    ),
                ),
                migrations.AddField(
                    model_name="decree",
                    name="ordinal",
                    field=models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        help_text="of an amendment: 1 for Perubahan, 2 for Perubahan Kedua",
                        verbose_name="perubahan ke",
                    ),
                ),
                migrations.AddField(
                    model_name="decreeevent",
                    name="amends",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="of an amendment: the decree that it changes, never an amendment",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.decree",
                        verbose_name="keputusan yang diubah",
                    ),
                ),
                migrations.AddField(
                    model_name="decreeevent",
                    name="ordinal",
                    field=models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        help_text="of an amendment: 1 for Perubahan, 2 for Perubahan Kedua",
                        verbose_name="perubahan ke",
                    ),
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
                            ("revoking", "Sedang dicabut"),
                            ("revoked", "Dicabut"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="decree",
                    name="title",
                    field=models.CharField(blank=True, max_length=500, verbose_name="tentang"),
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
                            ("revoking", "Sedang dicabut"),
                            ("revoked", "Dicabut"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="decreeevent",
                    name="title",
                    field=models.CharField(blank=True, max_length=500, verbose_name="tentang"),
                ),
                migrations.AlterField(
                    model_name="decreestep",
                    name="from_state",
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
                            ("revoking", "Sedang dicabut"),
                            ("revoked", "Dicabut"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="decreestep",
                    name="to_state",
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
                            ("revoking", "Sedang dicabut"),
                            ("revoked", "Dicabut"),
                        ],
                        max_length=10,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decree",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("amends_id", "cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "ordinal", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "signatory_id", "state", "title", "total") SELECT new_values."amends_id", new_values."cover_source_id", new_values."date", new_values."drafted_at", new_values."drafted_by_id", new_values."header", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."legal_basis", new_values."number", new_values."ordinal", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."regency_id", new_values."sha256", new_values."signatory_id", new_values."state", new_values."title", new_values."total" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="54de9852498448f4d2ea60a4805ab632202e5751",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("amends_id", "cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "ordinal", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "signatory_id", "state", "title", "total") SELECT new_values."amends_id", new_values."cover_source_id", new_values."date", new_values."drafted_at", new_values."drafted_by_id", new_values."header", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."legal_basis", new_values."number", new_values."ordinal", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."regency_id", new_values."sha256", new_values."signatory_id", new_values."state", new_values."title", new_values."total" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."amends_id" IS DISTINCT FROM (new_values."amends_id") OR old_values."cover_source_id" IS DISTINCT FROM (new_values."cover_source_id") OR old_values."date" IS DISTINCT FROM (new_values."date") OR old_values."drafted_at" IS DISTINCT FROM (new_values."drafted_at") OR old_values."drafted_by_id" IS DISTINCT FROM (new_values."drafted_by_id") OR old_values."header" IS DISTINCT FROM (new_values."header") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."issued_at" IS DISTINCT FROM (new_values."issued_at") OR old_values."issued_by_id" IS DISTINCT FROM (new_values."issued_by_id") OR old_values."legal_basis" IS DISTINCT FROM (new_values."legal_basis") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."ordinal" IS DISTINCT FROM (new_values."ordinal") OR old_values."people" IS DISTINCT FROM (new_values."people") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."regency_id" IS DISTINCT FROM (new_values."regency_id") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."signatory_id" IS DISTINCT FROM (new_values."signatory_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."total" IS DISTINCT FROM (new_values."total")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ccf150d85b83cc997ad1c1141b28b64df3b1864a",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_decreeevent" ("amends_id", "cover_source_id", "date", "drafted_at", "drafted_by_id", "header", "id", "issued_at", "issued_by_id", "legal_basis", "number", "ordinal", "people", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id", "sha256", "signatory_id", "state", "title", "total") SELECT old_values."amends_id", old_values."cover_source_id", old_values."date", old_values."drafted_at", old_values."drafted_by_id", old_values."header", old_values."id", old_values."issued_at", old_values."issued_by_id", old_values."legal_basis", old_values."number", old_values."ordinal", old_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."regency_id", old_values."sha256", old_values."signatory_id", old_values."state", old_values."title", old_values."total" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d3ae6d589ec08edacd1d782dac247e6dfb59ec6f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c614b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_decree",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "review", "withdrawn"]),
                            models.Q(
                                models.Q(
                                    ("people__gt", 0), ("amends__isnull", False), _connector="OR"
                                ),
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
                            models.Q(
                                (
                                    "state__in",
                                    ["returned", "issuing", "issued", "revoking", "revoked"],
                                ),
                                _negated=True,
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
                            models.Q(
                                ("state__in", ["issuing", "issued", "revoking", "revoked"]),
                                _negated=True,
                            ),
                            ("cover_source__isnull", False),
                            _connector="OR",
                        ),
                        name="decree_issued_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["issued", "revoking", "revoked"]), _negated=True
                            ),
                            models.Q(
                                ("issued_by__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decree_issued_is_sealed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amends", None), ("ordinal", 0)),
                            models.Q(("amends__isnull", False), ("ordinal__gt", 0)),
                            _connector="OR",
                        ),
                        name="decree_amendment_has_ordinal",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("amends", "ordinal"),
                        name="decree_amendment_ordinal_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decree",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "review",
                                    "freezing",
                                    "ready",
                                    "sent",
                                    "returned",
                                    "issuing",
                                ],
                            )
                        ),
                        fields=("amends",),
                        name="decree_amended_once_at_a_time",
                    ),
                ),
                migrations.AddField(
                    model_name="decreechange",
                    name="area",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="decreechange",
                    name="decree",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="enrollment.decree",
                    ),
                ),
                migrations.AddField(
                    model_name="decreechange",
                    name="row",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="enrollment.decreeentry",
                    ),
                ),
                migrations.AddField(
                    model_name="decreecode",
                    name="decree",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="codes",
                        to="enrollment.decree",
                    ),
                ),
                migrations.AddField(
                    model_name="decreecode",
                    name="regency",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="decreerevocation",
                    name="area",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="decreerevocation",
                    name="decree",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocation",
                        to="enrollment.decree",
                    ),
                ),
                migrations.AddField(
                    model_name="decreerevocation",
                    name="office",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                migrations.AddIndex(
                    model_name="decreechange",
                    index=models.Index(fields=["area"], name="decree_change_area"),
                ),
                migrations.AddConstraint(
                    model_name="decreechange",
                    constraint=models.UniqueConstraint(
                        fields=("decree", "position"), name="decree_change_position"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decreechange",
                    constraint=models.UniqueConstraint(
                        fields=("row", "decree"), name="decree_change_person_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decreechange",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "out")),
                        fields=("row",),
                        name="decree_person_out_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decreecode",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[ACDEFGHJKMNPQRTVWXY34679]{10}$")),
                        name="decree_code_is_readable",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="decreerevocation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("file", ""), _negated=True),
                            models.Q(("sha256", ""), _negated=True),
                        ),
                        name="decree_revocation_is_whole",
                    ),
                ),
            ]
        ),
        trigger("enrollment_decree", KEEPS_ITS_WORDS),
        trigger("enrollment_decree", ISSUED),
        RowSecurity("enrollment_decreecode", IN_REGENCY),
        RowSecurity("enrollment_decreechange", IN_AREA),
        RowSecurity("enrollment_decreerevocation", IN_AREA, read=of_regency("area_id")),
        Function(SQL / "decree_code_stays.v1.sql"),
        trigger("enrollment_decreecode", CODES),
        Function(SQL / "public_decree.v1.sql"),
        Function(SQL / "amendment_fits.v1.sql"),
        trigger("enrollment_decree", AMENDS),
        Function(SQL / "decree_change_fits.v1.sql"),
        trigger("enrollment_decreechange", CHANGES),
        trigger("enrollment_decreerevocation", REVOKED),
        *(on_changes(name, *when) for name, when in ROWS.items()),
        Function(SQL / "decree_step_is_next.v3.sql"),
        Function(SQL / "documents_naming.v3.sql"),
        Function(SQL / "annex_pdf_of_this_list.v2.sql"),
        Function(SQL / "entry_leaves.v2.sql"),
        Function(SQL / "entry_in_decree_stays_approved.v5.sql"),
    ]
