"""The waiting list of each village in the order of turns: `turns.key` for the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Case, Exists, F, Func, Min, OuterRef, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from enrollment.among import Among
from enrollment.coverage.rules import Kind
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.turns import Turn
from enrollment.proposals.turns import BEGINNING, NO_BIRTH_DATE, NO_DECILE, Waiter, reason
from enrollment.proposals.verbs import State
from enrollment.workers.models import Worker, WorkerSource

NUMBER = models.IntegerField()


@cache
def _sources() -> Any:
    return WorkerSource.objects.filter(worker=OuterRef("worker_id")).order_by()


@cache
def _decile() -> Any:
    lowest = _sources().values("worker").annotate(lowest=Min("decile")).values("lowest")
    return Subquery(lowest, output_field=NUMBER)


@cache
def _born() -> Any:
    """Looked up, not joined: people who moved out of sight stay on the list."""
    return Subquery(Worker.objects.filter(pk=OuterRef("worker_id")).values("birth_date"))


@cache
def _value(criterion: str) -> Any:
    days = Func(_born(), Value(BEGINNING), arg_joiner=" - ", template="(%(expressions)s)",
                output_field=NUMBER)  # fmt: skip
    match criterion:
        case Turn.POOREST:
            return Coalesce(_decile(), NO_DECILE)
        case Turn.LISTED:
            return Case(When(Exists(_sources()), then=0), default=1, output_field=NUMBER)
        case Turn.CONTINUING:
            return Case(When(kind=Kind.CONTINUING.value, then=0), default=1, output_field=NUMBER)
        case Turn.OLDEST:
            return Coalesce(days, NO_BIRTH_DATE)
        case Turn.YOUNGEST:
            return Coalesce(Value(0) - days, NO_BIRTH_DATE)
        case _:
            raise ValueError(f"Nobody knows how to rank by {criterion}.")


class Key(Func):
    """An array of whole numbers; arrays are compared as tuples are."""

    template = "ARRAY[%(expressions)s]::int[]"
    output_field = ArrayField(NUMBER)


def turn(order: Sequence[str]) -> Key:
    """The key of a waiting row in this order."""
    return Key(*(_value(criterion) for criterion in order), F("rank"))


def turn_in(orders: Mapping[UUID, Sequence[str]]) -> Case:
    """The key of rows of several programmes: id → its order."""
    ranked = [When(programme=pk, then=turn(order)) for pk, order in orders.items() if order]
    return Case(*ranked, default=turn(()))


def place(order: Sequence[str]) -> Window:
    """The place of a waiting row in the line of its village, from 1."""
    return Window(RowNumber(), partition_by="area_id", order_by=[turn(order), F("pk")])


def people_in_line(programme: PremiumSubsidy, areas: Iterable[str]) -> dict[str, int]:
    """Village → how many people wait there for a place, whoever proposed them. A village in which
    nobody waits is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_in_line(%s, %s)", [programme.pk, sorted(set(areas))])
        return dict(cursor.fetchall())


def add_turns(programme: PremiumSubsidy, entries: Iterable[Any]) -> None:
    """Give each row that waits in a chosen order its `place` in its village and the `why` of it.

    Two columns are read of everybody who waits in the villages of these rows. In the order of
    arrival a row's number says both.
    """
    order = programme.waiting_order
    waiting = [entry for entry in entries if order and entry.state == State.WAITING]
    if not waiting:
        return
    rows = type(waiting[0]).objects.filter(programme=programme)
    near = rows.filter(area__in={entry.area_id for entry in waiting})
    places = dict(near.in_line().order_by().values_list("pk", place(order)))
    for entry in waiting:
        entry.place = places.get(entry.pk)
    add_reasons({programme.pk: order}, waiting)


def add_reasons(orders: Mapping[UUID, Sequence[str]], waiting: Sequence[Any]) -> None:
    """Give each waiting row of a programme with a chosen order the `why` of its turn."""
    chosen = [entry for entry in waiting if orders[entry.programme_id]]
    if not chosen:
        return
    rows = type(chosen[0]).objects.filter(Among("pk", [entry.pk for entry in chosen]))
    waiters = waiters_of(rows)
    for entry in chosen:
        entry.why = reason(orders[entry.programme_id], waiters[entry.pk])


def waiters_of(rows: models.QuerySet[Any]) -> dict[int, Waiter]:
    """Of each waiting row, what an order may depend on."""
    named = Subquery(_sources().order_by("registry").values("registry")[:1])
    found = rows.order_by().values_list(
        "pk", "rank", "changed_at", _decile(), Coalesce(named, Value("")), "kind", _born()
    )
    return {
        pk: Waiter(
            number=number, since=timezone.localdate(since), decile=decile, registry=registry,
            kind=kind, birth_date=born,
        )
        for pk, number, since, decile, registry, kind, born in found
    }  # fmt: skip
