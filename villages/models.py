"""Areas, the profiles of regencies with their own words, accounts, and the offices they hold."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Greatest, Least, Lower
from django.utils import timezone

from villages import areas, duties, scope
from villages.accounts.models import (
    AccountRecord,
    Attempts,
    FactorReset,
    PasswordLink,
    RecoveryCode,
    Session,
)
from villages.audit import audited

__all__ = [
    "AccountRecord", "Agency", "Area", "Attempts", "FactorReset", "Office", "PasswordLink",
    "RecoveryCode", "Regency", "RegionRelease", "Role", "RolePair", "ScopedQuerySet", "Session",
    "User",
]  # fmt: skip

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows that belong to an area. The application filters them; so does row security."""

    area_path = "area_id"
    agency_path: str | None = None

    def visible_to(self, office: Office) -> Self:
        """Rows in the office's area; an agency (OPD pengusul) sees only those it entered, the DPMD
        those of lists that go by it."""
        rows = self.within(office.area_id)
        if self.agency_path and office.agency_id:
            rows = rows.filter(**{self.agency_path: office.agency_id})
        return rows.by_dpmd(office) if office.role == Role.DPMD else rows

    def by_dpmd(self, office: Office) -> Self:
        """What the DPMD sees of these rows: nothing of a table that agencies see in part, unless
        its own queryset says otherwise."""
        return self.none() if self.agency_path else self

    def within(self, area_code: str) -> Self:
        """Rows at or below an area."""
        low, high = scope.bounds(area_code)
        return self.filter(**{f"{self.area_path}__gte": low, f"{self.area_path}__lt": high})


class AreaQuerySet(ScopedQuerySet["Area"]):
    area_path = "code"

    def villages(self) -> Self:
        return self.filter(level=areas.VILLAGE)

    def districts(self) -> Self:
        return self.filter(level=areas.DISTRICT)


