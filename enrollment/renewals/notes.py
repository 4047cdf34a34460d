"""The note for somebody whose subsidy ends: until when, and how, they go on paying themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from enrollment.coverage.rules import last_payable, month_after
from enrollment.formats import bulan, rupiah, tanggal
from enrollment.programmes import pricing
from enrollment.programmes.benefits import (
    BEGINNING,
    DEATH,
    DEATH_OF_A_BEGINNER,
    SCHOLARSHIP_AFTER,
)
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import stages
from enrollment.proposals.models import Entry, EntryQuerySet
from enrollment.renewals import paid
from enrollment.renewals.models import SelfPayText
from enrollment.workers.showing import residence
from villages.models import Office
from villages.permissions import PROPOSERS

PLACEHOLDERS = ("nama", "akhir", "batas", "iuran")
"""What a text may contain in braces: the name, the last month paid, the last day, the premium."""
NAMED = re.compile(r"\{(\w*)\}")
LOOK_AHEAD = 24
"""Months after the end of a wave in which others may already pay for somebody: they are told the
last of these."""
USUAL = f"""Yth. {{nama}},

Iuran BPJS Ketenagakerjaan Anda dibayar pemerintah sampai {{akhir}}. Sesudah itu perlindungan \
hanya berlanjut bila Anda membayar sendiri {{iuran}} sebulan.

Bayarlah paling lambat {{batas}}, bersama bulan yang belum dibayar. Caranya: datang ke kantor \
BPJS Ketenagakerjaan atau agen Perisai dengan KTP, atau bayar lewat kantor pos, bank, \
minimarket, atau aplikasi JMO.

Bila lewat tanggal itu, kepesertaan Anda berakhir dan mulai dari nol: yang berusia 65 tahun ke \
atas tidak dapat mendaftar lagi; dalam {BEGINNING} bulan pertama keluarga hanya menerima \
{rupiah(DEATH_OF_A_BEGINNER)}, bukan {rupiah(DEATH)}, bila Anda meninggal; dan hitungan \
{SCHOLARSHIP_AFTER} bulan untuk beasiswa anak dimulai lagi."""


@dataclass(frozen=True)
class Note:
    """The note of one person, as paragraphs, and where in the village they live, if known."""

    entry: Any
    paragraphs: list[str]
    residence: str


def text_of(regency: str) -> str:
    """The text of a regency, or the usual one."""
    kept = SelfPayText.objects.filter(pk=regency).first()
    return kept.text if kept else USUAL


def unknown_in(text: str) -> list[str]:
    """The words in braces that nothing is known for."""
    return [word for word in NAMED.findall(text) if word not in PLACEHOLDERS]


def written(text: str, **values: str) -> list[str]:
    """The paragraphs of a text with the values in it."""
    whole = NAMED.sub(lambda found: values.get(found[1], found[0]), text)
    return [part.strip() for part in re.split(r"\n\s*\n", whole.replace("\r\n", "\n")) if part]


def recipients(programme: PremiumSubsidy, office: Office) -> EntryQuerySet:
    """Everybody whom an issued decree of a wave names and who is still there; for a proposer those
    of its own list. Of who waits for a decree nothing is paid, and it may never be."""
    rows = Entry.objects.visible_to(office).filter(programme=programme, gone=False)
    rows = rows.in_stage(stages.DECREED)
    return rows.proposed_by(office) if office.role in PROPOSERS else rows


def of(programme: PremiumSubsidy, entries: Iterable[Any]) -> list[Note]:
    """The notes for these rows, which have their `person` (`departures.add_people`)."""
    rows, end = list(entries), programme.last_month
    known = paid.of_people([row.worker_id for row in rows], month_after(end, LOOK_AHEAD))
    text = text_of(programme.regency_id)
    lasts = [known[row.worker_id].last if row.worker_id in known else end for row in rows]
    days = {last: _days(programme, last) for last in set(lasts)}
    return [
        Note(row, written(text, nama=row.person.name, **days[last]), residence(row.person))
        for row, last in zip(rows, lasts, strict=True)
    ]


def _days(programme: PremiumSubsidy, last: date) -> dict[str, str]:
    return {
        "akhir": bulan(last),
        "batas": tanggal(last_payable(last)),
        "iuran": rupiah(pricing.before(programme, month_after(last))),
    }
