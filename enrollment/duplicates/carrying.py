"""What a person takes along to the village that claims them, and what undoing writes back."""

from __future__ import annotations

from enrollment.duplicates.models import DuplicateCase, Person
from enrollment.workers import checking
from enrollment.workers.models import Worker

ADDRESS = ("address", "hamlet", "rt", "rw")
"""As the claiming village wrote it, also where it wrote nothing: the old address is elsewhere."""
RENEW = "kk.renewal"


def before(worker: Worker) -> Person:
    """The person as registered now."""
    return {
        "kk": worker.kk,
        "address": worker.address,
        "hamlet": worker.hamlet,
        "rt": worker.rt,
        "rw": worker.rw,
        "findings": list(worker.findings),
        "agency": worker.agency_id,
        "ended_on": worker.ended_on.isoformat() if worker.ended_on else None,
        "ended_reason": worker.ended_reason,
        "ended_document": worker.ended_document,
    }


def after(case: DuplicateCase, worker: Worker) -> Person:
    """The person once moved, with today's findings: address and family card as the claiming
    village wrote them. A card is of an address, so it has to be renewed; a village that wrote no
    number leaves the old one to be compared with."""
    claimed = {name: str(case.claimed_values.get(name) or "") for name in ("kk", *ADDRESS)}
    carried = claimed | {"kk": claimed["kk"] or worker.kk}
    return {
        "kk": carried["kk"],
        "address": carried["address"],
        "hamlet": carried["hamlet"],
        "rt": carried["rt"],
        "rw": carried["rw"],
        "findings": _findings(worker, carried, moves=case.claimed_by_id != worker.area_id),
        "agency": case.claimed_agency_id,
        "ended_on": None,
        "ended_reason": "",
        "ended_document": "",
    }


def _findings(worker: Worker, carried: dict[str, str], *, moves: bool) -> list[str]:
    there = Worker.objects.get(pk=worker.pk)
    for name, value in carried.items():
        setattr(there, name, value)
    twin = "duplicate.similar" in worker.findings
    codes = checking.codes_now(there, checking.basis(), has_twin=twin)
    return [*codes, *([RENEW] if moves and RENEW not in codes else [])]
