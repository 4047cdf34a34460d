"""People of one name and birth date under two NIKs: shown to who enters them, and told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models.functions import Upper

from enrollment.workers.models import ToldApart, Worker
from enrollment.workers.writing import write
from villages.models import Office

SIMILAR = "duplicate.similar"
MOST_SHOWN = 10


def of(
    *, nik: str, name: str, birth_date: date | None, person: Worker | None = None
) -> list[Worker]:
    """Those whom the current scope may see, the first few, for a page that names them."""
    similar = Worker.objects.similar_to(nik=nik, name=name, birth_date=birth_date, person=person)
    return list(similar.select_related("area")[:MOST_SHOWN])


def tell_apart(person: Worker, others: Sequence[Worker], *, by: Office) -> None:
    """Remember that `person` is none of `others`, so that nobody is asked again. Whoever has no
    other twin loses the finding."""
    pairs = [sorted([person.pk, other.pk]) for other in others]
    ToldApart.objects.bulk_create(
        [ToldApart(first_id=first, second_id=second, office=by) for first, second in pairs],
        ignore_conflicts=True,
    )
    settled = [other for other in others if SIMILAR in other.findings and not _has_twin(other)]
    for other in settled:
        other.findings = [code for code in other.findings if code != SIMILAR]
    if settled:
        write(settled, ["findings"])


def _has_twin(person: Worker) -> bool:
    return Worker.objects.similar_to(
        nik=person.nik, name=person.name, birth_date=person.birth_date, person=person
    ).exists()


def told_apart(people: Iterable[int]) -> dict[int, int]:
    """Id → from how many others of the same name and birth date the person has been told apart."""
    counts: dict[int, int] = {}
    alike = ToldApart.objects.of(people).annotate(
        first_name=Upper("first__name"), second_name=Upper("second__name")
    )
    pairs = alike.filter(first__ended_on=None, second__ended_on=None).values_list(
        "first", "second", "first_name", "second_name", "first__birth_date", "second__birth_date"
    )
    for first, second, name, other, born, also in pairs:
        if (name, born) == (other, also):
            for pk in (first, second):
                counts[pk] = counts.get(pk, 0) + 1
    return counts
