import django.db.models.constraints
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.rowbounds import of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

IN_REGENCY, OF_REGENCY = within("regency_id"), of_regency("regency_id")


def history(table):
    return RowSecurity(f"enrollment_{table}event", IN_REGENCY, check="true", append_only=True)


UNFORCED, FORCED = (
    [
        f"ALTER TABLE {table} {force} ROW LEVEL SECURITY"
        for table in ("enrollment_premiumsubsidy", "enrollment_premiumsubsidyevent")
    ]
    for force in ("NO FORCE", "FORCE")
)
"""SQL: row security binds the owner of a table as long as it is forced."""
CARRIED_OVER = [
    *UNFORCED,
    """
    INSERT INTO enrollment_legalbasis
        (programme_id, regency_id, position, kind, number, date, title)
    SELECT id, regency_id, 1, 'perbup', legal_basis_number, legal_basis_date, legal_basis_title
    FROM enrollment_premiumsubsidy WHERE legal_basis_number <> ''
    """,
    """
    WITH told AS (
        SELECT *,
            lag(legal_basis_number, 1, '') OVER earlier AS number_before,
            lag((legal_basis_number, legal_basis_date, legal_basis_title)) OVER earlier AS before
        FROM enrollment_premiumsubsidyevent
        WINDOW earlier AS (PARTITION BY pgh_obj_id ORDER BY pgh_id)
    )
    INSERT INTO enrollment_legalbasisevent
        (pgh_created_at, pgh_label, pgh_context, pgh_context_id, pgh_obj_id,
         id, programme_id, regency_id, position, kind, number, date, title)
    SELECT pgh_created_at, CASE WHEN number_before = '' THEN 'insert' ELSE 'update' END,
        pgh_context, pgh_context_id, basis.id, basis.id, basis.programme_id, basis.regency_id,
        1, 'perbup', legal_basis_number, legal_basis_date, legal_basis_title
    FROM told JOIN enrollment_legalbasis basis ON basis.programme_id = told.pgh_obj_id
    WHERE legal_basis_number <> '' AND pgh_label <> 'delete'
        AND (legal_basis_number, legal_basis_date, legal_basis_title) IS DISTINCT FROM before
    ORDER BY pgh_id
    """,
    *FORCED,
]
"""SQL: the regulation of a programme is its first legal basis, with what the programme's history
says of it. Without a number nothing was cited, and nothing is kept."""
PUT_BACK = [
    *UNFORCED,
    """
    UPDATE enrollment_premiumsubsidy SET legal_basis_number = basis.number,
        legal_basis_date = basis.date, legal_basis_title = basis.title
    FROM (
        SELECT DISTINCT ON (programme_id) * FROM enrollment_legalbasis
        ORDER BY programme_id, kind <> 'perbup', position
    ) basis WHERE basis.programme_id = enrollment_premiumsubsidy.id
    """,
    *FORCED,
]


