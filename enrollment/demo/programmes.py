"""Programmes with the figures that the regencies have published, and those now open for lists."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from enrollment.coverage.rules import month_after
from enrollment.demo.regencies import BOJONEGORO, JEMBER, KUBU_RAYA, SIJUNJUNG, TRENGGALEK
from enrollment.models import LegalBasis, Occupation, Payer, PremiumSubsidy
from enrollment.programmes import actions, grounds
from villages.models import Office, Role

BASIC = ("JKK", "JKM")
RUNNING = "the year before the season"
SEASON = "the season for which lists are collected now"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`months` is (year, first month, count), RUNNING or SEASON; the ceiling pays for `people`
    when it is not given in rupiah."""

    key: str
    regency: str
    name: str
    months: tuple[int, int, int] | str
    people: int = 0
    ceiling: int = 0
    fund: str = "apbd"
    rules: dict = field(default_factory=dict)
    legal: bool = True
    inpres: bool = False
    agreed_until: int = 12
    """The last month of the agreement with BPJS."""


_VULNERABLE = "Perlindungan pekerja rentan"
_TOBACCO = {"occupations": ("tobacco_farmer", "tobacco_labourer")}
_INCENTIVE = {"category": "insentif"}

PLANS = (
    Plan(key="t2023", regency=TRENGGALEK, name=_VULNERABLE, months=(2023, 10, 3),
         ceiling=365_000_000),
    Plan(key="t2024", regency=TRENGGALEK, name=_VULNERABLE, months=(2024, 3, 10),
         ceiling=1_200_000_000),
    Plan(key="t2025", regency=TRENGGALEK, name=_VULNERABLE, months=(2025, 1, 12),
         people=10_000),
    Plan(key="t_running", regency=TRENGGALEK, name=_VULNERABLE, months=RUNNING,
         people=10_000),
    Plan(key="t_fishing", regency=TRENGGALEK, name="Nelayan dan pembudi daya ikan",
         months=RUNNING, people=20),
    Plan(key="t_open", regency=TRENGGALEK, name=_VULNERABLE, months=SEASON, people=10_000,
         inpres=True),
    Plan(key="t_tobacco", regency=TRENGGALEK, name="Petani dan buruh tani tembakau",
         months=SEASON, people=30, fund="dbhcht", agreed_until=9, rules=_TOBACCO),
    Plan(key="t_draft", regency=TRENGGALEK, name="Ketua RT dan RW", months=SEASON,
         people=2_274, rules=_INCENTIVE),
    Plan(key="b_running", regency=BOJONEGORO, name=_VULNERABLE, months=RUNNING,
         people=157_058),
    Plan(key="b_incentive", regency=BOJONEGORO, name="Penerima insentif daerah", months=RUNNING,
         people=9_858, rules=_INCENTIVE),
    Plan(key="b_open", regency=BOJONEGORO, name=_VULNERABLE, months=SEASON, people=157_058,
         rules={"required_registry": "Damisda"}),
    Plan(key="b_tobacco", regency=BOJONEGORO, name="Petani dan buruh tani tembakau",
         months=SEASON, people=6_043, fund="dbhcht", rules=_TOBACCO),
    Plan(key="j_open", regency=JEMBER, name="Ketua RT dan RW", months=SEASON, people=13_250,
         rules={**_INCENTIVE, "occupations": ("neighbourhood_head",)}),
    Plan(key="j_running", regency=JEMBER, name="Ketua RT dan RW", months=RUNNING, people=5_387,
         rules={**_INCENTIVE, "occupations": ("neighbourhood_head",)}),
    Plan(key="k_running", regency=KUBU_RAYA, name=_VULNERABLE, months=RUNNING, people=1_000),
    Plan(key="k_open", regency=KUBU_RAYA, name="Pekerja sosial, keagamaan, dan relawan",
         months=SEASON, people=1_000, legal=False, rules={
             "components": [*BASIC, "JHT"],
             "occupations": ("quran_teacher", "mosque_keeper", "volunteer", "health_volunteer")}),
    Plan(key="k_wage", regency=KUBU_RAYA, name="Perangkat dan kader penerima upah",
         months=SEASON, people=200, rules={
             "segment": "PPU", "wage": 1_500_000, "components": [*BASIC, "JHT", "JP"]}),
    Plan(key="s_running", regency=SIJUNJUNG, name=_VULNERABLE, months=RUNNING, people=17_143),
    Plan(key="s_open", regency=SIJUNJUNG, name="Perlindungan pekerja rentan APB Nagari",
         months=SEASON, people=6_200, fund="apbdes", rules={"village_quota": 100}),
    Plan(key="s_own", regency=SIJUNJUNG, name="Pekerja rentan yang ditetapkan nagari",
         months=RUNNING, people=200, fund="apbdes"),
)  # fmt: skip


def season(today):
    """(year, first month, count) for which lists are collected: the rest of this year if at least
    three months of it are left, otherwise next year."""
    first = month_after(today)
    if first.month > 10 or first.year > today.year:
        return today.year + 1, 1, 12
    return first.year, first.month, 13 - first.month


def make(demos, today):
    """Save every programme, not yet open for lists. Returns key → programme."""
    now = season(today)
    running = now[0] - 1, 1, 12
    made, codes = {}, {demo.code for demo in demos}
    for plan in PLANS:
        if plan.regency not in codes:
            continue
        months = {RUNNING: running, SEASON: now}.get(plan.months, plan.months)
        if isinstance(plan.months, str) or months[0] < running[0]:
            made[plan.key] = _programme(plan, *months)
    return made


def _programme(plan, year, month, count):
    rules = {"components": list(BASIC), **plan.rules}
    occupations = rules.pop("occupations", ())
    admin = Office.objects.select_related("area").get(role=Role.REGENCY_ADMIN, area=plan.regency)
    programme = PremiumSubsidy(
        regency_id=plan.regency,
        name=plan.name,
        year=year,
        fund_id=plan.fund,
        first_month=date(year, month, 1),
        months=count,
        ceiling=plan.ceiling,
        **rules,
    )
    if plan.people:
        actions.price(programme)
        programme.ceiling = plan.people * programme.cost_a_person
    actions.create(programme, occupations=Occupation.objects.filter(pk__in=occupations), by=admin)
    for basis in _legal_bases(plan, year):
        grounds.add(basis, to=programme, by=admin)
    if plan.legal:
        grounds.save_payer(_payer(plan, programme), by=admin)
    return programme


def _legal_bases(plan, year):
    if plan.inpres:
        yield LegalBasis(
            kind="inpres",
            number="8 Tahun 2025",
            date=date(2025, 3, 27),
            title="Optimalisasi Pelaksanaan Pengentasan Kemiskinan dan Penghapusan Kemiskinan "
            "Ekstrem",
        )
    if plan.legal:
        yield LegalBasis(
            number=f"{10 + len(plan.key)} Tahun {year - 1}",
            date=date(year - 1, 9, 14),
            title="Penyelenggaraan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan",
        )


def _payer(plan, programme):
    year = programme.year
    return Payer(
        programme=programme,
        kind="SD" if plan.fund == "apbdes" else "SG",
        npp=f"JJ{plan.regency.replace('.', '')}{len(plan.key):02}",
        agreement_number=f"460/{10 + len(plan.key)}/PKS/{year}",
        agreement_from=date(year, 1, 1),
        agreement_until=month_after(date(year, plan.agreed_until, 1)) - timedelta(days=1),
        refund="ya",
        subactivity="2.07.05.2.02.0005",
        accounts="5.1.02.02.02.0006, 5.1.02.02.02.0007",
    )
