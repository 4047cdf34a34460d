"""What a regency's administrator does with a programme: set up, change, open, close."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from enrollment.formats import rupiah
from enrollment.programmes import grounds, pricing, quotas
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.rules import check_months
from enrollment.workers.models import Occupation
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

State = PremiumSubsidy.State
APPROVED = (
    "Sudah ada orang yang disetujui dengan iuran yang sekarang, jadi dana, segmen, "
    "program jaminan, dasar upah, dan bulannya tidak dapat diubah. Buat program baru."
)
SENTENCES = {
    "subsidy_name_once_a_year": "Sudah ada program dengan nama ini di tahun itu. Beri nama lain.",
    "subsidy_within_ceiling": "Pagu tidak boleh di bawah yang sudah terpakai.",
    "continuation_follows": "Program ini melanjutkan program lain atau dilanjutkan, dan bulannya "
    "tidak boleh bertindihan dengan yang itu. Lepaskan tautan perpanjangannya dahulu.",
    "months_of_approved_stay": APPROVED,
    "who_decides_pays": "Penerima program ini ditetapkan wilayah yang membayarnya dari anggarannya "
    "sendiri, jadi sumber dananya tetap. Ubah dahulu siapa yang menetapkan menjadi kabupaten.",
    "subsidy_ages_in_order": "Batas usia paling tua harus di atas usia paling muda.",
}
PRICE = ["segment", "components", "wage", "fund_id", "first_month", "months", "year"]
"""The fields that set the cost of a person: fixed once somebody is approved."""
KEPT = [
    *PRICE, "name", "wave_name", "source", "category", "prices", "ceiling", "village_quota",
    "waiting_order", "minimum_age", "maximum_age", "required_registry", "family_limit",
    "consent_required",
]  # fmt: skip
"""The fields an edit writes. Never `committed`: approvals change it while the form is open."""


def price(programme: PremiumSubsidy) -> None:
    """Fix the price of each month by today's tariffs. Raises ProgrammeError."""
    check_months(programme.first_month, programme.months, year=programme.year)
    programme.prices = pricing.price_list(programme).as_json()


def create(programme: PremiumSubsidy, *, occupations: Iterable[Occupation], by: Office) -> None:
    """Save a new programme of the administrator's regency; villages cannot propose yet."""
    # Every office lies in a regency.
    programme.regency_id = by.area.regency_code  # type: ignore[assignment]
    price(programme)
    with translating(SENTENCES), transaction.atomic():
        programme.save(force_insert=True)
        programme.occupations.set(occupations)


def add_wave(
    wave: PremiumSubsidy, *, to: PremiumSubsidy, occupations: Iterable[Occupation], by: Office
) -> None:
    """Save a new wave of the programme to which `to` belongs, on the same ground and with the same
    payer as the latest one; it opens on its own."""
    access.permit(by, "programme.make")
    with translating(SENTENCES), transaction.atomic():
        first = PremiumSubsidy.objects.select_for_update(no_key=True).get(pk=to.first_id or to.pk)
        if not first.wave_name:
            first.wave_name = usual_name(1)
            first.save(update_fields=["wave_name"])
        wave.first, wave.regency_id = first, first.regency_id
        wave.name, wave.year = first.name, first.year
        earlier = PremiumSubsidy.objects.waves_of(first).reverse()[0]
        wave.wave = following_wave(first)
        wave.wave_name = wave.wave_name or usual_name(wave.wave)
        price(wave)
        wave.save(force_insert=True)
        wave.occupations.set(occupations)
        grounds.copy(earlier, wave)


def following_wave(programme: PremiumSubsidy) -> int:
    """The number of the next wave of its programme."""
    last = PremiumSubsidy.objects.waves_of(programme).aggregate(last=Max("wave"))["last"]
    return 1 + int(last or 0)


def usual_name(wave: int) -> str:
    return f"Tahap {wave}"


def change(programme: PremiumSubsidy, *, occupations: Iterable[Occupation], by: Office) -> None:
    """Save an edited programme. Refusal where it would contradict what is already approved."""
    access.permit(by, "programme.make")
    price(programme)
    with translating(SENTENCES), transaction.atomic():
        quotas.lock(programme)
        before = PremiumSubsidy.objects.select_for_update(no_key=True).get(pk=programme.pk)
        _respect_approvals(before, programme)
        if _has_approved(before):  # approved at this price, whatever the tariff says by now
            programme.prices = before.prices
        programme.save(update_fields=KEPT)
        programme.occupations.set(occupations)
        if before.state != State.DRAFT and before.village_quota != programme.village_quota:
            quotas.spread(programme, before.village_quota)


def _respect_approvals(before: PremiumSubsidy, programme: PremiumSubsidy) -> None:
    if programme.year != before.year and programme.wave_name:
        raise Refusal("Tahun program yang bertahap tidak dapat diubah. Buat program baru.")
    if programme.ceiling < before.committed:
        raise Refusal(
            f"Pagu tidak boleh di bawah {rupiah(before.committed)}, yang sudah terpakai "
            "untuk orang yang disetujui. Isi pagu yang lebih besar, atau kembalikan sebagian "
            "usulan lebih dahulu."
        )
    changed = any(getattr(before, name) != getattr(programme, name) for name in PRICE)
    if changed and _has_approved(before):
        raise Refusal(APPROVED)


def _has_approved(programme: PremiumSubsidy) -> bool:
    """Whether anybody is approved in it, or money is reserved. Whoever is approved may cost
    nothing, where a discount is whole. People are reached by a related name, since their model is
    in a later room."""
    return programme.committed > 0 or programme.entries.filter(state="approved").exists()


def open_for_lists(programme: PremiumSubsidy, *, by: Office) -> None:
    """Let villages propose: from now on each has its quota."""
    access.permit(by, "programme.make")
    with transaction.atomic():
        quotas.lock(programme)
        if _switch(programme, to=State.OPEN):
            quotas.spread(programme, programme.village_quota)


def close(programme: PremiumSubsidy, *, by: Office) -> None:
    """Stop new proposals; lists already handed in are processed further."""
    access.permit(by, "programme.make")
    _switch(programme, to=State.CLOSED)


def _switch(programme: PremiumSubsidy, *, to: str) -> bool:
    """Set the state. Returns whether it changed: after a second click it did not."""
    return PremiumSubsidy.objects.filter(pk=programme.pk).exclude(state=to).update(state=to) > 0
