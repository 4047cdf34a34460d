"""Invented people, whom the tests call by name.

Senden and Bogoran are two villages of Kampak, Trenggalek (35.03); Baureno lies in Bojonegoro.
In Senden, Kartika heads the village and Olan is her operator; Bagus heads Bogoran; Vera
verifies, Amir, Ani and Anto approve, and Rini administers for Trenggalek; Boni administers
Bojonegoro.
"""

from datetime import date, timedelta

from django.utils import timezone

from enrollment.coverage.models import Cover, CoverSource
from enrollment.workers.models import Worker
from villages import scope
from villages.models import Agency, Area, Office, Regency, Role, User

TRENGGALEK, BOJONEGORO, SIJUNJUNG = "35.03", "35.22", "13.03"
KAMPAK = "35.03.07"
SENDEN, BOGORAN = "35.03.07.2007", "35.03.07.2001"
BAURENO = "35.22.10.2025"
PASSWORD = "kata-sandi-untuk-uji-coba"
TERM = date(2024, 1, 1)

NAMES = {
    "kartika": (Role.VILLAGE_HEAD, SENDEN),
    "olan": (Role.VILLAGE_OPERATOR, SENDEN),
    "bagus": (Role.VILLAGE_HEAD, BOGORAN),
    "karim": (Role.DISTRICT, KAMPAK),
    "dewi": (Role.DPMD, TRENGGALEK),
    "vera": (Role.VERIFIER, TRENGGALEK),
    "amir": (Role.APPROVER, TRENGGALEK),
    "ani": (Role.APPROVER, TRENGGALEK),
    "anto": (Role.APPROVER, TRENGGALEK),
    "rini": (Role.REGENCY_ADMIN, TRENGGALEK),
    "bima": (Role.BPJS, TRENGGALEK),
    "audi": (Role.AUDITOR, TRENGGALEK),
    "tani": (Role.AGENCY, TRENGGALEK),
    "boni": (Role.REGENCY_ADMIN, BOJONEGORO),
    "vino": (Role.VERIFIER, BOJONEGORO),
}


_held, _profiled = {}, set()
"""What `hold` gave in this test, and the regencies with a profile: that takes many statements, and
tests ask again and again."""


def forget():
    """After each test: what it wrote is gone."""
    _held.clear()
    _profiled.clear()


def regency(code, **words):
    """The profile of a regency, made at the first call."""
    with scope.whole_country("tests"):
        area = Area.objects.get(pk=code)
        short = area.name.removeprefix("Kabupaten ")
        values = {"bupati_name": f"H. Bupati {short}", "decree_city": short, **words}
        found = Regency.objects.select_related("area").filter(area=area).first()
        return found or Regency.objects.create(area=area, **values)


def office(name):
    """The office of one of the people named above, with profile and account, made when needed."""
    role, area = NAMES[name]
    return hold(name, role, area)


def hold(name, role, area, *, starts_on=TERM, ends_on=None):
    """Give an account called `name` an office; the same call again returns the same office."""
    if (name, role, area) not in _held:
        with scope.whole_country("tests"):
            _held[name, role, area] = _hold(name, role, area, starts_on, ends_on)
    return _held[name, role, area]


def leave(name):
    """End all offices of somebody as of yesterday."""
    with scope.whole_country("tests"):
        yesterday = timezone.localdate() - timedelta(days=1)
        Office.objects.filter(user__username=name).update(ends_on=yesterday)


def become(name, role, area):
    """As `hold`, from today on, for somebody who leaves all other offices."""
    leave(name)
    return hold(name, role, area, starts_on=timezone.localdate())


def _hold(name, role, area, starts_on, ends_on):
    if area[:5] not in _profiled:
        regency(area[:5])
        _profiled.add(area[:5])
    user = User.objects.filter(username=name).first() or User.objects.create_user(
        name, password=PASSWORD, first_name=name.title(), area_id=area[:5]
    )
    agency = None
    if role == Role.AGENCY:
        agency = Agency.objects.get_or_create(regency_id=area[:5], name="Dinas Pertanian")[0]
    one = {"user": user, "role": role, "area": Area.objects.get(pk=area), "agency": agency}
    found = Office.objects.select_related("user", "area", "agency").filter(**one).first()
    return found or Office.objects.create(**one, starts_on=starts_on, ends_on=ends_on)


def worker(number, area=SENDEN, **values):
    """A complete person of `area`; `number` (0-9998) tells them apart and makes the NIK."""
    with scope.whole_country("tests"):
        return Worker.objects.create(
            area_id=area,
            nik=nik(number, area),
            **{
                "name": f"Pekerja {number}",
                "kk": f"{area[:8].replace('.', '')}010120{number + 1:04d}",
                "birth_place": "Trenggalek",
                "birth_date": date(1980, 1, 1),
                "sex": "L",
                "address": f"Jl. Uji No. {number}",
                "rt": "001",
                "rw": "002",
                "occupation_text": "Petani",
                "mother_name": "Ibu Uji",
                **values,
            },
        )


def cover(worker, first, after, paid_by="Program lain", document="Keputusan Nomor 9"):
    """Months of the worker that are paid by a programme other than those of the tests."""
    with scope.whole_country("tests"):
        source = CoverSource.objects.create(
            regency_id=worker.area_id[:5], name=paid_by, document=document
        )
        return Cover.objects.create(
            worker=worker, area_id=worker.area_id, months=(first, after), source=source
        )


def nik(number, area=SENDEN):
    """A valid NIK of a man born on 1 January 1980, first registered in the district of `area`."""
    return f"{area[:8].replace('.', '')}010180{number + 1:04d}"
