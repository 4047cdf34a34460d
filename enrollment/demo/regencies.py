"""The five regencies: their own words, offices and occupations. All officials are invented."""

from dataclasses import dataclass

from enrollment.demo import names

TRENGGALEK, BOJONEGORO, JEMBER = "35.03", "35.22", "35.09"
KUBU_RAYA, SIJUNJUNG = "61.12", "13.03"


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A regency of the demo. `kept` maps village codes to the number of people to invent there;
    of all villages, every `scattered`-th gets a handful. `brought_in` maps occupations to the
    agency (its index) that enters such people outside the `kept` villages."""

    code: str
    slug: str
    bupati: str
    decree_city: str
    labour_office: str
    people_names: names.Names
    occupations: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    brought_in: dict[str, int]
    village_word: str = "desa"
    village_head_word: str = "kepala desa"
    kept: dict[str, int]
    scattered: int


KELUTAN, SENDEN, BOGORAN, TIMAHAN = (
    "35.03.11.1005",
    "35.03.07.2007",
    "35.03.07.2002",
    "35.03.07.2003",
)
BAURENO, LEBAKSARI = "35.22.10.2006", "35.22.10.2025"
SUMBERSARI, PADOMASAN = "35.09.21.1002", "35.09.01.2001"
RASAU_JAYA, ARANG_LIMBUNG = "61.12.07.2001", "61.12.01.2003"
LALAN, LATANG = "13.03.07.2002", "13.03.07.2006"

_FIELD = (
    "Petani",
    "Buruh tani",
    "Petani",
    "Pedagang keliling",
    "Buruh harian lepas",
    "Tukang batu",
)

DEMOS = (
    Demo(
        code=TRENGGALEK,
        slug="trenggalek",
        bupati="Suryo Adiwinata, S.Sos., M.M.",
        decree_city="Trenggalek",
        labour_office="Dinas Perindustrian dan Tenaga Kerja",
        people_names=names.JAVANESE,
        occupations=(*_FIELD, "Petani tembakau", "Buruh tani tembakau", "Nelayan", "Guru ngaji"),
        agencies=("Dinas Pertanian dan Pangan", "Dinas Perikanan"),
        brought_in={"tobacco_farmer": 0, "tobacco_labourer": 0, "fisher": 1},
        kept={SENDEN: 42, BOGORAN: 26, TIMAHAN: 18, KELUTAN: 24},
        scattered=3,
    ),
    Demo(
        code=BOJONEGORO,
        slug="bojonegoro",
        bupati="Hj. Ratri Kusumaningtyas, S.E., M.Si.",
        decree_city="Bojonegoro",
        labour_office="Dinas Perindustrian dan Tenaga Kerja",
        people_names=names.JAVANESE,
        occupations=(*_FIELD, "Petani tembakau", "Kader posyandu", "Linmas"),
        agencies=("Dinas Ketahanan Pangan dan Pertanian",),
        brought_in={"tobacco_farmer": 0},
        kept={BAURENO: 392, LEBAKSARI: 24},
        scattered=12,
    ),
    Demo(
        code=JEMBER,
        slug="jember",
        bupati="Drs. H. Bagas Wiratmoko",
        decree_city="Jember",
        labour_office="Dinas Tenaga Kerja",
        people_names=names.MADURESE,
        occupations=("Ketua RT/RW",),
        agencies=("Dinas Pemberdayaan Masyarakat dan Desa",),
        brought_in={},
        kept={SUMBERSARI: 60, PADOMASAN: 32},
        scattered=9,
    ),
    Demo(
        code=KUBU_RAYA,
        slug="kuburaya",
        bupati="Ir. Hasan Taruna",
        decree_city="Sungai Raya",
        labour_office="Dinas Transmigrasi dan Tenaga Kerja",
        people_names=names.MALAY,
        occupations=("Guru ngaji", "Marbot", "Relawan", "Kader posyandu", "Nelayan", "Petani"),
        agencies=("Dinas Sosial",),
        brought_in={"volunteer": 0},
        kept={ARANG_LIMBUNG: 44, RASAU_JAYA: 36},
        scattered=6,
    ),
    Demo(
        code=SIJUNJUNG,
        slug="sijunjung",
        bupati="H. Malin Rangkuto, S.H.",
        decree_city="Muaro Sijunjung",
        labour_office="Dinas Perdagangan, Perindustrian dan Tenaga Kerja",
        people_names=names.MINANGKABAU,
        occupations=("Petani", "Buruh tani", "Petani karet", "Pedagang", "Tukang ojek", "Marbot"),
        agencies=("Dinas Pertanian",),
        village_word="nagari",
        village_head_word="wali nagari",
        brought_in={"farm_labourer": 0},
        kept={LALAN: 128, LATANG: 40},
        scattered=4,
    ),
)
