"""Lists that kecamatan or DPMD check first, and signers who have neither proposed nor checked."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from pathlib import Path

from villages.migrations.operations.alterpolicy import AlterPolicy, Restrict
from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import AGENCY, of_agency, of_regency, within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.together import Together
from villages.migrations.operations.triggers import AddTriggers

SQL = Path(__file__).with_name("sql")
IN_AREA = within("area_id")
IN_REGENCY = within("regency_id")
DPMD = "current_setting('portal.agency', true) IS NOT DISTINCT FROM 'dpmd'"
"""SQL: the DPMD asks, which sees of its regency only what is on lists that go by it."""


def or_of_dpmd(condition):
    """SQL: as `of_agency`, and rows of which `condition` holds for the DPMD."""
    return (
        f"{IN_AREA} AND CASE WHEN {AGENCY} = '' THEN true WHEN {AGENCY} = 'dpmd' "
        f"THEN {condition} ELSE agency_id::text = {AGENCY} END"
    )


def for_dpmd(table, condition, policy="scope", *, check=False):
    """Let the DPMD read those rows of a table of which `condition` holds, and with `check` write
    them."""
    new, old = or_of_dpmd(condition), f"{IN_AREA} AND {of_agency('agency_id')}"
    parts = ["USING ({})", *(["WITH CHECK ({})"] if check else [])]
    return AlterPolicy(
        f"enrollment_{table}",
        policy,
        *(" ".join(part.format(text) for part in parts) for text in (new, old)),
    )


ON_A_LIST = "EXISTS (SELECT FROM enrollment_entry e WHERE e.worker_id = {})"
OWN_JOBS = (
    "office_id IN (SELECT o.id FROM villages_office o "
    "WHERE o.user_id::text = current_setting('portal.user', true))"
)
UNSEEN = (
    *("columnmemory", "columnmemoryevent", "villagememory", "duplicatecase", "duplicatecaseevent"),
    *("coverevent", "membershipevent", "workersourceevent", "entryevent"),
    *("recheck", "recheckevent", "shownnik", "decreeannex"),
)
"""Tables about people, or made of them, that the DPMD has nothing to do with; agencies, for which
they are closed by the pages alone, read them in part."""
SIGNERS = """
CREATE TRIGGER entry_signer_is_not_maker AFTER UPDATE ON enrollment_entry
REFERENCING OLD TABLE AS went NEW TABLE AS come
FOR EACH STATEMENT EXECUTE FUNCTION entry_signer_is_not_maker()
"""
CHECKERS = """
CREATE TRIGGER checker_is_not_maker AFTER INSERT ON enrollment_step REFERENCING NEW TABLE AS come
FOR EACH STATEMENT EXECUTE FUNCTION checker_is_not_maker()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0040_leaving_a_programme"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Route",
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
                            "desa",
                            models.CharField(
                                choices=[
                                    ("langsung", "Langsung ke Dinas"),
                                    ("kecamatan", "Diperiksa kecamatan dahulu"),
                                    ("dpmd", "Diperiksa DPMD dahulu"),
                                ],
                                default="langsung",
                                max_length=10,
                                verbose_name="daftar desa",
                            ),
                        ),
                        (
                            "kelurahan",
                            models.CharField(
                                choices=[
                                    ("langsung", "Langsung ke Dinas"),
                                    ("kecamatan", "Diperiksa kecamatan dahulu"),
                                    ("dpmd", "Diperiksa DPMD dahulu"),
                                ],
                                default="langsung",
                                max_length=10,
                                verbose_name="daftar kelurahan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "jalur",
                        "verbose_name_plural": "jalur",
                    },
                ),
                migrations.CreateModel(
                    name="RouteEvent",
                    fields=[
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        (
                            "desa",
                            models.CharField(
                                choices=[
                                    ("langsung", "Langsung ke Dinas"),
                                    ("kecamatan", "Diperiksa kecamatan dahulu"),
                                    ("dpmd", "Diperiksa DPMD dahulu"),
                                ],
                                default="langsung",
                                max_length=10,
                                verbose_name="daftar desa",
                            ),
                        ),
                        (
                            "kelurahan",
                            models.CharField(
                                choices=[
                                    ("langsung", "Langsung ke Dinas"),
                                    ("kecamatan", "Diperiksa kecamatan dahulu"),
                                    ("dpmd", "Diperiksa DPMD dahulu"),
                                ],
                                default="langsung",
                                max_length=10,
                                verbose_name="daftar kelurahan",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="proposal",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="proposal",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="proposal",
            name="delete_delete",
        ),
        Together(
            [
                migrations.AddField(
                    model_name="proposal",
                    name="route",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("langsung", "Langsung ke Dinas"),
                            ("kecamatan", "Diperiksa kecamatan dahulu"),
                            ("dpmd", "Diperiksa DPMD dahulu"),
                        ],
                        db_default="",
                        default="",
                        help_text="the way it took when it was first handed in",
                        max_length=10,
                        verbose_name="jalur",
                    ),
                ),
                migrations.AddField(
                    model_name="proposalevent",
                    name="route",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("langsung", "Langsung ke Dinas"),
                            ("kecamatan", "Diperiksa kecamatan dahulu"),
                            ("dpmd", "Diperiksa DPMD dahulu"),
                        ],
                        db_default="",
                        default="",
                        help_text="the way it took when it was first handed in",
                        max_length=10,
                        verbose_name="jalur",
                    ),
                ),
                migrations.AlterField(
                    model_name="leaving",
                    name="role",
                    field=models.CharField(
                        choices=[
                            ("operator_desa", "Operator desa"),
                            ("kepala_desa", "Kepala desa"),
                            ("kecamatan", "Kecamatan"),
                            ("dpmd", "DPMD"),
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
                migrations.AlterField(
                    model_name="leavingevent",
                    name="role",
                    field=models.CharField(
                        choices=[
                            ("operator_desa", "Operator desa"),
                            ("kepala_desa", "Kepala desa"),
                            ("kecamatan", "Kecamatan"),
                            ("dpmd", "DPMD"),
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
                migrations.AlterField(
                    model_name="leavingstep",
                    name="role",
                    field=models.CharField(
                        choices=[
                            ("operator_desa", "Operator desa"),
                            ("kepala_desa", "Kepala desa"),
                            ("kecamatan", "Kecamatan"),
                            ("dpmd", "DPMD"),
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
                migrations.AlterField(
                    model_name="entry",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("checking", "Diperiksa kecamatan/DPMD"),
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
                            ("checking", "Diperiksa kecamatan/DPMD"),
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
                            ("checking", "Diperiksa kecamatan/DPMD"),
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
                    model_name="freeze",
                    name="move",
                    field=models.CharField(
                        choices=[
                            ("all", "Semua langkah"),
                            ("submit", "Pengajuan"),
                            ("check", "Pemeriksaan kecamatan/DPMD"),
                            ("verify", "Verifikasi"),
                            ("approve", "Persetujuan"),
                            ("issue", "Penerbitan keputusan"),
                        ],
                        max_length=10,
                        verbose_name="yang berhenti",
                    ),
                ),
                migrations.AlterField(
                    model_name="freezeevent",
                    name="move",
                    field=models.CharField(
                        choices=[
                            ("all", "Semua langkah"),
                            ("submit", "Pengajuan"),
                            ("check", "Pemeriksaan kecamatan/DPMD"),
                            ("verify", "Verifikasi"),
                            ("approve", "Persetujuan"),
                            ("issue", "Penerbitan keputusan"),
                        ],
                        max_length=10,
                        verbose_name="yang berhenti",
                    ),
                ),
                migrations.AlterField(
                    model_name="step",
                    name="from_state",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draf"),
                            ("checking", "Diperiksa kecamatan/DPMD"),
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
                    name="role",
                    field=models.CharField(
                        choices=[
                            ("operator_desa", "Operator desa"),
                            ("kepala_desa", "Kepala desa"),
                            ("kecamatan", "Kecamatan"),
                            ("dpmd", "DPMD"),
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
                migrations.AlterField(
                    model_name="step",
                    name="to_state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("checking", "Diperiksa kecamatan/DPMD"),
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
            ]
        ),
        AddTriggers(
            {
                "proposal": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_proposalevent" ("agency_id", "area_id", "created_at", "created_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "route", "submitted_at") SELECT new_values."agency_id", new_values."area_id", new_values."created_at", new_values."created_by_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."route", new_values."submitted_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2e6d3d96069f3a96ae3d3087390640eb99f5be4d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b434d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_proposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_proposalevent" ("agency_id", "area_id", "created_at", "created_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "route", "submitted_at") SELECT new_values."agency_id", new_values."area_id", new_values."created_at", new_values."created_by_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."route", new_values."submitted_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ceae45f30181aa55d703b6f2d9cf71303dee5d75",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_26f2f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_proposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_proposalevent" ("agency_id", "area_id", "created_at", "created_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "route", "submitted_at") SELECT old_values."agency_id", old_values."area_id", old_values."created_at", old_values."created_by_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."route", old_values."submitted_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c8c54fe67b4f1af62022fd687b18ea928d56f41e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_284e5",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_proposal",
                            when="AFTER",
                        ),
                    ),
                ],
            }
        ),
        Together(
            [
                migrations.AddField(
                    model_name="route",
                    name="regency",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                migrations.AddField(
                    model_name="routeevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.route",
                    ),
                ),
                migrations.AddField(
                    model_name="routeevent",
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
                    model_name="routeevent",
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
            ]
        ),
        AddTriggers(
            {
                "route": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_routeevent" ("desa", "kelurahan", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id") SELECT new_values."desa", new_values."kelurahan", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."programme_id", new_values."programme_id", new_values."regency_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0a1b2ad2934e95188259a72f41f8bb2741beacc0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3e63a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_route",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_routeevent" ("desa", "kelurahan", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id") SELECT new_values."desa", new_values."kelurahan", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."programme_id", new_values."programme_id", new_values."regency_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."programme_id") = (new_values."programme_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="728142dc44eb98725ee1184738f9a777693b826b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5f1d7",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_route",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_routeevent" ("desa", "kelurahan", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "regency_id") SELECT old_values."desa", old_values."kelurahan", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."programme_id", old_values."programme_id", old_values."regency_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2a4f267970c74db60c19d5ca4ba24bf21cf245f7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dee94",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_route",
                            when="AFTER",
                        ),
                    ),
                ],
            }
        ),
        RowSecurity("enrollment_route", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_routeevent", IN_REGENCY, check="true", append_only=True),
        for_dpmd("proposal", "route = 'dpmd'"),
        for_dpmd("worker", ON_A_LIST.format("enrollment_worker.id")),
        for_dpmd("workerevent", ON_A_LIST.format("pgh_obj_id"), "reading"),
        for_dpmd("entrycount", "proposal_id IN (SELECT id FROM enrollment_proposal)"),
        for_dpmd("bulkdecision", OWN_JOBS, check=True),
        *(Restrict(f"enrollment_{table}", "not_by_dpmd", f"NOT ({DPMD})") for table in UNSEEN),
        Restrict(
            "enrollment_decreeentry",
            "not_by_dpmd",
            f"NOT ({DPMD}) OR EXISTS (SELECT FROM enrollment_entry e WHERE e.id = entry_id)",
        ),
        Restrict(
            "enrollment_disclosure",
            "not_by_dpmd",
            f"NOT ({DPMD}) OR user_id::text = current_setting('portal.user', true)",
        ),
        Function(SQL / "steps_rest.v3.sql"),
        Function(SQL / "promised_months.v3.sql"),
        Function(SQL / "family_before.v3.sql"),
        Function(SQL / "earlier_makers.v1.sql"),
        Function(SQL / "entry_signer_is_not_maker.v1.sql"),
        migrations.RunSQL(SIGNERS, "DROP TRIGGER entry_signer_is_not_maker ON enrollment_entry"),
        Function(SQL / "checker_is_not_maker.v1.sql"),
        migrations.RunSQL(CHECKERS, "DROP TRIGGER checker_is_not_maker ON enrollment_step"),
    ]
