import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of all rooms, with what they themselves promise."""

    initial = True

    dependencies = [
        ("villages", "0001_tables"),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="ColumnMemory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                ("signature", models.CharField(help_text="hash of the headings", max_length=64)),
                ("columns", models.JSONField()),
                ("remembered_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "ingatan kolom",
                "verbose_name_plural": "ingatan kolom",
                "ordering": ["-remembered_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "signature"), name="column_memory_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ColumnMemoryEvent",
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
                        to="enrollment.columnmemory",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.office",
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
                    ),
                ),
                ("signature", models.CharField(help_text="hash of the headings", max_length=64)),
                ("columns", models.JSONField()),
                ("remembered_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Occupation",
            fields=[
                (
                    "key",
                    models.SlugField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="kunci"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="nama")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ejaan lain",
                    ),
                ),
                (
                    "registry_code",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, unique=True, verbose_name="kode Dukcapil"
                    ),
                ),
            ],
            options={
                "verbose_name": "pekerjaan",
                "verbose_name_plural": "pekerjaan",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
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
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.agency",
                    ),
                ),
                (
                    "brought_by",
                    models.UUIDField(
                        editable=False,
                        help_text="the import through which the person came",
                        null=True,
                    ),
                ),
                ("nik", models.CharField(max_length=16, verbose_name="NIK")),
                (
                    "kk",
                    models.CharField(
                        blank=True, db_default="", max_length=32, verbose_name="Nomor KK"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="Nama")),
                (
                    "birth_place",
                    models.CharField(
                        blank=True, db_default="", max_length=100, verbose_name="Tempat lahir"
                    ),
                ),
                (
                    "birth_date",
                    models.DateField(blank=True, null=True, verbose_name="Tanggal lahir"),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("L", "Laki-laki"), ("P", "Perempuan")],
                        db_default="",
                        max_length=1,
                        verbose_name="Jenis kelamin",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, db_default="", max_length=255, verbose_name="Alamat"
                    ),
                ),
                (
                    "hamlet",
                    models.CharField(
                        blank=True, db_default="", max_length=100, verbose_name="Dusun"
                    ),
                ),
                (
                    "rt",
                    models.CharField(blank=True, db_default="", max_length=10, verbose_name="RT"),
                ),
                (
                    "rw",
                    models.CharField(blank=True, db_default="", max_length=10, verbose_name="RW"),
                ),
                (
                    "occupation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="enrollment.occupation",
                    ),
                ),
                (
                    "occupation_text",
                    models.CharField(
                        blank=True, db_default="", max_length=100, verbose_name="Pekerjaan"
                    ),
                ),
                (
                    "income",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="Penghasilan sebulan (rupiah)"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, db_default="", max_length=32, verbose_name="Nomor HP"
                    ),
                ),
                (
                    "mother_name",
                    models.CharField(
                        blank=True, db_default="", max_length=150, verbose_name="Nama ibu kandung"
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        blank=True, db_default="", max_length=100, verbose_name="Jabatan (RT/RW)"
                    ),
                ),
                (
                    "term_start",
                    models.DateField(blank=True, null=True, verbose_name="Mulai menjabat"),
                ),
                (
                    "consent_on",
                    models.DateField(blank=True, null=True, verbose_name="Tanggal persetujuan"),
                ),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        db_default=[],
                        default=list,
                        size=None,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="Berakhir")),
                (
                    "ended_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("died", "Meninggal"),
                            ("moved", "Pindah"),
                            ("mistake", "Salah data"),
                            ("other", "Lainnya"),
                        ],
                        db_default="",
                        max_length=10,
                    ),
                ),
                (
                    "ended_document",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="Dokumen"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
            ],
            options={
                "verbose_name": "pekerja",
                "verbose_name_plural": "pekerja",
                "ordering": ["name", "pk"],
                "indexes": [
                    models.Index(fields=["area", "name", "id"], name="worker_area_name"),
                    models.Index(
                        models.F("birth_date"),
                        django.db.models.functions.text.Upper("name"),
                        name="worker_similar",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("nik",), name="worker_nik_once"),
                    models.CheckConstraint(
                        condition=models.Q(("nik__regex", "^[0-9]{16}$")), name="worker_nik_form"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="worker_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ended_reason", "")),
                            models.Q(
                                ("ended_on__isnull", False),
                                models.Q(("ended_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="worker_end_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoverSource",
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
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="dibayar oleh")),
                ("document", models.CharField(max_length=120, verbose_name="dasar")),
            ],
            options={
                "verbose_name": "penanggung iuran",
                "verbose_name_plural": "penanggung iuran",
                "ordering": ["regency", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Cover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="enrollment.worker",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "months",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="bulan"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="enrollment.coversource",
                    ),
                ),
            ],
            options={
                "verbose_name": "perlindungan",
                "verbose_name_plural": "perlindungan",
                "ordering": ["worker", "months", "pk"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                django.contrib.postgres.indexes.OpClass("worker", "gist_int8_ops"),
                                "=",
                            ),
                            ("months", "&&"),
                        ],
                        name="cover_no_month_twice",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoverEvent",
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
                        to="enrollment.cover",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.worker",
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
                    ),
                ),
                (
                    "months",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="bulan"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.coversource",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PremiumSubsidy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("name", models.CharField(max_length=150, verbose_name="nama program")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2015),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="tahun",
                    ),
                ),
                (
                    "fund",
                    models.CharField(
                        choices=[
                            ("apbd", "APBD kabupaten"),
                            ("dbhcht", "DBHCHT"),
                            ("apbdes", "APBDes / ADD / APB Nagari"),
                            ("csr", "CSR"),
                            ("lain", "Lainnya"),
                        ],
                        max_length=10,
                        verbose_name="sumber dana",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("rentan", "Pekerja rentan"),
                            ("insentif", "Penerima insentif daerah"),
                        ],
                        default="rentan",
                        max_length=10,
                        verbose_name="golongan penerima",
                    ),
                ),
                (
                    "segment",
                    models.CharField(
                        choices=[
                            ("BPU", "Bukan penerima upah (BPU)"),
                            ("PPU", "Penerima upah (PPU)"),
                        ],
                        default="BPU",
                        max_length=3,
                        verbose_name="segmen",
                    ),
                ),
                (
                    "components",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("JKK", "Jaminan Kecelakaan Kerja (JKK)"),
                                ("JKM", "Jaminan Kematian (JKM)"),
                                ("JHT", "Jaminan Hari Tua (JHT)"),
                                ("JP", "Jaminan Pensiun (JP)"),
                            ],
                            max_length=3,
                        ),
                        size=None,
                        verbose_name="program jaminan",
                    ),
                ),
                (
                    "wage",
                    models.PositiveBigIntegerField(
                        default=1000000, verbose_name="dasar upah atau penghasilan (rupiah)"
                    ),
                ),
                (
                    "first_month",
                    models.DateField(
                        help_text="tanggal 1 bulan pertama", verbose_name="bulan pertama"
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="lama (bulan)",
                    ),
                ),
                (
                    "premium",
                    models.PositiveIntegerField(
                        editable=False, verbose_name="iuran seorang sebulan (rupiah)"
                    ),
                ),
                ("ceiling", models.PositiveBigIntegerField(verbose_name="pagu anggaran (rupiah)")),
                (
                    "committed",
                    models.PositiveBigIntegerField(
                        default=0, editable=False, verbose_name="terpakai (rupiah)"
                    ),
                ),
                (
                    "village_quota",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="kuota tiap wilayah (orang)"
                    ),
                ),
                (
                    "minimum_age",
                    models.PositiveSmallIntegerField(
                        default=17, verbose_name="usia paling muda (tahun)"
                    ),
                ),
                (
                    "maximum_age",
                    models.PositiveSmallIntegerField(
                        default=65, verbose_name="usia di bawah (tahun)"
                    ),
                ),
                (
                    "required_registry",
                    models.CharField(blank=True, max_length=40, verbose_name="wajib tercatat di"),
                ),
                (
                    "consent_required",
                    models.BooleanField(default=False, verbose_name="wajib ada persetujuan"),
                ),
                (
                    "legal_basis_number",
                    models.CharField(blank=True, max_length=100, verbose_name="nomor Perbup"),
                ),
                (
                    "legal_basis_date",
                    models.DateField(blank=True, null=True, verbose_name="tanggal Perbup"),
                ),
                (
                    "legal_basis_title",
                    models.CharField(blank=True, max_length=255, verbose_name="tentang"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Disiapkan"),
                            ("open", "Dibuka untuk usulan"),
                            ("closed", "Ditutup"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "occupations",
                    models.ManyToManyField(
                        blank=True, to="enrollment.occupation", verbose_name="hanya untuk pekerjaan"
                    ),
                ),
            ],
            options={
                "verbose_name": "program bantuan iuran",
                "verbose_name_plural": "program bantuan iuran",
                "ordering": ["-year", "name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("committed__lte", models.F("ceiling"))),
                        name="subsidy_within_ceiling",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months__range", (1, 12))), name="subsidy_months"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_month__day", 1)),
                        name="subsidy_first_month_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("maximum_age__gt", models.F("minimum_age"))),
                        name="subsidy_ages_in_order",
                    ),
                    models.UniqueConstraint(
                        fields=("regency", "year", "name"), name="subsidy_name_once_a_year"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decree",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decrees",
                        to="enrollment.premiumsubsidy",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=100, verbose_name="nomor")),
                ("date", models.DateField(blank=True, null=True, verbose_name="tanggal")),
                ("title", models.CharField(blank=True, max_length=255, verbose_name="tentang")),
                ("legal_basis", models.TextField(blank=True, verbose_name="dasar hukum")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Rancangan"), ("issued", "Diterbitkan")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("header", models.JSONField(default=dict)),
                ("people", models.PositiveIntegerField(default=0)),
                (
                    "total",
                    models.PositiveBigIntegerField(default=0, verbose_name="jumlah (rupiah)"),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                ("drafted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                ("issued_at", models.DateTimeField(null=True)),
                (
                    "cover_source",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decree",
                        to="enrollment.coversource",
                    ),
                ),
            ],
            options={
                "verbose_name": "keputusan",
                "verbose_name_plural": "keputusan",
                "ordering": ["-drafted_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("date__isnull", False),
                                ("issued_by__isnull", False),
                                ("people__gt", 0),
                                ("cover_source__isnull", False),
                                models.Q(("number", ""), _negated=True),
                                models.Q(("title", ""), _negated=True),
                                models.Q(("legal_basis", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decree_issued_is_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("regency", "number"),
                        name="decree_number_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecreeAnnex",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Menunggu giliran"),
                            ("running", "Sedang diproses"),
                            ("waiting", "Menunggu keputusan Anda"),
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
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annexes",
                        to="enrollment.decree",
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        choices=[
                            ("full", "Lampiran lengkap"),
                            ("masked", "Lampiran untuk diumumkan"),
                        ],
                        max_length=10,
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to="annexes")),
                ("sha256", models.CharField(blank=True, help_text="of the file", max_length=64)),
            ],
            options={
                "verbose_name": "berkas lampiran",
                "verbose_name_plural": "berkas lampiran",
                "ordering": ["decree", "version"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("decree", "version"), name="decree_annex_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="enrollment.premiumsubsidy",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.agency",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "submitted_at",
                    models.DateTimeField(help_text="of the latest submission", null=True),
                ),
            ],
            options={
                "verbose_name": "usulan",
                "verbose_name_plural": "usulan",
                "ordering": ["area", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "area", "agency"),
                        name="proposal_once_a_village",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="enrollment.proposal",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="enrollment.premiumsubsidy",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="enrollment.worker",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="alasan")),
                ("rank", models.PositiveIntegerField(null=True, verbose_name="urutan tunggu")),
                ("cost", models.PositiveBigIntegerField(default=0)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "orang dalam usulan",
                "verbose_name_plural": "orang dalam usulan",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["proposal", "state"], name="entry_proposal_state"),
                    models.Index(fields=["area", "state"], name="entry_area_state"),
                    models.Index(fields=["programme", "state"], name="entry_programme_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "rejected"), _negated=True),
                        fields=("programme", "worker"),
                        name="entry_person_once_a_programme",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by__isnull", True),
                            models.Q(("verified_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="entry_verifier_is_not_maker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(
                                models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                                models.Q(("approved_by", models.F("verified_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="entry_approver_is_not_maker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("submitted_by__isnull", False),
                                ("verified_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="entry_approved_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            ("rank__isnull", False),
                            _connector="OR",
                        ),
                        name="entry_waiting_is_ranked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["returned", "rejected"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="entry_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecreeEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="enrollment.decree",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.entry",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
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
                ("premium", models.PositiveIntegerField(help_text="rupiah a month")),
                ("cost", models.PositiveBigIntegerField(help_text="rupiah for all months")),
            ],
            options={
                "verbose_name": "orang dalam keputusan",
                "verbose_name_plural": "orang dalam keputusan",
                "ordering": ["decree", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decree", "position"), name="decree_entry_position"
                    ),
                    models.UniqueConstraint(fields=("entry",), name="decree_entry_person_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecreeEvent",
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
                        to="enrollment.decree",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.premiumsubsidy",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=100, verbose_name="nomor")),
                ("date", models.DateField(blank=True, null=True, verbose_name="tanggal")),
                ("title", models.CharField(blank=True, max_length=255, verbose_name="tentang")),
                ("legal_basis", models.TextField(blank=True, verbose_name="dasar hukum")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Rancangan"), ("issued", "Diterbitkan")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("header", models.JSONField(default=dict)),
                ("people", models.PositiveIntegerField(default=0)),
                (
                    "total",
                    models.PositiveBigIntegerField(default=0, verbose_name="jumlah (rupiah)"),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.office",
                    ),
                ),
                ("drafted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "issued_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.office",
                    ),
                ),
                ("issued_at", models.DateTimeField(null=True)),
                (
                    "cover_source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.coversource",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
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
                            ("view", "Membuka halaman"),
                            ("unmask", "Menampilkan NIK"),
                            ("export", "Mengunduh"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enrollment.worker",
                    ),
                ),
                (
                    "subject",
                    models.CharField(help_text="the document, e.g. decree:<uuid>", max_length=120),
                ),
                ("people", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "pembukaan data",
                "verbose_name_plural": "pembukaan data",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["worker", "-at"], name="enrollment__worker__14e8b0_idx"),
                    models.Index(fields=["area", "-at"], name="enrollment__area_id_acc316_idx"),
                    models.Index(fields=["subject", "-at"], name="enrollment__subject_dadcff_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
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
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.worker",
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "claimed_agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.agency",
                    ),
                ),
                (
                    "claimed_values",
                    models.JSONField(help_text="what the other village typed, a field a key"),
                ),
                (
                    "brought_by",
                    models.UUIDField(
                        editable=False,
                        help_text="the import that claims them, while nobody claims them by hand",
                        null=True,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "was_in",
                    models.ForeignKey(
                        help_text="where the person was registered when it was decided",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stay", "Tetap di tempat terdaftar"),
                            ("move", "Pindah ke pengusul"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "data ganda",
                "verbose_name_plural": "data ganda",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "")),
                        fields=("worker", "claimed_by"),
                        name="duplicate_case_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateCaseEvent",
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
                        to="enrollment.duplicatecase",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
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
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.worker",
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "claimed_agency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.agency",
                    ),
                ),
                (
                    "claimed_values",
                    models.JSONField(help_text="what the other village typed, a field a key"),
                ),
                (
                    "brought_by",
                    models.UUIDField(
                        editable=False,
                        help_text="the import that claims them, while nobody claims them by hand",
                        null=True,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "was_in",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="where the person was registered when it was decided",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stay", "Tetap di tempat terdaftar"),
                            ("move", "Pindah ke pengusul"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.office",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EntryEvent",
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
                        to="enrollment.entry",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.proposal",
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
                        to="enrollment.premiumsubsidy",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.worker",
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
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="alasan")),
                ("rank", models.PositiveIntegerField(null=True, verbose_name="urutan tunggu")),
                ("cost", models.PositiveBigIntegerField(default=0)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Menunggu giliran"),
                            ("running", "Sedang diproses"),
                            ("waiting", "Menunggu keputusan Anda"),
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
                            ("read", "Membaca dan memeriksa"),
                            ("match", "Mencocokkan kolom"),
                            ("check", "Memeriksa"),
                            ("preview", "Siap ditinjau"),
                            ("take", "Menyimpan"),
                            ("mended", "Menyimpan yang diperbaiki"),
                            ("taken", "Tersimpan"),
                            ("undo", "Membatalkan"),
                            ("discarded", "Dibuang"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="read",
                        max_length=10,
                    ),
                ),
                (
                    "check_only",
                    models.BooleanField(default=False, help_text="check a list, take nobody in"),
                ),
                (
                    "update_existing",
                    models.BooleanField(
                        default=False, help_text="people already registered get what this list says"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.agency",
                    ),
                ),
                ("file", models.FileField(upload_to="imports")),
                ("filename", models.CharField(max_length=255)),
                (
                    "sheets",
                    models.JSONField(
                        default=list, help_text="a sheet: name, rows, people, skipped"
                    ),
                ),
                (
                    "columns",
                    models.JSONField(
                        default=list, help_text="a heading: signature, columns, fields"
                    ),
                ),
                (
                    "asks",
                    models.BooleanField(
                        default=True, help_text="somebody may be asked about the columns"
                    ),
                ),
                (
                    "corrections",
                    models.JSONField(
                        default=dict,
                        help_text="signature → field → column: chosen for this list or remembered",
                    ),
                ),
                ("tables", models.JSONField(default=list, help_text="see `matching.tables_of`")),
                ("counts", models.JSONField(default=dict, help_text="finding code → rows")),
                (
                    "people",
                    models.PositiveIntegerField(default=0, help_text="rows that are people"),
                ),
                ("good", models.PositiveIntegerField(default=0, help_text="rows without an error")),
                ("taken", models.PositiveIntegerField(default=0)),
                ("undone", models.PositiveIntegerField(default=0, help_text="people taken back")),
            ],
            options={
                "verbose_name": "impor",
                "verbose_name_plural": "impor",
                "ordering": ["-created_at", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["area", "-created_at"], name="enrollment__area_id_a3324e_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportEvent",
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
                        to="enrollment.import",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.office",
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
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Menunggu giliran"),
                            ("running", "Sedang diproses"),
                            ("waiting", "Menunggu keputusan Anda"),
                            ("done", "Selesai"),
                            ("refused", "Tidak dapat diproses"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                (
                    "total",
                    models.PositiveIntegerField(help_text="rows in all, once known", null=True),
                ),
                (
                    "message",
                    models.TextField(blank=True, help_text="why it was refused, for the user"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("read", "Membaca dan memeriksa"),
                            ("match", "Mencocokkan kolom"),
                            ("check", "Memeriksa"),
                            ("preview", "Siap ditinjau"),
                            ("take", "Menyimpan"),
                            ("mended", "Menyimpan yang diperbaiki"),
                            ("taken", "Tersimpan"),
                            ("undo", "Membatalkan"),
                            ("discarded", "Dibuang"),
                            ("undone", "Dibatalkan"),
                        ],
                        default="read",
                        max_length=10,
                    ),
                ),
                (
                    "check_only",
                    models.BooleanField(default=False, help_text="check a list, take nobody in"),
                ),
                (
                    "update_existing",
                    models.BooleanField(
                        default=False, help_text="people already registered get what this list says"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.agency",
                    ),
                ),
                ("file", models.FileField(upload_to="imports")),
                ("filename", models.CharField(max_length=255)),
                (
                    "sheets",
                    models.JSONField(
                        default=list, help_text="a sheet: name, rows, people, skipped"
                    ),
                ),
                (
                    "columns",
                    models.JSONField(
                        default=list, help_text="a heading: signature, columns, fields"
                    ),
                ),
                (
                    "asks",
                    models.BooleanField(
                        default=True, help_text="somebody may be asked about the columns"
                    ),
                ),
                (
                    "corrections",
                    models.JSONField(
                        default=dict,
                        help_text="signature → field → column: chosen for this list or remembered",
                    ),
                ),
                ("counts", models.JSONField(default=dict, help_text="finding code → rows")),
                (
                    "people",
                    models.PositiveIntegerField(default=0, help_text="rows that are people"),
                ),
                ("good", models.PositiveIntegerField(default=0, help_text="rows without an error")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="enrollment.import",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(help_text="order in the workbook, from 1"),
                ),
                ("sheet", models.CharField(max_length=100)),
                (
                    "row",
                    models.PositiveIntegerField(help_text="the row's number in the spreadsheet"),
                ),
                ("typed", models.JSONField(help_text="field → the cell as it stood")),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "details",
                    models.JSONField(
                        default=dict, help_text="finding code → values of its sentence"
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("error", "Ditolak"),
                            ("gap", "Belum lengkap"),
                            ("warning", "Perlu dilihat"),
                            ("clean", "Baik"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("", "Belum disimpan"),
                            ("waiting", "Sudah diperbaiki, belum disimpan"),
                            ("new", "Baru"),
                            ("changed", "Diperbarui"),
                            ("same", "Sudah ada"),
                            ("kept", "Dibiarkan"),
                            ("refused", "Ditolak"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.worker",
                    ),
                ),
                (
                    "changes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        help_text="fields in which `worker` differs",
                        size=None,
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        help_text="what `worker` had in those fields when they were compared",
                        null=True,
                    ),
                ),
                (
                    "overwrite",
                    models.BooleanField(
                        help_text="the choice for this person; null: as chosen for the whole list",
                        null=True,
                    ),
                ),
                (
                    "stays",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("changed", "Diubah sesudah impor ini"),
                            ("gone", "Pindah atau berganti NIK sesudah impor ini"),
                            ("named", "Ada juga di daftar lain yang tersimpan sesudahnya"),
                            ("listed", "Ada di usulan yang sudah diajukan"),
                            ("held", "Punya catatan kepesertaan, pertanggungan, atau data ganda"),
                        ],
                        db_default="",
                        max_length=10,
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                ("nik", models.CharField(blank=True, max_length=40)),
                ("kk", models.CharField(blank=True, max_length=32)),
                ("name", models.CharField(blank=True, max_length=150)),
                ("birth_place", models.CharField(blank=True, max_length=100)),
                ("birth_date", models.DateField(null=True)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("address", models.CharField(blank=True, max_length=255)),
                ("hamlet", models.CharField(blank=True, max_length=100)),
                ("rt", models.CharField(blank=True, max_length=10)),
                ("rw", models.CharField(blank=True, max_length=10)),
                (
                    "occupation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.occupation",
                    ),
                ),
                ("occupation_text", models.CharField(blank=True, max_length=100)),
                ("income", models.PositiveBigIntegerField(null=True)),
                ("phone", models.CharField(blank=True, max_length=32)),
                ("mother_name", models.CharField(blank=True, max_length=150)),
                ("source", models.CharField(blank=True, max_length=40)),
                ("source_period", models.CharField(blank=True, max_length=20)),
                ("decile", models.PositiveSmallIntegerField(null=True)),
                ("position_held", models.CharField(blank=True, max_length=100)),
                ("term_start", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "baris impor",
                "verbose_name_plural": "baris impor",
                "ordering": ["position"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("severity", "clean"), _negated=True),
                        fields=["job", "severity", "position"],
                        name="import_row_found",
                    ),
                    models.Index(fields=["job", "nik"], name="import_row_nik"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("job", "position"), name="import_row_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="enrollment.worker",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                ("kpj", models.CharField(blank=True, max_length=20, verbose_name="nomor KPJ")),
                ("active_from", models.DateField(null=True, verbose_name="aktif sejak")),
                ("active_until", models.DateField(null=True, verbose_name="aktif sampai")),
            ],
            options={
                "verbose_name": "kepesertaan",
                "verbose_name_plural": "kepesertaan",
                "ordering": ["worker", "-active_from", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("active_until__isnull", True),
                            ("active_from__isnull", True),
                            ("active_until__gte", models.F("active_from")),
                            _connector="OR",
                        ),
                        name="membership_until_after_from",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
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
                        to="enrollment.membership",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.worker",
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
                    ),
                ),
                ("kpj", models.CharField(blank=True, max_length=20, verbose_name="nomor KPJ")),
                ("active_from", models.DateField(null=True, verbose_name="aktif sejak")),
                ("active_until", models.DateField(null=True, verbose_name="aktif sampai")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PremiumSubsidyEvent",
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
                        to="enrollment.premiumsubsidy",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("name", models.CharField(max_length=150, verbose_name="nama program")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2015),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="tahun",
                    ),
                ),
                (
                    "fund",
                    models.CharField(
                        choices=[
                            ("apbd", "APBD kabupaten"),
                            ("dbhcht", "DBHCHT"),
                            ("apbdes", "APBDes / ADD / APB Nagari"),
                            ("csr", "CSR"),
                            ("lain", "Lainnya"),
                        ],
                        max_length=10,
                        verbose_name="sumber dana",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("rentan", "Pekerja rentan"),
                            ("insentif", "Penerima insentif daerah"),
                        ],
                        default="rentan",
                        max_length=10,
                        verbose_name="golongan penerima",
                    ),
                ),
                (
                    "segment",
                    models.CharField(
                        choices=[
                            ("BPU", "Bukan penerima upah (BPU)"),
                            ("PPU", "Penerima upah (PPU)"),
                        ],
                        default="BPU",
                        max_length=3,
                        verbose_name="segmen",
                    ),
                ),
                (
                    "components",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("JKK", "Jaminan Kecelakaan Kerja (JKK)"),
                                ("JKM", "Jaminan Kematian (JKM)"),
                                ("JHT", "Jaminan Hari Tua (JHT)"),
                                ("JP", "Jaminan Pensiun (JP)"),
                            ],
                            max_length=3,
                        ),
                        size=None,
                        verbose_name="program jaminan",
                    ),
                ),
                (
                    "wage",
                    models.PositiveBigIntegerField(
                        default=1000000, verbose_name="dasar upah atau penghasilan (rupiah)"
                    ),
                ),
                (
                    "first_month",
                    models.DateField(
                        help_text="tanggal 1 bulan pertama", verbose_name="bulan pertama"
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="lama (bulan)",
                    ),
                ),
                (
                    "premium",
                    models.PositiveIntegerField(
                        editable=False, verbose_name="iuran seorang sebulan (rupiah)"
                    ),
                ),
                ("ceiling", models.PositiveBigIntegerField(verbose_name="pagu anggaran (rupiah)")),
                (
                    "committed",
                    models.PositiveBigIntegerField(
                        default=0, editable=False, verbose_name="terpakai (rupiah)"
                    ),
                ),
                (
                    "village_quota",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="kuota tiap wilayah (orang)"
                    ),
                ),
                (
                    "minimum_age",
                    models.PositiveSmallIntegerField(
                        default=17, verbose_name="usia paling muda (tahun)"
                    ),
                ),
                (
                    "maximum_age",
                    models.PositiveSmallIntegerField(
                        default=65, verbose_name="usia di bawah (tahun)"
                    ),
                ),
                (
                    "required_registry",
                    models.CharField(blank=True, max_length=40, verbose_name="wajib tercatat di"),
                ),
                (
                    "consent_required",
                    models.BooleanField(default=False, verbose_name="wajib ada persetujuan"),
                ),
                (
                    "legal_basis_number",
                    models.CharField(blank=True, max_length=100, verbose_name="nomor Perbup"),
                ),
                (
                    "legal_basis_date",
                    models.DateField(blank=True, null=True, verbose_name="tanggal Perbup"),
                ),
                (
                    "legal_basis_title",
                    models.CharField(blank=True, max_length=255, verbose_name="tentang"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Disiapkan"),
                            ("open", "Dibuka untuk usulan"),
                            ("closed", "Ditutup"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProposalEvent",
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
                        to="enrollment.proposal",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.premiumsubsidy",
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
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.agency",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.office",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "submitted_at",
                    models.DateTimeField(help_text="of the latest submission", null=True),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="enrollment.premiumsubsidy",
                        verbose_name="program",
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
                    "people",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="kuota (orang)"
                    ),
                ),
                (
                    "used",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="terpakai (orang)"
                    ),
                ),
                (
                    "queued",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="nomor tunggu terakhir"
                    ),
                ),
            ],
            options={
                "verbose_name": "kuota wilayah",
                "verbose_name_plural": "kuota wilayah",
                "ordering": ["programme", "area"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "area"), name="quota_once_a_village"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used__lte", models.F("people"))),
                        name="quota_not_exceeded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuotaEvent",
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
                        to="enrollment.quota",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.premiumsubsidy",
                        verbose_name="program",
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
                    "people",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="kuota (orang)"
                    ),
                ),
                (
                    "used",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="terpakai (orang)"
                    ),
                ),
                (
                    "queued",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="nomor tunggu terakhir"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Menunggu giliran"),
                            ("running", "Sedang diproses"),
                            ("waiting", "Menunggu keputusan Anda"),
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
                    "last_id",
                    models.PositiveBigIntegerField(
                        default=0, help_text="the last person looked at"
                    ),
                ),
                ("counts", models.JSONField(default=dict, help_text="finding code → people")),
                (
                    "changed",
                    models.PositiveIntegerField(
                        default=0, help_text="people whose findings changed"
                    ),
                ),
            ],
            options={
                "verbose_name": "pemeriksaan ulang",
                "verbose_name_plural": "pemeriksaan ulang",
                "ordering": ["-created_at", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecheckEvent",
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
                        to="enrollment.recheck",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.office",
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
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Menunggu giliran"),
                            ("running", "Sedang diproses"),
                            ("waiting", "Menunggu keputusan Anda"),
                            ("done", "Selesai"),
                            ("refused", "Tidak dapat diproses"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                (
                    "total",
                    models.PositiveIntegerField(help_text="rows in all, once known", null=True),
                ),
                (
                    "message",
                    models.TextField(blank=True, help_text="why it was refused, for the user"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="enrollment.entry",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                        ],
                        max_length=10,
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
                "verbose_name": "langkah",
                "verbose_name_plural": "langkah",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tariff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "segment",
                    models.CharField(
                        choices=[
                            ("BPU", "Bukan penerima upah (BPU)"),
                            ("PPU", "Penerima upah (PPU)"),
                        ],
                        max_length=3,
                        verbose_name="segmen",
                    ),
                ),
                (
                    "component",
                    models.CharField(
                        choices=[
                            ("JKK", "Jaminan Kecelakaan Kerja (JKK)"),
                            ("JKM", "Jaminan Kematian (JKM)"),
                            ("JHT", "Jaminan Hari Tua (JHT)"),
                            ("JP", "Jaminan Pensiun (JP)"),
                        ],
                        max_length=3,
                        verbose_name="program",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="berlaku sampai"),
                ),
                (
                    "income_from",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="penghasilan mulai (rupiah)"
                    ),
                ),
                (
                    "income_to",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="penghasilan di bawah (rupiah)"
                    ),
                ),
                (
                    "base",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="dasar (rupiah)"
                    ),
                ),
                (
                    "rate",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persentase × 100"
                    ),
                ),
                (
                    "amount",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="iuran (rupiah)"
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="dasar hukum")),
            ],
            options={
                "verbose_name": "tarif",
                "verbose_name_plural": "tarif",
                "ordering": ["segment", "component", "valid_from", "income_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("rate__isnull", False)),
                            models.Q(("amount__isnull", False), ("rate__isnull", True)),
                            _connector="OR",
                        ),
                        name="tariff_rate_or_amount",
                        violation_error_message="Isi salah satu: persentase atau iuran dalam rupiah.",
                    ),
                    models.UniqueConstraint(
                        fields=("segment", "component", "valid_from", "income_from"),
                        name="tariff_line_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TariffDiscount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "segment",
                    models.CharField(
                        choices=[
                            ("BPU", "Bukan penerima upah (BPU)"),
                            ("PPU", "Penerima upah (PPU)"),
                        ],
                        max_length=3,
                        verbose_name="segmen",
                    ),
                ),
                (
                    "component",
                    models.CharField(
                        choices=[
                            ("JKK", "Jaminan Kecelakaan Kerja (JKK)"),
                            ("JKM", "Jaminan Kematian (JKM)"),
                            ("JHT", "Jaminan Hari Tua (JHT)"),
                            ("JP", "Jaminan Pensiun (JP)"),
                        ],
                        max_length=3,
                        verbose_name="program",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                ("valid_until", models.DateField(verbose_name="berlaku sampai")),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="potongan (%)",
                    ),
                ),
                (
                    "excluded_funds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("apbd", "APBD kabupaten"),
                                ("dbhcht", "DBHCHT"),
                                ("apbdes", "APBDes / ADD / APB Nagari"),
                                ("csr", "CSR"),
                                ("lain", "Lainnya"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="tidak berlaku untuk dana",
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="dasar hukum")),
            ],
            options={
                "verbose_name": "keringanan iuran",
                "verbose_name_plural": "keringanan iuran",
                "ordering": ["segment", "component", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="TariffDiscountEvent",
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
                        to="enrollment.tariffdiscount",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "segment",
                    models.CharField(
                        choices=[
                            ("BPU", "Bukan penerima upah (BPU)"),
                            ("PPU", "Penerima upah (PPU)"),
                        ],
                        max_length=3,
                        verbose_name="segmen",
                    ),
                ),
                (
                    "component",
                    models.CharField(
                        choices=[
                            ("JKK", "Jaminan Kecelakaan Kerja (JKK)"),
                            ("JKM", "Jaminan Kematian (JKM)"),
                            ("JHT", "Jaminan Hari Tua (JHT)"),
                            ("JP", "Jaminan Pensiun (JP)"),
                        ],
                        max_length=3,
                        verbose_name="program",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                ("valid_until", models.DateField(verbose_name="berlaku sampai")),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="potongan (%)",
                    ),
                ),
                (
                    "excluded_funds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("apbd", "APBD kabupaten"),
                                ("dbhcht", "DBHCHT"),
                                ("apbdes", "APBDes / ADD / APB Nagari"),
                                ("csr", "CSR"),
                                ("lain", "Lainnya"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="tidak berlaku untuk dana",
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="dasar hukum")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TariffEvent",
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
                        to="enrollment.tariff",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "segment",
                    models.CharField(
                        choices=[
                            ("BPU", "Bukan penerima upah (BPU)"),
                            ("PPU", "Penerima upah (PPU)"),
                        ],
                        max_length=3,
                        verbose_name="segmen",
                    ),
                ),
                (
                    "component",
                    models.CharField(
                        choices=[
                            ("JKK", "Jaminan Kecelakaan Kerja (JKK)"),
                            ("JKM", "Jaminan Kematian (JKM)"),
                            ("JHT", "Jaminan Hari Tua (JHT)"),
                            ("JP", "Jaminan Pensiun (JP)"),
                        ],
                        max_length=3,
                        verbose_name="program",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="berlaku sampai"),
                ),
                (
                    "income_from",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="penghasilan mulai (rupiah)"
                    ),
                ),
                (
                    "income_to",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="penghasilan di bawah (rupiah)"
                    ),
                ),
                (
                    "base",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="dasar (rupiah)"
                    ),
                ),
                (
                    "rate",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persentase × 100"
                    ),
                ),
                (
                    "amount",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="iuran (rupiah)"
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="dasar hukum")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkerEvent",
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
                        to="enrollment.worker",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
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
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.agency",
                    ),
                ),
                ("nik", models.CharField(max_length=16, verbose_name="NIK")),
                (
                    "kk",
                    models.CharField(
                        blank=True, db_default="", max_length=32, verbose_name="Nomor KK"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="Nama")),
                (
                    "birth_place",
                    models.CharField(
                        blank=True, db_default="", max_length=100, verbose_name="Tempat lahir"
                    ),
                ),
                (
                    "birth_date",
                    models.DateField(blank=True, null=True, verbose_name="Tanggal lahir"),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("L", "Laki-laki"), ("P", "Perempuan")],
                        db_default="",
                        max_length=1,
                        verbose_name="Jenis kelamin",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, db_default="", max_length=255, verbose_name="Alamat"
                    ),
                ),
                (
                    "hamlet",
                    models.CharField(
                        blank=True, db_default="", max_length=100, verbose_name="Dusun"
                    ),
                ),
                (
                    "rt",
                    models.CharField(blank=True, db_default="", max_length=10, verbose_name="RT"),
                ),
                (
                    "rw",
                    models.CharField(blank=True, db_default="", max_length=10, verbose_name="RW"),
                ),
                (
                    "occupation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.occupation",
                    ),
                ),
                (
                    "occupation_text",
                    models.CharField(
                        blank=True, db_default="", max_length=100, verbose_name="Pekerjaan"
                    ),
                ),
                (
                    "income",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="Penghasilan sebulan (rupiah)"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, db_default="", max_length=32, verbose_name="Nomor HP"
                    ),
                ),
                (
                    "mother_name",
                    models.CharField(
                        blank=True, db_default="", max_length=150, verbose_name="Nama ibu kandung"
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        blank=True, db_default="", max_length=100, verbose_name="Jabatan (RT/RW)"
                    ),
                ),
                (
                    "term_start",
                    models.DateField(blank=True, null=True, verbose_name="Mulai menjabat"),
                ),
                (
                    "consent_on",
                    models.DateField(blank=True, null=True, verbose_name="Tanggal persetujuan"),
                ),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        db_default=[],
                        default=list,
                        size=None,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="Berakhir")),
                (
                    "ended_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("died", "Meninggal"),
                            ("moved", "Pindah"),
                            ("mistake", "Salah data"),
                            ("other", "Lainnya"),
                        ],
                        db_default="",
                        max_length=10,
                    ),
                ),
                (
                    "ended_document",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="Dokumen"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkerSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="enrollment.worker",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                ("registry", models.CharField(max_length=40, verbose_name="registri")),
                ("period", models.CharField(blank=True, max_length=20, verbose_name="periode")),
                (
                    "decile",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="desil"),
                ),
            ],
            options={
                "verbose_name": "sumber data",
                "verbose_name_plural": "sumber data",
                "ordering": ["registry", "period", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("worker", "registry", "period"), name="worker_source_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decile__isnull", True), ("decile__range", (1, 10)), _connector="OR"
                        ),
                        name="worker_source_decile",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkerSourceEvent",
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
                        to="enrollment.workersource",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.worker",
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
                    ),
                ),
                ("registry", models.CharField(max_length=40, verbose_name="registri")),
                ("period", models.CharField(blank=True, max_length=20, verbose_name="periode")),
                (
                    "decile",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="desil"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