class Area(models.Model):
    """A province, regency, district or village as the Ministry of Home Affairs codes it."""

    class Kind(models.TextChoices):
        PROVINCE = "provinsi", "Provinsi"
        REGENCY = "kabupaten", "Kabupaten"
        CITY = "kota", "Kota"
        DISTRICT = "kecamatan", "Kecamatan"
        PAPUAN_DISTRICT = "distrik", "Distrik"
        URBAN_VILLAGE = "kelurahan", "Kelurahan"
        VILLAGE = "desa", "Desa"
        CUSTOMARY_VILLAGE = "desa_adat", "Desa adat"

    code = models.CharField("kode", primary_key=True, max_length=13, db_collation="C")
    name = models.CharField("nama", max_length=100)
    level = models.PositiveSmallIntegerField("tingkat")
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    current = models.BooleanField("masih berlaku", default=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "code"])]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=areas.PATTERN), name="area_code_form"),
            models.CheckConstraint(
                condition=Q(level=1, kind="provinsi")
                | Q(level=2, kind__in=["kabupaten", "kota"])
                | Q(level=3, kind__in=["kecamatan", "distrik"])
                | Q(level=4, kind__in=["kelurahan", "desa", "desa_adat"]),
                name="area_kind_fits_level",
                violation_error_message="Jenisnya tidak cocok dengan kodenya: kode 10 angka adalah "
                "desa atau kelurahan, 6 angka kecamatan, 4 angka kabupaten atau kota.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def regency_code(self) -> str | None:
        return areas.at_level(self.code, areas.REGENCY)

    @property
    def district_code(self) -> str | None:
        return areas.at_level(self.code, areas.DISTRICT)


class RegionRelease(models.Model):
    """Which decree and package version the areas were loaded from."""

    decree = models.CharField("keputusan", max_length=100)
    version = models.CharField("versi paket", max_length=50)
    areas = models.PositiveIntegerField("jumlah wilayah")
    loaded_at = models.DateTimeField("dimuat", default=timezone.now)

    class Meta:
        verbose_name = "rilis wilayah"
        verbose_name_plural = "rilis wilayah"
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        return self.decree


class RegencyQuerySet(ScopedQuerySet["Regency"]):
    def of(self, area_code: str) -> Regency | None:
        """The profile of the regency in which an area lies, or None."""
        return self.filter(pk=areas.at_level(area_code, areas.REGENCY)).first()


@audited()
class Regency(models.Model):
    """What a regency (kabupaten) calls its villages, who signs, and who does the verifying."""

    area = models.OneToOneField(
        Area, primary_key=True, on_delete=models.PROTECT, verbose_name="wilayah"
    )
    village_word = models.CharField("sebutan desa", max_length=30, default="desa")
    village_head_word = models.CharField(
        "sebutan kepala desa", max_length=30, default="kepala desa"
    )
    bupati_name = models.CharField("nama Bupati", max_length=100)
    bupati_title = models.CharField("jabatan penanda tangan", max_length=60, default="Bupati")
    labour_office = models.CharField("nama Dinas", max_length=120, default="Dinas Tenaga Kerja")
    decree_city = models.CharField("kota penetapan keputusan", max_length=60)
    second_factor = models.BooleanField(
        "verifikasi dua langkah untuk semua",
        default=False,
        help_text="Setiap pemegang jabatan di kabupaten ini harus memasang verifikasi dua langkah "
        "sebelum dapat bekerja.",
    )

    objects = RegencyQuerySet.as_manager()

    class Meta:
        verbose_name = "profil kabupaten"
        verbose_name_plural = "profil kabupaten"
        ordering = ["area"]

    def __str__(self) -> str:
        return self.area.name

    @property
    def short_name(self) -> str:
        """`Sijunjung` for `Kabupaten Sijunjung`."""
        return self.area.name.removeprefix("Kabupaten ").removeprefix("Kota ")

    @property
    def signer(self) -> str:
        """Who issues regulations and decrees: `Bupati Sijunjung`."""
        return f"{self.bupati_title or 'Bupati'} {self.short_name}"

    def unit_word(self, area: Area) -> str:
        """What this regency calls an area: `kelurahan`, `kecamatan`, or its own word for a desa."""
        if area.kind == Area.Kind.VILLAGE:
            return self.village_word
        return area.get_kind_display().lower()

    def head_word(self, area: Area) -> str:
        """What the head of a village is called: a kelurahan has a lurah everywhere."""
        if area.kind == Area.Kind.URBAN_VILLAGE:
            return "lurah"
        return self.village_head_word

    def title_of(self, office: Office) -> str:
        """How the holder of an office is addressed here: `Wali nagari Muaro`.

        An office in another regency, whose words are not ours, keeps its plain name.
        """
        if office.area.regency_code != self.pk:
            return str(office)
        titles: dict[str, str] = {
            Role.VILLAGE_HEAD: f"{self.head_word(office.area)} {office.area.name}",
            Role.VILLAGE_OPERATOR: f"operator {self.unit_word(office.area)} {office.area.name}",
            Role.DISTRICT: f"{office.get_role_display()} {office.area.name}",
            Role.AGENCY: str(office.agency),
        }
        title = titles.get(office.role, office.get_role_display())
        return f"{title[:1].upper()}{title[1:]}"

    def placed_title_of(self, office: Office) -> str:
        """The title of one of several offices of a person, which may be the same in two regencies:
        `BPJS Ketenagakerjaan, Kabupaten Jember`."""
        title = self.title_of(office)
        return f"{title}, {office.area.name}" if office.area_id == self.pk else title


class AgencyQuerySet(ScopedQuerySet["Agency"]):
    area_path = "regency_id"


@audited()
class Agency(models.Model):
    """An office of the regency that proposes people of its own sector (OPD pengusul)."""

    regency = models.ForeignKey(Area, on_delete=models.PROTECT, verbose_name="kabupaten")
    name = models.CharField("nama", max_length=120)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "OPD pengusul"
        verbose_name_plural = "OPD pengusul"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["regency", "name"], name="agency_once_a_regency")
        ]

    def __str__(self) -> str:
        return self.name


