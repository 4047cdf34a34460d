import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowsecurity import USER, RowSecurity


SQL = Path(__file__).with_name("sql")
OWN = f"user_id::text = {USER}"
VISIBLE_ACCOUNT = "EXISTS (SELECT FROM villages_user account WHERE account.id = user_id)"
KEY = "session_key = (SELECT current_setting('portal.session', true))"
RESET = """
CREATE TRIGGER two_people_reset_factor BEFORE INSERT OR UPDATE
ON villages_factorreset FOR EACH ROW EXECUTE FUNCTION two_people_reset_factor()
"""
ONE_DEVICE = "CREATE UNIQUE INDEX one_device_an_account ON otp_totp_totpdevice (user_id)"


class Migration(migrations.Migration):
    """The second factor with its recovery codes and its reset by two; sessions know their account.

    Their tables show an account's own rows only, a session also to who brings its key; one that has
    ended may be tidied away by anybody. A request to reset is shown to whoever sees the account.
    """

    dependencies = [
        ("villages", "0005_accounts"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="FactorReset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("asked_name", models.CharField(max_length=310)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "permintaan pelepasan verifikasi dua langkah",
                "verbose_name_plural": "permintaan pelepasan verifikasi dua langkah",
                "ordering": ["asked_at"],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "kode pemulihan",
                "verbose_name_plural": "kode pemulihan",
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
            ],
            options={
                "verbose_name": "sesi",
                "verbose_name_plural": "sesi",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="regency",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="regency",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="regency",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="regency",
            name="second_factor",
            field=models.BooleanField(
                default=False,
                help_text="Setiap pemegang jabatan di kabupaten ini harus memasang verifikasi dua langkah sebelum dapat bekerja.",
                verbose_name="verifikasi dua langkah untuk semua",
            ),
        ),
        migrations.AddField(
            model_name="regencyevent",
            name="second_factor",
            field=models.BooleanField(
                default=False,
                help_text="Setiap pemegang jabatan di kabupaten ini harus memasang verifikasi dua langkah sebelum dapat bekerja.",
                verbose_name="verifikasi dua langkah untuk semua",
            ),
        ),
        migrations.AlterField(
            model_name="accountrecord",
            name="kind",
            field=models.CharField(
                choices=[
                    ("masuk", "Masuk"),
                    ("keluar", "Keluar"),
                    ("sandi", "Kata sandi diganti pemiliknya"),
                    ("tautan", "Kata sandi dihapus, kode baru dibuat"),
                    ("sandi_baru", "Kata sandi dibuat dengan kode"),
                    ("dua_pasang", "Verifikasi dua langkah dipasang"),
                    ("dua_lepas", "Verifikasi dua langkah dilepas pemiliknya"),
                    ("pulih_pakai", "Kode pemulihan dipakai"),
                    ("pulih_baru", "Kode pemulihan baru dibuat"),
                    ("reset_minta", "Pelepasan verifikasi dua langkah diminta"),
                    ("reset", "Verifikasi dua langkah dilepas atas permintaan"),
                ],
                max_length=12,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="regency",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "villages_regencyevent" ("area_id", "bupati_name", "bupati_title", "decree_city", "labour_office", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor", "village_head_word", "village_word") SELECT new_values."area_id", new_values."bupati_name", new_values."bupati_title", new_values."decree_city", new_values."labour_office", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."area_id", new_values."second_factor", new_values."village_head_word", new_values."village_word" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7da6519ce29d87981571e716b4aefac98cd21cf1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_93e60",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="villages_regency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="regency",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "villages_regencyevent" ("area_id", "bupati_name", "bupati_title", "decree_city", "labour_office", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor", "village_head_word", "village_word") SELECT new_values."area_id", new_values."bupati_name", new_values."bupati_title", new_values."decree_city", new_values."labour_office", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."area_id", new_values."second_factor", new_values."village_head_word", new_values."village_word" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."area_id") = (new_values."area_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4340a7e10d91214de3bee238ead3641a650a85c2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bf0c3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="villages_regency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="regency",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "villages_regencyevent" ("area_id", "bupati_name", "bupati_title", "decree_city", "labour_office", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor", "village_head_word", "village_word") SELECT old_values."area_id", old_values."bupati_name", old_values."bupati_title", old_values."decree_city", old_values."labour_office", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."area_id", old_values."second_factor", old_values."village_head_word", old_values."village_word" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bc0deb37fe17e468bed4c1cef3138427a9a779d9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b1f09",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="villages_regency",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="factorreset",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="factorreset",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="factorreset",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="factor_resets",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recoverycode",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="recovery_codes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sessions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="factorreset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="factor_reset_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="factorreset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_by", models.F("user")), _negated=True),
                    models.Q(
                        ("confirmed_by", None),
                        models.Q(("confirmed_by", models.F("user")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="factor_reset_by_others",
            ),
        ),
        migrations.AddConstraint(
            model_name="factorreset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(
                        ("confirmed_at__lte", models.F("expires_at")),
                        ("confirmed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="factor_reset_in_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="factorreset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "expires_at__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("asked_at"), "+", models.Value(datetime.timedelta(days=1))
                        ),
                    )
                ),
                name="factor_reset_within_a_day",
            ),
        ),
        RowSecurity("otp_totp_totpdevice", OWN),
        RowSecurity("villages_recoverycode", OWN),
        RowSecurity("villages_session", f"{KEY} OR {OWN} OR expire_date < now()", check=KEY),
        RowSecurity("villages_factorreset", VISIBLE_ACCOUNT),
        migrations.RunSQL(ONE_DEVICE, "DROP INDEX one_device_an_account"),
        Function(SQL / "two_people_reset_factor.v1.sql"),
        migrations.RunSQL(RESET, "DROP TRIGGER two_people_reset_factor ON villages_factorreset"),
        # Sessions were in the table of django.contrib.sessions; everybody logs in again.
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
