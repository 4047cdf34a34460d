"""A premium subsidy (bantuan iuran): its fund, recipients, months and amounts."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from enrollment.coverage.rules import Period, month_after, period
from enrollment.formats import rupiah
from enrollment.programmes import registries
from enrollment.programmes.prices import PriceList, in_words
from enrollment.programmes.regulations import citation
from enrollment.programmes.rules import lasting, outside_agreement
from enrollment.programmes.turns import OPPOSITES, Turn
from enrollment.programmes.turns import in_words as order_in_words
from enrollment.standing import Standing
from enrollment.workers.models import Occupation, Sector
from villages.audit import audited
from villages.models import Area, Office, Regency, Role, ScopedQuerySet
from villages.permissions import REGENCY

if TYPE_CHECKING:
    from villages.annotations import JSON

__all__ = [
    "Fund", "LegalBasis", "Payer", "PremiumSubsidy", "Quota", "Tariff", "TariffDiscount",
]  # fmt: skip


class Segment(models.TextChoices):
    BPU = "BPU", "Bukan penerima upah (BPU)"
    PPU = "PPU", "Penerima upah (PPU)"


class Component(models.TextChoices):
    JKK = "JKK", "Jaminan Kecelakaan Kerja (JKK)"
    JKM = "JKM", "Jaminan Kematian (JKM)"
    JHT = "JHT", "Jaminan Hari Tua (JHT)"
    JP = "JP", "Jaminan Pensiun (JP)"


class Fund(models.Model):
    """Where the money of a programme comes from (sumber dana). The platform keeps the list."""

    key = models.SlugField("kunci", max_length=10, primary_key=True)
    name = models.CharField("nama", max_length=80, unique=True)
    of_villages = models.BooleanField(
        "anggaran desa", default=False, help_text="disebut menurut kata wilayahnya: APB Nagari"
    )
    note = models.CharField("catatan", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("urutan", default=100)

    class Meta:
        verbose_name = "sumber dana"
        verbose_name_plural = "sumber dana"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def called(self, village_word: str) -> str:
        """Its name where villages are called so: a nagari has no APBDes, but an APB Nagari."""
        if not self.of_villages or village_word.lower() in ("desa", ""):
            return self.name
        return f"APB {village_word.title()}"


def keys(model: type[models.Model], label: str) -> ArrayField[Any, Any]:
    """A list of the keys of a table of reference data, of which no row is ever deleted."""
    longest = model._meta.get_field("key").max_length  # type: ignore[union-attr]
    return ArrayField(
        models.CharField(max_length=longest), default=list, blank=True, verbose_name=label
    )


@audited()
class Tariff(models.Model):
    """One line of the contribution table (PP 44/2015 and its successors), valid for a time.

    Either `amount` rupiah a month, or `rate` in hundredths of a percent of `base` (of the wage
    when `base` is empty), for incomes in `[income_from, income_to)` rupiah a month.
    """

    segment = models.CharField("segmen", max_length=3, choices=Segment.choices)
    component = models.CharField("program", max_length=3, choices=Component.choices)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    income_from = models.PositiveBigIntegerField("penghasilan mulai (rupiah)", default=0)
    income_to = models.PositiveBigIntegerField(
        "penghasilan di bawah (rupiah)", null=True, blank=True
    )
    base = models.PositiveBigIntegerField("dasar (rupiah)", null=True, blank=True)
    rate = models.PositiveIntegerField("persentase × 100", null=True, blank=True)
    amount = models.PositiveBigIntegerField("iuran (rupiah)", null=True, blank=True)
    source = models.CharField("dasar hukum", max_length=120)

    class Meta:
        verbose_name = "tarif"
        verbose_name_plural = "tarif"
        ordering = ["segment", "component", "valid_from", "income_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__isnull=False, amount__isnull=True)
                | Q(rate__isnull=True, amount__isnull=False),
                name="tariff_rate_or_amount",
                violation_error_message="Isi salah satu: persentase atau iuran dalam rupiah.",
            ),
            models.UniqueConstraint(
                fields=["segment", "component", "valid_from", "income_from"],
                name="tariff_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment} {self.component} sejak {self.valid_from:%d-%m-%Y}"

    @property
    def incomes(self) -> str:
        """The incomes that it is for, in words."""
        if self.income_to is None:
            return f"mulai {rupiah(self.income_from)}" if self.income_from else "semua"
        return f"{rupiah(self.income_from)} sampai di bawah {rupiah(self.income_to)}"

    @property
    def price(self) -> str:
        """`Rp6.800`, or `0,24% dari upah`."""
        if self.rate is None:
            return rupiah(self.amount)
        whole, rest = divmod(self.rate, 100)
        percent = f"{whole},{rest:02}".rstrip("0").rstrip(",")
        return f"{percent}% dari {'upah' if self.base is None else rupiah(self.base)}"


@audited()
class TariffDiscount(models.Model):
    """A temporary cut of contributions (PP 50/2025): for these sectors and these funds, or for all
    where none is named, but not for the excluded funds."""

    segment = models.CharField("segmen", max_length=3, choices=Segment.choices)
    component = models.CharField("program", max_length=3, choices=Component.choices)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai")
    percent = models.PositiveSmallIntegerField(
        "potongan (%)", validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    sectors = keys(Sector, "hanya untuk sektor")
    funds = keys(Fund, "hanya untuk dana")
    excluded_funds = keys(Fund, "tidak berlaku untuk dana")
    source = models.CharField("dasar hukum", max_length=120)

    class Meta:
        verbose_name = "keringanan iuran"
        verbose_name_plural = "keringanan iuran"
        ordering = ["segment", "component", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(funds=[]) | Q(excluded_funds=[]),
                name="discount_funds_one_way",
                violation_error_message="Sebut dana yang mendapatkannya atau yang tidak, jangan "
                "keduanya.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.segment} {self.component}, potongan {self.percent}%"


SEE_DRAFTS = REGENCY | {Role.AUDITOR}


class PremiumSubsidyQuerySet(ScopedQuerySet["PremiumSubsidy"]):
    area_path = "regency_id"

    def visible_to(self, office: Office) -> Self:
        """Every office of the regency sees its programmes; drafts only the roles in SEE_DRAFTS."""
        rows = self.filter(regency_id=office.area.regency_code)
        return rows if office.role in SEE_DRAFTS else rows.exclude(state=PremiumSubsidy.State.DRAFT)

    def open(self) -> Self:
        return self.filter(state=PremiumSubsidy.State.OPEN)

    def waves_of(self, programme: PremiumSubsidy) -> Self:
        """All waves of the programme to which this one belongs, in their order."""
        first = programme.first_id or programme.pk
        return self.filter(Q(pk=first) | Q(first=first)).order_by("wave")


@audited()
class PremiumSubsidy(models.Model):
    """A programme of premium subsidy (program bantuan iuran) of a regency in a year, or one of its
    waves (tahap): months, money and places of its own, one after another in the budget year.

    A programme is its waves. The `first` one stands for it, has no `first` itself, and gives all
    of them regency, year and name: a foreign key of the database keeps these alike. Lists, places,
    money, decrees and cover belong to a wave.

    Money is in rupiah. `prices` are those of each month and sector (`prices.PriceList`).
    `committed` is what the approved people cost so far: a database constraint keeps it within
    `ceiling`, even when several people approve at the same moment.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Disiapkan"
        OPEN = "open", "Dibuka untuk usulan"
        CLOSED = "closed", "Ditutup"

    class Source(models.TextChoices):
        ORIGINAL = "murni", "APBD murni"
        AMENDED = "perubahan", "Perubahan APBD"
        SHIFTED = "pergeseran", "Pergeseran anggaran"

    class Category(models.TextChoices):
        VULNERABLE = "rentan", "Pekerja rentan"
        INCENTIVE = "insentif", "Penerima insentif daerah"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, verbose_name="kabupaten")
    name = models.CharField("nama program", max_length=150)
    year = models.PositiveSmallIntegerField(
        "tahun", validators=[MinValueValidator(2015), MaxValueValidator(2100)]
    )
    first = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="later_waves", editable=False,
        verbose_name="tahap pertama",
    )  # fmt: skip
    wave = models.PositiveSmallIntegerField("tahap", default=1, editable=False)
    wave_name = models.CharField("nama tahap", max_length=60, blank=True)
    source = models.CharField(
        "anggaran", max_length=10, choices=Source.choices, default=Source.ORIGINAL
    )
    fund = models.ForeignKey(
        Fund, on_delete=models.PROTECT, db_column="fund", related_name="+", db_index=False,
        verbose_name="sumber dana",
    )  # fmt: skip
    category = models.CharField(
        "golongan penerima", max_length=10, choices=Category.choices, default=Category.VULNERABLE
    )
    segment = models.CharField("segmen", max_length=3, choices=Segment.choices, default=Segment.BPU)
    components = ArrayField(
        models.CharField(max_length=3, choices=Component.choices), verbose_name="program jaminan"
    )
    wage = models.PositiveBigIntegerField("dasar upah atau penghasilan (rupiah)", default=1_000_000)
    first_month = models.DateField("bulan pertama", help_text="tanggal 1 bulan pertama")
    months = models.PositiveSmallIntegerField(
        "lama (bulan)", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    prices: JSON[dict[str, list[int]]] = models.JSONField(
        "iuran tiap bulan (rupiah)", default=dict, editable=False
    )
    ceiling = models.PositiveBigIntegerField("pagu anggaran (rupiah)")
    committed = models.PositiveBigIntegerField("terpakai (rupiah)", default=0, editable=False)
    village_quota = models.PositiveIntegerField("kuota tiap wilayah (orang)", null=True, blank=True)
    waiting_order = ArrayField(
        models.CharField(max_length=10, choices=Turn.choices), default=list, blank=True,
        verbose_name="urutan daftar tunggu",
    )  # fmt: skip
    minimum_age = models.PositiveSmallIntegerField("usia paling muda (tahun)", default=17)
    maximum_age = models.PositiveSmallIntegerField("usia di bawah (tahun)", default=65)
    occupations = models.ManyToManyField(
        Occupation, blank=True, verbose_name="hanya untuk pekerjaan"
    )
    required_registry = models.CharField(
        "wajib tercatat di", max_length=registries.LONGEST, blank=True
    )
    family_limit = models.PositiveSmallIntegerField(
        "paling banyak satu KK (orang)", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    consent_required = models.BooleanField("wajib ada persetujuan", default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    objects = PremiumSubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = "program bantuan iuran"
        verbose_name_plural = "program bantuan iuran"
        ordering = ["-year", "name", "wave", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(committed__lte=F("ceiling")), name="subsidy_within_ceiling"
            ),
            models.CheckConstraint(condition=Q(months__range=(1, 12)), name="subsidy_months"),
            models.CheckConstraint(
                condition=Q(first_month__day=1), name="subsidy_first_month_starts"
            ),
            models.CheckConstraint(
                condition=Q(maximum_age__gt=F("minimum_age")), name="subsidy_ages_in_order"
            ),
            models.UniqueConstraint(
                fields=["regency", "year", "name", "wave"], name="subsidy_name_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=True, wave=1) | Q(first__isnull=False, wave__gt=1),
                name="subsidy_first_wave_is_one",
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=True) | ~Q(wave_name=""), name="subsidy_wave_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(waiting_order__contained_by=Turn.values)
                & ~Q(waiting_order__contains=sorted(OPPOSITES)),
                name="subsidy_waiting_order",
            ),
        ]

    def __str__(self) -> str:
        named = f"{self.name} {self.year}"
        return f"{named}, {self.wave_name}" if self.wave_name else named

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def title(self) -> str:
        """Its name where the year is known."""
        return f"{self.name}, {self.wave_name}" if self.wave_name else self.name

    @property
    def period(self) -> Period:
        """Its months, as `(first, after)`."""
        return period(self.first_month, self.months)

    @property
    def last_month(self) -> date:
        """The first day of the last month that it pays."""
        return month_after(self.first_month, self.months - 1)

    @property
    def has_village_quota(self) -> bool:
        return self.village_quota is not None

    @property
    def waiting_order_in_words(self) -> str:
        return order_in_words(self.waiting_order)

    @property
    def standing(self) -> Standing:
        return STANDINGS[self.state]

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    def citations(self, regency: Regency | None) -> list[str]:
        """Its legal bases as a decree cites them, in their order; `regency` is its profile."""
        return [basis.citation(regency) for basis in self.legal_bases.all()]

    @property
    def latest_basis(self) -> date | None:
        """The day of the latest of its legal bases; none if no day of them is known."""
        return max((row.date for row in self.legal_bases.all() if row.date), default=None)

    @property
    def outside_agreement(self) -> str:
        """A warning about months of cover outside the dates of its agreement; empty for none."""
        payer = getattr(self, "payer", None)
        if payer is None:
            return ""
        return outside_agreement(
            self.first_month, self.months, payer.agreement_from, payer.agreement_until
        )

    @property
    def registries(self) -> tuple[registries.Required, ...]:
        """Of these, one must name whoever is proposed."""
        return registries.kept(self.required_registry)

    @property
    def price_list(self) -> PriceList:
        return PriceList.kept(self.prices)

    @property
    def premium(self) -> int | None:
        """Rupiah of one person in a month; None where months or sectors differ."""
        return self.price_list.a_month

    @property
    def cost_a_person(self) -> int:
        """Rupiah for one person over all months; some sectors may cost less, none costs more."""
        return self.price_list.cost()

    @property
    def left(self) -> int:
        """Rupiah of the ceiling that nobody has been promised yet."""
        return self.ceiling - self.committed

    @property
    def price_in_words(self) -> str:
        """The months of one person: `16.800 × 12`, or `16.800 × 3 + 8.400 × 9`."""
        return in_words(self.price_list.general)

    @property
    def sector_prices(self) -> list[tuple[str, str, int]]:
        """Sectors that pay less: the name, the months in words, rupiah of one person."""
        prices = self.price_list
        names = dict(Sector.objects.filter(pk__in=prices.sectors).values_list("pk", "name"))
        return [
            (names.get(sector, sector), in_words(each), sum(each))
            for sector, each in prices.sectors.items()
        ]


STANDINGS: dict[str, Standing] = {
    PremiumSubsidy.State.DRAFT: Standing("attention", "Disiapkan", mark="pencil"),
    PremiumSubsidy.State.OPEN: Standing("good", "Dibuka"),
    PremiumSubsidy.State.CLOSED: Standing("plain", "Ditutup", mark="lock"),
}


@audited()
class LegalBasis(models.Model):
    """A regulation on which a programme rests (dasar hukum). A decree cites them by `position`."""

    class Kind(models.TextChoices):
        GOVERNMENT = "pp", "Peraturan Pemerintah (PP)"
        PRESIDENT = "inpres", "Instruksi Presiden (Inpres)"
        INTERIOR = "permendagri", "Peraturan Menteri Dalam Negeri (Permendagri)"
        LABOUR = "permenaker", "Peraturan Menteri Ketenagakerjaan (Permenaker)"
        FINANCE = "pmk", "Peraturan Menteri Keuangan (PMK)"
        REGIONAL = "perda", "Peraturan Daerah (Perda)"
        BUPATI = "perbup", "Peraturan Bupati/Wali Kota (Perbup, Perwali)"
        DECREE = "keputusan", "Keputusan Bupati/Wali Kota"
        CIRCULAR = "se", "Surat edaran"
        OTHER = "lain", "Lainnya"

    programme = models.ForeignKey(
        PremiumSubsidy, on_delete=models.CASCADE, related_name="legal_bases",
        verbose_name="program", editable=False,
    )  # fmt: skip
    regency = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False,
        verbose_name="kabupaten",
    )  # fmt: skip
    position = models.PositiveSmallIntegerField("urutan", editable=False)
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices, default=Kind.BUPATI)
    number = models.CharField("nomor", max_length=100)
    date = models.DateField("tanggal", null=True, blank=True)
    title = models.CharField("tentang", max_length=255, blank=True)

    class Meta:
        verbose_name = "dasar hukum"
        verbose_name_plural = "dasar hukum"
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"],
                name="legal_bases_in_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["programme", "kind", "number"], name="legal_basis_once"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="legal_basis_has_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def citation(self, regency: Regency | None) -> str:
        """Kind, number, date and subject as a decree cites them."""
        return citation(
            self.kind, self.number, self.date, self.title,
            signer=regency.signer if regency else "Bupati",
            regency=regency.area.name if regency else "",
        )  # fmt: skip


