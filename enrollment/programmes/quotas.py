"""The places of each village: made when a programme opens, held from submission on.

Places are counted in a village's `Quota` alone, so a village without one gets it with its first
list, and one that counts places cannot be deleted.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, Sum

from enrollment.formats import angka
from enrollment.numbers import is_leap
from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.programmes.rules import people_reached
from enrollment.workers.models import PeopleCount, WorkerSource
from villages import access
from villages.models import Area, Office
from villages.refusals import Refusal, translating

MOST_REGISTRIES = 20
"""To choose from; a regency has two or three."""
MOST_PEOPLE = 9_999_999
"""Of a village: more than any has."""
TOO_SMALL = {
    "quota_not_exceeded": "Kuota tidak boleh di bawah jumlah orang yang sudah diusulkan dari sana. "
    "Kembalikan sebagian usulannya lebih dahulu."
}


Plan = Mapping[str, int | None]
"""Code of a village → its new quota; None is no limit."""


@dataclass(frozen=True)
class Outlook:
    """What new quotas for many villages would change."""

    plan: Plan
    changing: list[Quota]
    steps: list[tuple[str, int]]
    """Pairs: a quota of today in words, and how many villages have it."""
    too_small: list[Quota]
    """Those that hold more places than the new quota gives."""
    leaps: int
    """How many change by more than tenfold."""

    @property
    def mark(self) -> str:
        """Differs as soon as one of these quotas differs."""
        lines = sorted(
            f"{quota.area_id} {quota.people} {self.plan[quota.area_id]}" for quota in self.changing
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def spread(programme: PremiumSubsidy, before: int | None = None) -> None:
    """Give every village of the regency the programme's quota; None is no limit.

    Villages for which an administrator has set another quota keep it: only rows that still have
    the quota `before` are changed.
    """
    with translating(TOO_SMALL), transaction.atomic():
        rows = Quota.objects.filter(programme=programme)
        unchanged = (
            rows.filter(people__isnull=True) if before is None else rows.filter(people=before)
        )
        unchanged.update(people=programme.village_quota)
        villages = Area.objects.within(programme.regency_id).villages().filter(current=True)
        Quota.objects.bulk_create(
            [
                Quota(programme=programme, area_id=code, people=programme.village_quota)
                for code in villages.values_list("pk", flat=True)
            ],
            ignore_conflicts=True,
        )


def change(quota: Quota, *, people: int | None, by: Office) -> None:
    """Set the quota of one village, which may differ from that of the programme."""
    access.permit(by, "programme.make")
    with translating(TOO_SMALL), transaction.atomic():
        Quota.objects.filter(pk=quota.pk).update(people=people)


def outlook(rows: Iterable[Quota], plan: Plan) -> Outlook:
    """What the plan, which names all these villages, would do."""
    pairs = [(quota, plan[quota.area_id]) for quota in rows]
    pairs = [(quota, people) for quota, people in pairs if quota.people != people]
    return Outlook(
        plan=plan,
        changing=[quota for quota, _ in pairs],
        steps=_steps(Counter(quota.people for quota, _ in pairs)),
        too_small=[quota for quota, people in pairs if people is not None and people < quota.used],
        leaps=sum(is_leap(quota.people, people) for quota, people in pairs),
    )


def beyond_the_money(programme: PremiumSubsidy, plan: Plan) -> tuple[int, int] | None:
    """(places, people the ceiling pays for) if the villages with the quotas of the plan, and the
    others as they are, had more places than there is money for; else None."""
    rows = Quota.objects.filter(programme=programme).exclude(area__in=list(plan))
    others = rows.aggregate(people=Sum("people", default=0))["people"]
    return _beyond(programme, others + sum(people or 0 for people in plan.values()))


def _beyond(programme: PremiumSubsidy, places: int) -> tuple[int, int] | None:
    reached = people_reached(programme.ceiling, programme.cost_a_person)
    return (places, reached) if places > reached else None


def places_of(programmes: Iterable[PremiumSubsidy]) -> dict[PremiumSubsidy, int]:
    """The places in all villages of each programme together."""
    programmes = list(programmes)
    rows = Quota.objects.filter(programme__in=programmes).order_by().values_list("programme")
    places = dict(rows.annotate(places=Sum("people", default=0)))
    return {programme: places.get(programme.pk, 0) for programme in programmes}


def doubts_about_money(before: Mapping[PremiumSubsidy, int]) -> list[str]:
    """A sentence for each programme that had the places `before`, has more now, and has more than
    there is money for."""
    return [
        f"{programme}: {in_words_beyond(*beyond)}."
        for programme, places in places_of(before).items()
        if places > before[programme] and (beyond := _beyond(programme, places))
    ]


def in_words_beyond(places: int, reached: int) -> str:
    return (
        f"sesudahnya ada {angka(places)} tempat, sedangkan pagunya cukup untuk {angka(reached)} "
        "orang"
    )


def _steps(counted: Counter[int | None]) -> list[tuple[str, int]]:
    in_order = sorted(counted.items(), key=lambda step: -1 if step[0] is None else step[0])
    return [(in_words(people), villages) for people, villages in in_order]


def in_words(people: int | None) -> str:
    """`1.000 orang`, or `tanpa batas`."""
    return "tanpa batas" if people is None else f"{angka(people)} orang"


def change_all(programme: PremiumSubsidy, plan: Plan, *, seen: str, by: Office) -> int:
    """Set the quotas of these villages, all of them or none; returns how many changed.

    `seen` is the mark of the Outlook that was shown. Refusal if it is another one by now.
    """
    access.permit(by, "programme.make")
    with translating(TOO_SMALL), transaction.atomic():
        held = lock(programme, set(plan))
        now = outlook(held.values(), plan)
        if now.mark != seen:
            raise Refusal("Kuotanya baru saja diubah orang lain. Lihat pratinjaunya sekali lagi.")
        return _set(now)


def _set(outlook: Outlook) -> int:
    ids = [quota.pk for quota in outlook.changing]
    people = [outlook.plan[quota.area_id] for quota in outlook.changing]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE enrollment_quota quota SET people = planned.people
            FROM unnest(%s::bigint[], %s::int[]) AS planned (id, people)
            WHERE quota.id = planned.id
            """,
            [ids, people],
        )
        return len(ids)


