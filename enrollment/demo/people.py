"""Invented people with well-formed NIKs; always the same people within one calendar year."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from enrollment.fields.person import KEPT
from enrollment.models import Occupation, Worker, WorkerSource
from enrollment.workers.checks.rules import check_person
from enrollment.workers.checks.values import occupation_index
from villages.models import Agency, Area

_HAMLETS = ("Krajan", "Kidul", "Lor", "Wetan", "Kulon", "Tengah")
_LEFT_OUT = ("mother_name", "rt", "address", "occupation")
_WORK = ("Setiap hari kecuali hari pasar", "Pagi sampai siang", "Musiman, sekarang sedang musim")
_SERIALS = (9100, 9998)
INCOMPLETE = 0.08
"""Share of people with a missing value, similar to real lists from villages."""


def handful(demo, dice):
    """Village code → how many people to invent there."""
    places = list(Area.objects.within(demo.code).villages().values_list("pk", flat=True))
    scattered = {code: dice.randint(4, 7) for code in places[:: demo.scattered]}
    return scattered | demo.kept


class Crowd:
    """Invents the people of one regency; `today` fixes their ages."""

    def __init__(self, demo, today):
        self.demo, self.today = demo, today
        self.dice = Random(demo.code)  # noqa: S311 the same people every time
        self.agencies = list(Agency.objects.within(demo.code).order_by("pk"))
        self.niks = set()
        self.districts = {
            code.replace(".", "") for code in Area.objects.districts().values_list("pk", flat=True)
        }
        self.occupations = occupation_index(
            Occupation.objects.values_list("key", "name", "aliases", "registry_code")
        )

    def invent(self):
        """Save the people and the registries that name them."""
        people = [
            self._person(village, number)
            for village, count in sorted(handful(self.demo, self.dice).items())
            for number in range(count)
        ]
        Worker.objects.bulk_create(people)
        WorkerSource.objects.bulk_create(
            source for person in people for source in self._sources(person)
        )

    def raw(self, village, number):
        """A person's cells as in an uploaded list, all filled in; `number` makes the KK unique."""
        sex = self.dice.choice("LLP")
        born = self._birth_date()
        district = village[:8].replace(".", "")
        return {
            "nik": self._nik(village, born, sex),
            "kk": f"{district}{self.dice.randint(1, 28):02d}0115{9000 + number:04d}",
            "name": self.demo.people_names.of(sex, self.dice),
            "birth_place": self.demo.decree_city,
            "birth_date": born,
            "sex": sex,
            "address": f"Dusun {self.dice.choice(_HAMLETS)}",
            "rt": f"{self.dice.randint(1, 9):03d}",
            "rw": f"{self.dice.randint(1, 4):03d}",
            "occupation": self.dice.choice(self.demo.occupations),
            "mother_name": self.demo.people_names.of("P", self.dice),
        }

    def _person(self, village, number):
        raw = self.raw(village, number)
        if self.dice.random() < INCOMPLETE:
            raw[self.dice.choice(_LEFT_OUT)] = ""
        checked = check_person(
            raw, today=self.today, districts=self.districts, occupations=self.occupations
        )
        leads = checked.occupation == "neighbourhood_head"
        if leads:
            checked.position = f"Ketua RT {checked.rt}"
            checked.term_start = date(self.today.year - 1, 1, 1)
            checked.term_end = date(self.today.year + 1 + number % 3, 6, 30)
        entered = self._entered(number)
        if number % 4:
            self._state(checked, number, entered.date())
        return Worker(
            **{field.column: getattr(checked, field.column) for field in KEPT},
            area_id=village,
            agency=self._agency(village, checked.occupation),
            occupation_id=checked.occupation,
            consent_on=entered.date(),
            findings=checked.codes,
            created_at=entered,
            updated_at=entered,
        )

    @staticmethod
    def _state(checked, number, day):
        """The operator's statement that somebody still works: most people have one."""
        checked.workplace = f"Sekitar RT {checked.rt}" if checked.rt else "Berkeliling"
        checked.work = _WORK[number % len(_WORK)]
        checked.work_said_by, checked.work_said_on = "Kepala dusun", day

    def _entered(self, number):
        """When the village registered somebody: on a day of the ten months before."""
        day = self.today - timedelta(days=self.dice.randint(20, 300))
        at = time(8 + number % 7, number * 7 % 60)
        return timezone.make_aware(datetime.combine(day, at))

    def _agency(self, village, occupation):
        number = self.demo.brought_in.get(occupation)
        return None if number is None or village in self.demo.kept else self.agencies[number]

    def _birth_date(self):
        age = self.dice.choice((*range(22, 63), 66))
        return date(self.today.year - age, 1, 1) + timedelta(days=self.dice.randint(0, 364))

    def _nik(self, village, born, sex):
        day = born.day + (40 if sex == "P" else 0)
        while True:
            serial = self.dice.randint(*_SERIALS)
            nik = f"{village[:8].replace('.', '')}{day:02d}{born:%m%y}{serial}"
            if nik not in self.niks:
                self.niks.add(nik)
                return nik

    def _sources(self, worker):
        place = {"worker": worker, "area_id": worker.area_id}
        decile = self.dice.randint(1, 5)
        period = f"{self.today.year}-T{(self.today.month + 2) // 3}"
        yield WorkerSource(**place, registry="DTSEN", period=period, decile=decile)
        if self.demo.slug == "bojonegoro":
            yield WorkerSource(**place, registry="Damisda", period=f"{self.today.year - 1}-I")
            if self.dice.random() < 0.3:
                yield WorkerSource(**place, registry="P3KE", period=str(self.today.year - 2))