@audited()
class Payer(models.Model):
    """Who pays for a programme: the wadah that BPJS has for its people, the agreement with BPJS
    (PKS), and the lines of the budget. Each of them may still be unknown."""

    class Wadah(models.TextChoices):
        GOVERNMENT = "SG", "SG: pekerja rentan, dibayar pemerintah"
        VILLAGE = "SD", "SD: desa, dari APBDes"
        VILLAGE_BY_REGENCY = "SA", "SA: desa, dari APBD"
        VILLAGE_BY_OTHERS = "SL", "SL: desa, dari dana lain"
        COMPANY = "SC", "SC: pekerja rentan, dibayar perusahaan"
        BANK = "SB", "SB: pekerja rentan, dibayar bank"

    class Refund(models.TextChoices):
        YES = "ya", "Ya"
        NO = "tidak", "Tidak"
        UNKNOWN = "belum", "Belum tahu"

    programme = models.OneToOneField(
        PremiumSubsidy, on_delete=models.CASCADE, related_name="payer", verbose_name="program",
        editable=False,
    )  # fmt: skip
    regency = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False,
        verbose_name="kabupaten",
    )  # fmt: skip
    kind = models.CharField("jenis wadah", max_length=2, choices=Wadah.choices, blank=True)
    npp = models.CharField("NPP wadah", max_length=20, blank=True)
    agreement_number = models.CharField("nomor PKS", max_length=100, blank=True)
    agreement_from = models.DateField("PKS berlaku sejak", null=True, blank=True)
    agreement_until = models.DateField("PKS berlaku sampai", null=True, blank=True)
    refund = models.CharField(
        "iuran dapat dikembalikan", max_length=6, choices=Refund.choices, default=Refund.UNKNOWN
    )
    subactivity = models.CharField("kode subkegiatan", max_length=100, blank=True)
    accounts = models.CharField("kode rekening", max_length=100, blank=True)
    budget_number = models.CharField("nomor DPA", max_length=100, blank=True)

    class Meta:
        verbose_name = "dana dan perjanjian"
        verbose_name_plural = "dana dan perjanjian"
        ordering = ["programme"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement_until__gte=F("agreement_from")),
                name="payer_agreement_in_order",
                violation_error_message="Akhir PKS tidak boleh sebelum awalnya.",
            )
        ]

    def __str__(self) -> str:
        return f"Dana dan perjanjian {self.programme}"

    @property
    def agreement(self) -> str:
        """Number and days of the agreement, as far as they are known."""
        days = lasting(self.agreement_from, self.agreement_until)
        return ", ".join(filter(None, [self.agreement_number, days]))


