"""Moving a decree from state to state: each move is a row that says who, when and why."""

from __future__ import annotations

from django.db import transaction

from enrollment.decrees.by_villages import money
from enrollment.decrees.models import Decree, DecreeStep
from enrollment.decrees.states import MOVES, State
from enrollment.schedules.actions import FROZEN
from villages.models import Office
from villages.refusals import Refusal, translating

MOVED_MEANWHILE = "Keputusan ini baru saja dipindahkan orang lain. Muat ulang halamannya."
NO_SIGNATORY = "Pilih siapa yang menandatanganinya."
NO_REASON = "Tulis alasannya dahulu."
DIFFERS = (
    "Berkas yang kembali berbeda dari yang dikirim, atau belum bertanda tangan. Ganti berkasnya, "
    "atau tulis alasannya dahulu."
)
NOT_IN_ORDER = (
    "Tanggal perubahan lebih awal daripada keputusan yang diubahnya, atau daripada perubahan "
    "sebelumnya. Periksa tanggalnya."
)
SENTENCES = {
    "amendment_in_order": NOT_IN_ORDER,
    "decree_step_is_next": MOVED_MEANWHILE,
    "decree_moves_by_step": MOVED_MEANWHILE,
    "decree_differs_with_reason": DIFFERS,
    "village_budget_holds": money.OVER_MEANWHILE,
    "decree_of_village_has_signatory": NO_SIGNATORY,
    **FROZEN,
}
MOST_REASON = 1000


def move(decree: Decree, to: State, *, by: Office, reason: str = "") -> None:
    """Move a decree that the caller holds, and save it with what else the caller has changed.

    Refusal where the move does not exist or needs a reason that is not given.
    """
    known = MOVES.get((decree.state, to))
    if known is None:
        raise Refusal(MOVED_MEANWHILE)
    reason = reason.replace("\0", "").strip()[:MOST_REASON]
    if known.needs_reason and not reason:
        raise Refusal(NO_REASON)
    with translating(SENTENCES), transaction.atomic():
        DecreeStep.objects.create(
            decree=decree, regency_id=decree.regency_id, from_state=decree.state, to_state=to,
            reason=reason, office=by, name=str(by.user),
        )  # fmt: skip
        decree.state = to
        decree.save()
