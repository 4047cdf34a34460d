"""Which village a name in a list means, where somebody has said it: the answers, their memory."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from enrollment.imports.models import VillageMemory
from enrollment.imports.shapes import Villages
from enrollment.workers.checks.values import tidy
from villages import areas
from villages.models import Area, Office
from villages.refusals import Refusal

MOST_REMEMBERED, LONGEST = 300, 210
ELSEWHERE = "Pilihan itu di luar wilayah daftar ini. Muat ulang halamannya, lalu pilih lagi."


def written(village: object, district: object = "") -> str:
    """The same text for the same name, however its letters and blanks are typed; with the district
    that stands beside it, since two districts may have villages of one name."""
    name, beside = (
        tidy(text, 100).removesuffix(".0").casefold() if text else ""
        for text in (village, district)
    )
    return (f"{name}, {beside}" if beside else name)[:LONGEST]


def checked(area: str, answers: Mapping[str, str]) -> None:
    """Refuses an answer that is no village of the list's area; an empty one takes it back."""
    codes = set(answers.values()) - {""}
    known = Area.objects.within(area).villages().filter(current=True, pk__in=codes)
    if known.count() != len(codes):
        raise Refusal(ELSEWHERE)


def changed(before: Villages, answers: Mapping[str, str]) -> Villages:
    """Those of the answers that say something else than before."""
    return {name: code for name, code in answers.items() if before.get(name, "") != code}


def with_answers(before: Villages, answers: Mapping[str, str]) -> Villages:
    return {name: code for name, code in {**before, **answers}.items() if code}


def remembered(office: Office, area: str) -> Villages:
    """What `office` said last of names, as far as it means villages of the area."""
    memories = VillageMemory.objects.filter(office=office).values_list("name", "village_id")
    return {name: code for name, code in memories[:MOST_REMEMBERED] if areas.lies_in(code, area)}


def remember(office: Office, answers: Mapping[str, str]) -> None:
    """Store these answers for the office's next lists, or forget those that were taken back.

    Of rows without any name nothing is remembered: in another list they live elsewhere.
    """
    named = {name: code for name, code in answers.items() if name[:1] not in ("", ",")}
    taken_back = [name for name, code in named.items() if not code]
    VillageMemory.objects.filter(office=office, name__in=taken_back).delete()
    now = timezone.now()
    VillageMemory.objects.bulk_create(
        [
            VillageMemory(
                office=office, area_id=office.area_id, name=name, village_id=code,
                remembered_at=now,
            )
            for name, code in named.items() if code
        ],
        update_conflicts=True,
        unique_fields=["office", "name"],
        update_fields=["village", "remembered_at"],
    )  # fmt: skip