class Migration(migrations.Migration):
    """A programme rests on several legal bases, of any kind, and says who pays."""

    dependencies = [
        ("enrollment", "0031_schedules"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="LegalBasis",
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
                            "position",
                            models.PositiveSmallIntegerField(editable=False, verbose_name="urutan"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pp", "Peraturan Pemerintah (PP)"),
                                    ("inpres", "Instruksi Presiden (Inpres)"),
                                    ("permendagri", "Peraturan Menteri Dalam Negeri (Permendagri)"),
                                    (
                                        "permenaker",
                                        "Peraturan Menteri Ketenagakerjaan (Permenaker)",
                                    ),
                                    ("pmk", "Peraturan Menteri Keuangan (PMK)"),
                                    ("perda", "Peraturan Daerah (Perda)"),
                                    ("perbup", "Peraturan Bupati/Wali Kota (Perbup, Perwali)"),
                                    ("keputusan", "Keputusan Bupati/Wali Kota"),
                                    ("se", "Surat edaran"),
                                    ("lain", "Lainnya"),
                                ],
                                default="perbup",
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("number", models.CharField(max_length=100, verbose_name="nomor")),
                        ("date", models.DateField(blank=True, null=True, verbose_name="tanggal")),
                        (
                            "title",
                            models.CharField(blank=True, max_length=255, verbose_name="tentang"),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="legal_bases",
                                to="enrollment.premiumsubsidy",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "regency",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="kabupaten",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dasar hukum",
                        "verbose_name_plural": "dasar hukum",
                        "ordering": ["programme", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("programme", "position"),
                                name="legal_bases_in_order",
                            ),
                            models.UniqueConstraint(
                                fields=("programme", "kind", "number"), name="legal_basis_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                name="legal_basis_has_a_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LegalBasisEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "position",
                            models.PositiveSmallIntegerField(editable=False, verbose_name="urutan"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pp", "Peraturan Pemerintah (PP)"),
                                    ("inpres", "Instruksi Presiden (Inpres)"),
                                    ("permendagri", "Peraturan Menteri Dalam Negeri (Permendagri)"),
                                    (
                                        "permenaker",
                                        "Peraturan Menteri Ketenagakerjaan (Permenaker)",
                                    ),
                                    ("pmk", "Peraturan Menteri Keuangan (PMK)"),
                                    ("perda", "Peraturan Daerah (Perda)"),
                                    ("perbup", "Peraturan Bupati/Wali Kota (Perbup, Perwali)"),
                                    ("keputusan", "Keputusan Bupati/Wali Kota"),
                                    ("se", "Surat edaran"),
                                    ("lain", "Lainnya"),
                                ],
                                default="perbup",
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("number", models.CharField(max_length=100, verbose_name="nomor")),
                        ("date", models.DateField(blank=True, null=True, verbose_name="tanggal")),
                        (
                            "title",
                            models.CharField(blank=True, max_length=255, verbose_name="tentang"),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="enrollment.legalbasis",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="enrollment.premiumsubsidy",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "regency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="kabupaten",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Payer",
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
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("SG", "SG: pekerja rentan, dibayar pemerintah"),
                                    ("SD", "SD: desa, dari APBDes"),
                                    ("SA", "SA: desa, dari APBD"),
                                    ("SL", "SL: desa, dari dana lain"),
                                    ("SC", "SC: pekerja rentan, dibayar perusahaan"),
                                    ("SB", "SB: pekerja rentan, dibayar bank"),
                                ],
                                max_length=2,
                                verbose_name="jenis wadah",
                            ),
                        ),
                        (
                            "npp",
                            models.CharField(blank=True, max_length=20, verbose_name="NPP wadah"),
                        ),
                        (
                            "agreement_number",
                            models.CharField(blank=True, max_length=100, verbose_name="nomor PKS"),
                        ),
                        (
                            "agreement_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="PKS berlaku sejak"
                            ),
                        ),
                        (
                            "agreement_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="PKS berlaku sampai"
                            ),
                        ),
                        (
                            "refund",
                            models.CharField(
                                choices=[("ya", "Ya"), ("tidak", "Tidak"), ("belum", "Belum tahu")],
                                default="belum",
                                max_length=6,
                                verbose_name="iuran dapat dikembalikan",
                            ),
                        ),
                        (
                            "subactivity",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="kode subkegiatan"
                            ),
                        ),
                        (
                            "accounts",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="kode rekening"
                            ),
                        ),
                        (
                            "budget_number",
                            models.CharField(blank=True, max_length=100, verbose_name="nomor DPA"),
                        ),
                        (
                            "programme",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="payer",
                                to="enrollment.premiumsubsidy",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "regency",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="kabupaten",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dana dan perjanjian",
                        "verbose_name_plural": "dana dan perjanjian",
                        "ordering": ["programme"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreement_until__gte", models.F("agreement_from"))
                                ),
                                name="payer_agreement_in_order",
                                violation_error_message="Akhir PKS tidak boleh sebelum awalnya.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PayerEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("SG", "SG: pekerja rentan, dibayar pemerintah"),
                                    ("SD", "SD: desa, dari APBDes"),
                                    ("SA", "SA: desa, dari APBD"),
                                    ("SL", "SL: desa, dari dana lain"),
                                    ("SC", "SC: pekerja rentan, dibayar perusahaan"),
                                    ("SB", "SB: pekerja rentan, dibayar bank"),
                                ],
                                max_length=2,
                                verbose_name="jenis wadah",
                            ),
                        ),
                        (
                            "npp",
                            models.CharField(blank=True, max_length=20, verbose_name="NPP wadah"),
                        ),
                        (
                            "agreement_number",
                            models.CharField(blank=True, max_length=100, verbose_name="nomor PKS"),
                        ),
                        (
                            "agreement_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="PKS berlaku sejak"
                            ),
                        ),
                        (
                            "agreement_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="PKS berlaku sampai"
                            ),
                        ),
                        (
                            "refund",
                            models.CharField(
                                choices=[("ya", "Ya"), ("tidak", "Tidak"), ("belum", "Belum tahu")],
                                default="belum",
                                max_length=6,
                                verbose_name="iuran dapat dikembalikan",
                            ),
                        ),
                        (
                            "subactivity",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="kode subkegiatan"
                            ),
                        ),
                        (
                            "accounts",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="kode rekening"
                            ),
                        ),
                        (
                            "budget_number",
                            models.CharField(blank=True, max_length=100, verbose_name="nomor DPA"),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="enrollment.payer",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="enrollment.premiumsubsidy",
                                verbose_name="program",
                            ),
                        ),
                        (
                            "regency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
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
                    model_name="premiumsubsidy",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="premiumsubsidy",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="premiumsubsidy",
                    name="delete_delete",
                ),
                migrations.RunSQL(CARRIED_OVER, PUT_BACK),
                migrations.RemoveField(
                    model_name="premiumsubsidy",
                    name="legal_basis_date",
                ),
                migrations.RemoveField(
                    model_name="premiumsubsidy",
                    name="legal_basis_number",
                ),
                migrations.RemoveField(
                    model_name="premiumsubsidy",
                    name="legal_basis_title",
                ),
                migrations.RemoveField(
                    model_name="premiumsubsidyevent",
                    name="legal_basis_date",
                ),
                migrations.RemoveField(
                    model_name="premiumsubsidyevent",
                    name="legal_basis_number",
                ),
                migrations.RemoveField(
                    model_name="premiumsubsidyevent",
                    name="legal_basis_title",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="premiumsubsidy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "first_id", "first_month", "fund", "id", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "wave", "wave_name", "year") SELECT new_values."category", new_values."ceiling", new_values."committed", new_values."components", new_values."consent_required", new_values."first_id", new_values."first_month", new_values."fund", new_values."id", new_values."maximum_age", new_values."minimum_age", new_values."months", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."prices", new_values."regency_id", new_values."required_registry", new_values."segment", new_values."source", new_values."state", new_values."village_quota", new_values."wage", new_values."wave", new_values."wave_name", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c4ada6e819335cde718a6a9abde633ad816603b8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_72fa8",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_premiumsubsidy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="premiumsubsidy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "first_id", "first_month", "fund", "id", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "wave", "wave_name", "year") SELECT new_values."category", new_values."ceiling", new_values."committed", new_values."components", new_values."consent_required", new_values."first_id", new_values."first_month", new_values."fund", new_values."id", new_values."maximum_age", new_values."minimum_age", new_values."months", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."prices", new_values."regency_id", new_values."required_registry", new_values."segment", new_values."source", new_values."state", new_values."village_quota", new_values."wage", new_values."wave", new_values."wave_name", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9270dcc0a67d17981de249e189efa70b23154809",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e1d1c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_premiumsubsidy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="premiumsubsidy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_premiumsubsidyevent" ("category", "ceiling", "committed", "components", "consent_required", "first_id", "first_month", "fund", "id", "maximum_age", "minimum_age", "months", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prices", "regency_id", "required_registry", "segment", "source", "state", "village_quota", "wage", "wave", "wave_name", "year") SELECT old_values."category", old_values."ceiling", old_values."committed", old_values."components", old_values."consent_required", old_values."first_id", old_values."first_month", old_values."fund", old_values."id", old_values."maximum_age", old_values."minimum_age", old_values."months", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."prices", old_values."regency_id", old_values."required_registry", old_values."segment", old_values."source", old_values."state", old_values."village_quota", old_values."wage", old_values."wave", old_values."wave_name", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e4ae76db4cd367310afd531b4e63d5e64918a047",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6a525",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_premiumsubsidy",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        AddTriggers(
            {
                "legalbasis": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_legalbasisevent" ("date", "id", "kind", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "regency_id", "title") SELECT new_values."date", new_values."id", new_values."kind", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."programme_id", new_values."regency_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="aa9de68a293e5978cad15cd9d9d7ed8ace18fcd6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8fe82",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_legalbasis",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_legalbasisevent" ("date", "id", "kind", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "regency_id", "title") SELECT new_values."date", new_values."id", new_values."kind", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."programme_id", new_values."regency_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2be7d525dec8a88f04101093a1d79e427c1969c2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7f178",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_legalbasis",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_legalbasisevent" ("date", "id", "kind", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "regency_id", "title") SELECT old_values."date", old_values."id", old_values."kind", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."programme_id", old_values."regency_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="172534614159f947700eeef66de1dc61fcfd9cbe",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_13411",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_legalbasis",
                            when="AFTER",
                        ),
                    ),
                ],
                "payer": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_payerevent" ("accounts", "agreement_from", "agreement_number", "agreement_until", "budget_number", "id", "kind", "npp", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "refund", "regency_id", "subactivity") SELECT new_values."accounts", new_values."agreement_from", new_values."agreement_number", new_values."agreement_until", new_values."budget_number", new_values."id", new_values."kind", new_values."npp", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."refund", new_values."regency_id", new_values."subactivity" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="46ccb1c4c9930491896c3ef52e972c611f1112e0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f3043",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_payer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_payerevent" ("accounts", "agreement_from", "agreement_number", "agreement_until", "budget_number", "id", "kind", "npp", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "refund", "regency_id", "subactivity") SELECT new_values."accounts", new_values."agreement_from", new_values."agreement_number", new_values."agreement_until", new_values."budget_number", new_values."id", new_values."kind", new_values."npp", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."refund", new_values."regency_id", new_values."subactivity" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7036485bfe8bf08ac6b990f46c0d4cc734dea2ac",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9d628",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_payer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_payerevent" ("accounts", "agreement_from", "agreement_number", "agreement_until", "budget_number", "id", "kind", "npp", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "refund", "regency_id", "subactivity") SELECT old_values."accounts", old_values."agreement_from", old_values."agreement_number", old_values."agreement_until", old_values."budget_number", old_values."id", old_values."kind", old_values."npp", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."refund", old_values."regency_id", old_values."subactivity" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b4c88b571f5569e0435189c6047747734b907129",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6b191",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_payer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        RowSecurity("enrollment_legalbasis", IN_REGENCY, read=OF_REGENCY),
        RowSecurity("enrollment_payer", IN_REGENCY, read=OF_REGENCY),
        history("legalbasis"),
        history("payer"),
    ]