class QuotaQuerySet(ScopedQuerySet["Quota"]):
    def with_room(self) -> Self:
        """Villages that have a place which nobody holds."""
        return self.filter(Q(people__isnull=True) | Q(used__lt=F("people")))


@audited()
class Quota(models.Model):
    """How many people of a village a programme takes, and how many places are held so far.

    A place is held from submission on, so that latecomers learn at once that none is left: `used`
    is the number of people of the village who are submitted, verified or approved, whoever
    proposed them. Without a limit (`people` is None) places are counted too, so that a limit can
    be set later.
    `queued` is the last number given out on the waiting list.
    """

    programme = models.ForeignKey(
        PremiumSubsidy, on_delete=models.CASCADE, related_name="quotas", verbose_name="program"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, verbose_name="wilayah")
    people = models.PositiveIntegerField("kuota (orang)", null=True, blank=True)
    used = models.PositiveIntegerField("terpakai (orang)", default=0, editable=False)
    queued = models.PositiveIntegerField("nomor tunggu terakhir", default=0, editable=False)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = "kuota wilayah"
        verbose_name_plural = "kuota wilayah"
        ordering = ["programme", "area"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "area"], name="quota_once_a_village"),
            models.CheckConstraint(condition=Q(used__lte=F("people")), name="quota_not_exceeded"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.area_id}"

    def save(self, **options: Any) -> None:
        """An edit writes the quota alone: places are taken while its form is open."""
        if not self._state.adding:
            options.setdefault("update_fields", ["programme", "area", "people"])
        super().save(**options)

    @property
    def is_limited(self) -> bool:
        return self.people is not None

    @property
    def left(self) -> int | None:
        """Places that nobody holds yet; None where there is no limit."""
        return None if self.people is None else self.people - self.used