def people_of(areas: Iterable[str], registry: str = "") -> dict[str, int]:
    """Code of a village → its registered people: all of them, or those whom a registry names."""
    codes = list(areas)
    if registry:
        named = WorkerSource.objects.filter(registry=registry, worker__ended_on=None)
        rows = named.filter(area__in=codes).order_by().values_list("area")
        counted = dict(rows.annotate(n=Count("worker", distinct=True)))
    else:
        kept = PeopleCount.objects.active().filter(area__in=codes)
        counted = dict(kept.order_by().values_list("area").annotate(n=Sum("people")))
    return {code: counted.get(code, 0) for code in codes}


def registries_in(area: str) -> list[str]:
    """The registries that name somebody there, those with most people first."""
    rows = WorkerSource.objects.filter(area_id__gte=area, area_id__lt=f"{area}/").order_by()
    names = rows.values_list("registry").annotate(n=Count("pk")).order_by("-n", "registry")
    return [name for name, _ in names[:MOST_REGISTRIES]]


def lock(programme: PremiumSubsidy, areas: Iterable[str] | None = None) -> dict[str, Quota]:
    """Hold the quotas of these villages, or of all, until the transaction ends: code → Quota.

    Rows are taken in the order of their codes, and before the programme's own row, so that two
    transactions that share villages cannot deadlock.
    """
    rows = Quota.objects.filter(programme=programme).order_by("area_id").select_for_update()
    if areas is None:
        return {quota.area_id: quota for quota in rows}
    wanted = set(areas)
    rows = rows.filter(area_id__in=wanted)
    held = {quota.area_id: quota for quota in rows.all()}
    if missing := wanted - held.keys():
        _add_missing(programme, missing)
        held = {quota.area_id: quota for quota in rows.all()}
    return held


def free_in(programme: PremiumSubsidy, areas: Iterable[str]) -> dict[str, int | None]:
    """Village → places that nobody holds, None without a limit; of a village that came after the
    programme opened, those that it will be given."""
    wanted = set(areas)
    rows = Quota.objects.filter(programme=programme, area__in=wanted)
    usual: dict[str, int | None] = dict.fromkeys(wanted, programme.village_quota)
    return usual | {quota.area_id: quota.left for quota in rows}


def _add_missing(programme: PremiumSubsidy, areas: set[str]) -> None:
    """Give these villages, which came after the programme opened, its quota."""
    people = PremiumSubsidy.objects.values_list("village_quota", flat=True).get(pk=programme.pk)
    Quota.objects.bulk_create(
        [Quota(programme=programme, area_id=area, people=people) for area in sorted(areas)],
        ignore_conflicts=True,
    )


def take(programme: PremiumSubsidy, areas: Iterable[str], *, queued: Iterable[str] = ()) -> None:
    """Count a place as held for each code in `areas`, and a waiting number for each in `queued`.

    The rows are locked by the caller; the database refuses to go beyond the quota.
    """
    _add(programme, Counter(areas), Counter(queued))


def give_back(programme: PremiumSubsidy, places: Mapping[str, int]) -> None:
    """Reduce the places held in each village (code → places)."""
    lock(programme, places)
    _add(programme, Counter({area: -count for area, count in places.items()}), Counter())


def admit(programme: PremiumSubsidy, places: Mapping[str, int]) -> None:
    """Take places (village → how many) for people from the waiting list: all of them or none."""
    held = lock(programme, places)
    for area, count in places.items():
        free = held[area].left
        if free is not None and free < count:
            raise Refusal(
                f"Kuota {held[area].area} hanya menyisakan {angka(free)} tempat, sedangkan yang "
                f"dipilih {angka(count)} orang. Kurangi pilihan, atau minta admin menambah "
                "kuotanya."
            )
    _add(programme, Counter(places), Counter())


def _add(programme: PremiumSubsidy, used: Counter[str], queued: Counter[str]) -> None:
    areas = sorted(used.keys() | queued.keys())
    if not areas:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE enrollment_quota quota
            SET used = quota.used + more.used, queued = quota.queued + more.queued
            FROM unnest(%s::text[], %s::int[], %s::int[]) AS more (area_id, used, queued)
            WHERE quota.programme_id = %s AND quota.area_id = more.area_id
            """,
            [areas, [used[a] for a in areas], [queued[a] for a in areas], programme.pk],
        )
