"""What changes decrees of the demo: an amendment with all three lists, and a revocation."""

from datetime import timedelta
from io import BytesIO

import pikepdf
from django.core.files.base import ContentFile

from enrollment.decrees import actions, issuing
from enrollment.decrees.amendments.words import cited, first_words
from enrollment.decrees.models import Decree
from enrollment.decrees.revoking import actions as revoking
from enrollment.decrees.revoking import working
from enrollment.demo import decrees
from enrollment.leavings import actions as leavings
from enrollment.leavings.models import Leaving
from enrollment.models import Entry
from villages import scope
from villages.models import Office, Role

LEFT = (("moved", "Pindah ikut suami ke Tulungagung."), ("withdrew", "Sudah ditanggung pabrik."))
"""Why people have left a list, and in which words."""


def amend(programme, number):
    """Two weeks after its decree: two people have left, two are corrected, and who was approved too
    late comes in."""
    base, by = _issued(programme), _office(programme, Role.REGENCY_ADMIN)
    named = Entry.objects.filter(decree_rows__decree=base).order_by("-area", "pk")
    people = list(named.select_related("programme", "worker")[:4])
    for entry, (reason, words) in zip(people[:2], LEFT, strict=True):
        _leave(entry, base, reason=reason, words=words)
    for entry, values in zip(people[2:], ({"rt": "004"}, {"birth_place": "Ponorogo"}), strict=True):
        for name, value in values.items():
            setattr(entry.worker, name, value)
        entry.worker.save(update_fields=list(values))
    with scope.enter(by):
        draft = actions.draft_amendment(
            by=by, base=base, number=number, date=base.date + timedelta(days=14),
            **first_words(base),
        )  # fmt: skip
        job = actions.issue(draft, by=by)
    issuing.advance(job.pk)
    decrees.print_annexes(draft.pk, programme)


def _leave(entry, base, **why):
    """The Dinas has been told, and another person there decides."""
    teller = _office(entry.programme, Role.VERIFIER)
    approver = _office(entry.programme, Role.APPROVER)
    leaving = Leaving(on=base.date + timedelta(days=6), **why)
    with scope.enter(teller):
        leavings.prepare(entry, by=teller, leaving=leaving)
        leavings.file(leaving, by=teller)
    with scope.enter(approver):
        leavings.approve(leaving, by=approver)


def revoke(programme, number):
    """Ten days after its decree another one revokes it."""
    base, by = _issued(programme), _office(programme, Role.REGENCY_ADMIN)
    with scope.enter(by):
        job = revoking.revoke(
            base, by=by, number=number, day=base.date + timedelta(days=10),
            reason="Iurannya sudah dianggarkan provinsi, sehingga penerimanya terbayar dua kali.",
            file=ContentFile(_letter(base, number), "pencabutan.pdf"),
        )  # fmt: skip
    working.advance(job.pk)


def _letter(base, number):
    """The page that revokes a decree, as an office scans it."""
    lines = (f"Nomor {number}", "MEMUTUSKAN: mencabut", cited(base))
    words = " ".join(f"({line.translate({40: None, 41: None, 92: None})}) Tj T*" for line in lines)
    out = BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(612, 936))
        face = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))
        drawn = f"BT /F1 9 Tf 14 TL 40 860 Td {words} ET".encode("latin-1", "replace")
        page.Contents = document.make_stream(drawn)
        document.save(out)
    return out.getvalue()


def _issued(programme):
    return Decree.objects.issued().select_related("programme").get(programme=programme)


def _office(programme, role):
    offices = Office.objects.select_related("user", "area")
    return offices.filter(role=role, area=programme.regency_id).order_by("pk").first()
