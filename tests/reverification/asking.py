"""Programmes that ask villages to look at their recipients again, and villages that do."""

from datetime import date

from enrollment.proposals import candidates
from enrollment.reverification import actions
from enrollment.reverification.models import Reverification
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from villages import scope


def ask(programme, months=3, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        actions.ask(making.fresh(programme), months, by=office)


def verify(programme, on, by="kartika", document="BA 1", number=5):
    office = people.office(by)
    with scope.enter(office):
        return actions.confirm(
            making.fresh(programme), on=on, document=document, people=number, by=office
        )


def recorded(programme, on, area=people.SENDEN, by="kartika"):
    """A verification of any day, as if it had been said then."""
    with scope.whole_country("tests"):
        return Reverification.objects.create(
            programme=programme, area_id=area, on=on, said_on=on, document="BA", people=1,
            office=people.office(by), name="Kartika",
        )  # fmt: skip


def against(programme, worker, by="kartika"):
    """The codes against a person, for who looks at them."""
    with scope.enter(people.office(by)):
        rows = Worker.objects.filter(pk=worker.pk)
        verdict = candidates.examine(making.fresh(programme), rows)[worker.pk]
    return [found.code for found in verdict.against]


def member(number=1, area=people.SENDEN, until=date(2027, 1, 1)):
    """Somebody whose cover lasts until the day before `until`."""
    worker = people.worker(number, area)
    people.cover(worker, date(2026, 1, 1), until)
    return worker
