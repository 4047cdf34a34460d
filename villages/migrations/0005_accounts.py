from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowsecurity import RowSecurity

SQL = Path(__file__).with_name("sql")
VISIBLE_ACCOUNT = "EXISTS (SELECT FROM villages_user account WHERE account.id = user_id)"
OFFICE = """
CREATE TRIGGER office_lies_with_manager BEFORE INSERT OR UPDATE OF area_id, user_id
ON villages_office FOR EACH ROW EXECUTE FUNCTION office_lies_with_manager()
"""
MANAGER = """
CREATE TRIGGER manager_covers_offices BEFORE INSERT OR UPDATE OF area_id, is_superuser
ON villages_user FOR EACH ROW EXECUTE FUNCTION manager_covers_offices()
"""
# Accounts made before the rule go to the platform where they break it. Their passwords end, for the
# manager may know them: each owner gets a link.
RELEASE = """
SELECT set_config('portal.low', '', true), set_config('portal.high', '~', true);
UPDATE villages_user account SET area_id = NULL WHERE EXISTS (
    SELECT FROM villages_office office WHERE office.user_id = account.id
    AND (office.area_id < account.area_id OR office.area_id >= account.area_id || '/'));
UPDATE villages_user SET area_id = NULL WHERE is_superuser AND area_id IS NOT NULL;
SELECT set_config('portal.high', '', true)
"""


class Migration(migrations.Migration):
    """Who may manage an account; one-time links, an account's history, and throttling."""

    dependencies = [("villages", "0004_functions")]

    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("failures", models.FloatField(help_text="they fade with time")),
                ("last_at", models.DateTimeField()),
                ("free_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "percobaan masuk",
                "verbose_name_plural": "percobaan masuk",
                "indexes": [
                    models.Index(fields=["last_at"], name="villages_at_last_at_91be77_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="PasswordLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="password_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tautan kata sandi",
                "verbose_name_plural": "tautan kata sandi",
                "ordering": ["-made_at"],
            },
        ),
        migrations.CreateModel(
            name="AccountRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("masuk", "Masuk"),
                            ("keluar", "Keluar"),
                            ("sandi", "Kata sandi diganti pemiliknya"),
                            ("tautan", "Kata sandi dihapus, kode baru dibuat"),
                            ("sandi_baru", "Kata sandi dibuat dengan kode"),
                        ],
                        max_length=12,
                    ),
                ),
                ("by_name", models.CharField(blank=True, max_length=150)),
                ("address", models.GenericIPAddressField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "riwayat akun",
                "verbose_name_plural": "riwayat akun",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["user", "-at"], name="villages_ac_user_id_2fad3a_idx")
                ],
            },
        ),
        RowSecurity("villages_passwordlink", VISIBLE_ACCOUNT),
        RowSecurity("villages_accountrecord", VISIBLE_ACCOUNT, append_only=True),
        Function(SQL / "office_lies_with_manager.v1.sql"),
        Function(SQL / "manager_covers_offices.v1.sql"),
        migrations.RunSQL(OFFICE, "DROP TRIGGER office_lies_with_manager ON villages_office"),
        migrations.RunSQL(MANAGER, "DROP TRIGGER manager_covers_offices ON villages_user"),
        migrations.RunSQL(RELEASE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(("is_superuser", False), ("area", None), _connector="OR"),
                name="superuser_of_the_platform",
                violation_error_message=(
                    "Pengelola sistem tidak dikelola wilayah: kosongkan wilayahnya."
                ),
            ),
        ),
    ]
