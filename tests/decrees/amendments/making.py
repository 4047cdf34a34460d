"""Helpers that make amendments of a decree and read the list in force."""

from datetime import date

from enrollment.decrees import actions, amending
from tests import people
from tests.decrees import drafts, signing
from villages import scope

WORDS = {
    "title": "Perubahan atas Lampiran Keputusan Bupati Trenggalek",
    "legal_basis": "Peraturan Bupati Trenggalek Nomor 12 Tahun 2024",
}


def amend(base, by="rini", **words):
    """A draft of an amendment of `base`."""
    office = people.office(by)
    with scope.enter(office):
        return actions.draft_amendment(by=office, base=base, **WORDS | words)


def amended(base, *, number="188.45/305/406.001.3/2026", day=date(2026, 6, 17)):
    """An amendment that went through all steps: frozen, sent, signed and issued."""
    made = signing.freeze(amend(base))
    signing.send(made)
    signing.receive(made, number=number, day=day)
    return drafts.issue(signing.fresh(made))


def in_force(decree, day):
    """The list of a day as (running number, NIK, name)."""
    with scope.whole_country("tests"):
        chain = amending.on(decree, day)
        numbers = amending.numbering(chain)
        rows = list(amending.in_force(chain))
        amending.correct(rows, chain)
        return [(numbers.number(row.decree_id, row.position), row.nik, row.name) for row in rows]


def correct(worker, **values):
    with scope.whole_country("tests"):
        for name, value in values.items():
            setattr(worker, name, value)
        worker.save()