class Accounts(UserManager["User"]):
    """Accounts are read before an office is known, so these methods enter a scope themselves."""

    def get_queryset(self) -> ScopedQuerySet[User]:
        return ScopedQuerySet(self.model, using=self._db)

    use_in_migrations = False  # migrations must not depend on our code

    def get_by_natural_key(self, username: str | None) -> User:
        with scope.identity(username=username or ""):
            return super().get_by_natural_key(username)

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **extra: Any
    ) -> User:
        with scope.whole_country("create_superuser"):
            return super().create_superuser(username, email, password, **extra)


@audited(exclude=["password", "last_login"])
class User(AbstractUser):
    """A person with an account; what the person may do comes from the offices held."""

    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name="wilayah pengelola akun",
        help_text="Admin wilayah ini mengelola akunnya.",
    )

    held: list[Office]
    """The offices held today; where `holders.account` has read the account."""

    objects: ClassVar[Accounts] = Accounts()

    class Meta(AbstractUser.Meta):
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")),
                name="username_in_small_letters",
                violation_error_message="Nama pengguna ditulis dengan huruf kecil.",
            ),
            models.CheckConstraint(
                condition=Q(is_superuser=False) | Q(area=None),
                name="superuser_of_the_platform",
                violation_error_message="Pengelola sistem tidak dikelola wilayah: kosongkan "
                "wilayahnya.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """In small letters: phones begin with a capital, and nobody tells two such names apart."""
        return str(super().normalize_username(username)).lower()


class Role(models.TextChoices):
    VILLAGE_OPERATOR = "operator_desa", "Operator desa"
    VILLAGE_HEAD = "kepala_desa", "Kepala desa"
    DISTRICT = "kecamatan", "Kecamatan"
    DPMD = "dpmd", "DPMD"
    AGENCY = "opd", "OPD pengusul"
    VERIFIER = "verifikator", "Verifikator Dinas"
    APPROVER = "penyetuju", "Penyetuju Dinas"
    REGENCY_ADMIN = "admin_kabupaten", "Admin kabupaten"
    BPJS = "bpjs", "BPJS Ketenagakerjaan"
    AUDITOR = "auditor", "Auditor"


LEVEL_OF_ROLE: dict[str, int] = {
    Role.VILLAGE_OPERATOR: areas.VILLAGE,
    Role.VILLAGE_HEAD: areas.VILLAGE,
    Role.DISTRICT: areas.DISTRICT,
}
"""The level of area that a role works for; every other role works for a regency."""
PLACE_OF_LEVEL = {
    areas.VILLAGE: "Peran ini untuk satu wilayah setingkat kelurahan: pilih wilayahnya.",
    areas.DISTRICT: "Peran ini untuk satu kecamatan: pilih kecamatannya.",
    areas.REGENCY: "Peran ini untuk satu kabupaten: pilih kabupatennya.",
}


MANAGED_ELSEWHERE = dict.fromkeys(
    ("office_lies_with_manager", "manager_covers_offices"),
    "Akun yang dikelola satu kabupaten hanya boleh memegang jabatan di kabupaten itu. Untuk orang "
    "yang bekerja di beberapa kabupaten, minta pengelola sistem.",
) | {
    "office_stays": "Jabatan tidak berpindah kabupaten: isi tanggal akhirnya, beri jabatan baru.",
    "superuser_by_platform": "Hanya pengelola sistem yang dapat mengangkat pengelola sistem.",
}
"""Whoever manages an account can become its owner, so it may reach no further than the manager.
The database refuses it under these names (migrations/0005_accounts.py)."""


NOT_TOGETHER = (
    "Orang itu memegang jabatan lain pada masa itu, yang tidak boleh dirangkap dengan jabatan ini. "
    "Akhiri dahulu yang lain, atau pilih orang lain."
)
"""The sentence of the trigger `duties_stay_apart`, where two gave offices at the same moment."""
BACKWARDS = "Tanggal akhir jabatan mendahului tanggal mulainya."
TWO_HEADS = (
    "Pada masa itu wilayah ini sudah punya kepala. Pakai “Serahkan jabatan”, atau isi dahulu "
    "tanggal akhir jabatan yang lama."
)


class OfficeQuerySet(ScopedQuerySet["Office"]):
    def held_on(self, day: date) -> Self:
        """Offices whose term includes `day`."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


@audited()
class Office(models.Model):
    """A role in an area for a time (jabatan): the only source of rights in the portal."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="offices", verbose_name="pengguna"
    )
    role = models.CharField("peran", max_length=20, choices=Role.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, verbose_name="wilayah")
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, verbose_name="OPD pengusul"
    )
    starts_on = models.DateField("mulai", default=timezone.localdate)
    ends_on = models.DateField("sampai", null=True, blank=True)

    profile: Regency
    """Of its regency; where `holders.account` has read the office."""

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "jabatan"
        verbose_name_plural = "jabatan"
        ordering = ["area", "role", "pk"]
        indexes = [models.Index(fields=["user", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="office_ends_after_start",
                violation_error_message=BACKWARDS,
            ),
            models.CheckConstraint(
                condition=Q(role=Role.AGENCY, agency__isnull=False)
                | (~Q(role=Role.AGENCY) & Q(agency__isnull=True)),
                name="office_agency_only_for_opd",
                violation_error_message="Hanya peran OPD pengusul yang diisi nama OPD.",
            ),
            ExclusionConstraint(
                name="one_head_at_a_time",
                expressions=[
                    (OpClass("area", "gist_text_ops"), RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(role=Role.VILLAGE_HEAD),
                violation_error_message=TWO_HEADS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.area}"

    def clean(self) -> None:
        """Check what constraints cannot: the area fits the role, the agency and the account."""
        area = self.area_id or ""
        if area and self.role and areas.level(area) != self.role_level:
            raise ValidationError({"area": PLACE_OF_LEVEL[self.role_level]})
        if self.agency and self.agency.regency_id != areas.at_level(area, areas.REGENCY):
            raise ValidationError({"agency": "OPD ini milik kabupaten lain."})
        manager = self.user.area_id if self.user_id else None
        if area and manager and not areas.lies_in(area, manager):
            raise ValidationError({"area": MANAGED_ELSEWHERE["office_lies_with_manager"]})
        if self.is_backwards:  # first: neither constraints nor triggers can read such a term
            raise ValidationError({"ends_on": BACKWARDS})
        if area and self.role and (refused := duties.refused(self)):
            raise ValidationError(refused)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Django fails at a constraint whose condition is on a field that was refused already."""
        left_out = set(exclude or ())
        super().validate_constraints(left_out | {"area"} if "role" in left_out else left_out)

    @property
    def is_backwards(self) -> bool:
        """Whether it ends before it begins."""
        return bool(self.starts_on and self.ends_on and self.ends_on < self.starts_on)

    def is_held_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    @property
    def role_level(self) -> int:
        """The level of area that the role works for."""
        return LEVEL_OF_ROLE.get(self.role, areas.REGENCY)


class RolePairQuerySet(ScopedQuerySet["RolePair"]):
    area_path = "regency_id"

    def of(self, area_code: str) -> Self:
        """Those of the platform, and those of the regency in which an area lies."""
        regency = areas.at_level(area_code, areas.REGENCY) if area_code else None
        return self.filter(Q(regency=None) | Q(regency=regency or ""))


@audited()
class RolePair(models.Model):
    """Two roles that one person may not hold in one regency at one time (jabatan yang tidak boleh
    dirangkap). Without a regency it is for all of them."""

    regency = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="kabupaten",
    )  # fmt: skip
    first = models.CharField("peran", max_length=20, choices=Role.choices)
    second = models.CharField("dan peran", max_length=20, choices=Role.choices)
    reason = models.CharField("alasan", max_length=200)

    objects = RolePairQuerySet.as_manager()

    class Meta:
        verbose_name = "jabatan yang tidak boleh dirangkap"
        verbose_name_plural = "jabatan yang tidak boleh dirangkap"
        ordering = ["first", "second", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="role_pair_of_two",
                violation_error_message="Pilih dua peran yang berbeda.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="role_pair_has_a_reason",
                violation_error_message="Tulis alasannya.",
            ),
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                Coalesce("regency", Value("")),
                name="role_pair_once",
                violation_error_message="Kedua peran itu sudah ada di daftar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_first_display()} dan {self.get_second_display()}"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset({self.first, self.second})
