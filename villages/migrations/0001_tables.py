import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Areas, regencies, accounts and offices, with what the tables themselves promise."""

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        max_length=13,
                        primary_key=True,
                        serialize=False,
                        verbose_name="kode",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="nama")),
                ("level", models.PositiveSmallIntegerField(verbose_name="tingkat")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("provinsi", "Provinsi"),
                            ("kabupaten", "Kabupaten"),
                            ("kota", "Kota"),
                            ("kecamatan", "Kecamatan"),
                            ("distrik", "Distrik"),
                            ("kelurahan", "Kelurahan"),
                            ("desa", "Desa"),
                            ("desa_adat", "Desa adat"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("current", models.BooleanField(default=True, verbose_name="masih berlaku")),
            ],
            options={
                "verbose_name": "wilayah",
                "verbose_name_plural": "wilayah",
                "ordering": ["code"],
                "indexes": [
                    models.Index(fields=["level", "code"], name="villages_ar_level_52ad56_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^[0-9]{2}(\\.[0-9]{2}(\\.[0-9]{2}(\\.[0-9]{4})?)?)?$")
                        ),
                        name="area_code_form",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "regency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="villages.area",
                        verbose_name="kabupaten",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
            ],
            options={
                "verbose_name": "OPD pengusul",
                "verbose_name_plural": "OPD pengusul",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("regency", "name"), name="agency_once_a_regency"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="villages.agency",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "regency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                        verbose_name="kabupaten",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        help_text="Admin wilayah ini mengelola akunnya.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="villages.area",
                        verbose_name="wilayah pengelola akun",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "pengguna",
                "verbose_name_plural": "pengguna",
                "ordering": ["username"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pengguna",
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
                        max_length=20,
                        verbose_name="peran",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="villages.area",
                        verbose_name="wilayah",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="villages.agency",
                        verbose_name="OPD pengusul",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="mulai"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="sampai")),
            ],
            options={
                "verbose_name": "jabatan",
                "verbose_name_plural": "jabatan",
                "ordering": ["area", "role", "pk"],
                "indexes": [
                    models.Index(
                        fields=["user", "starts_on"], name="villages_of_user_id_ae0103_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="office_ends_after_start",
                        violation_error_message="Tanggal akhir jabatan mendahului tanggal mulainya.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency__isnull", False), ("role", "opd")),
                            models.Q(
                                models.Q(("role", "opd"), _negated=True), ("agency__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="office_agency_only_for_opd",
                        violation_error_message="Hanya peran OPD pengusul yang diisi nama OPD.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="villages.office",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pengguna",
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
                        max_length=20,
                        verbose_name="peran",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                        verbose_name="wilayah",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.agency",
                        verbose_name="OPD pengusul",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="mulai"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="sampai")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Regency",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="villages.area",
                        verbose_name="wilayah",
                    ),
                ),
                (
                    "village_word",
                    models.CharField(default="desa", max_length=30, verbose_name="sebutan desa"),
                ),
                (
                    "village_head_word",
                    models.CharField(
                        default="kepala desa", max_length=30, verbose_name="sebutan kepala desa"
                    ),
                ),
                ("bupati_name", models.CharField(max_length=100, verbose_name="nama Bupati")),
                (
                    "bupati_title",
                    models.CharField(
                        default="Bupati", max_length=60, verbose_name="jabatan penanda tangan"
                    ),
                ),
                (
                    "labour_office",
                    models.CharField(
                        default="Dinas Tenaga Kerja", max_length=120, verbose_name="nama Dinas"
                    ),
                ),
                (
                    "decree_city",
                    models.CharField(max_length=60, verbose_name="kota penetapan keputusan"),
                ),
            ],
            options={
                "verbose_name": "profil kabupaten",
                "verbose_name_plural": "profil kabupaten",
                "ordering": ["area"],
            },
        ),
        migrations.CreateModel(
            name="RegencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="villages.regency",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="villages.area",
                        verbose_name="wilayah",
                    ),
                ),
                (
                    "village_word",
                    models.CharField(default="desa", max_length=30, verbose_name="sebutan desa"),
                ),
                (
                    "village_head_word",
                    models.CharField(
                        default="kepala desa", max_length=30, verbose_name="sebutan kepala desa"
                    ),
                ),
                ("bupati_name", models.CharField(max_length=100, verbose_name="nama Bupati")),
                (
                    "bupati_title",
                    models.CharField(
                        default="Bupati", max_length=60, verbose_name="jabatan penanda tangan"
                    ),
                ),
                (
                    "labour_office",
                    models.CharField(
                        default="Dinas Tenaga Kerja", max_length=120, verbose_name="nama Dinas"
                    ),
                ),
                (
                    "decree_city",
                    models.CharField(max_length=60, verbose_name="kota penetapan keputusan"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RegionRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decree", models.CharField(max_length=100, verbose_name="keputusan")),
                ("version", models.CharField(max_length=50, verbose_name="versi paket")),
                ("areas", models.PositiveIntegerField(verbose_name="jumlah wilayah")),
                (
                    "loaded_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="dimuat"),
                ),
            ],
            options={
                "verbose_name": "rilis wilayah",
                "verbose_name_plural": "rilis wilayah",
                "ordering": ["-loaded_at"],
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="Admin wilayah ini mengelola akunnya.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                        verbose_name="wilayah pengelola akun",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
