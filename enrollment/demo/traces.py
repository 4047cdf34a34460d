"""Other events of a year: people die, move or are members already, their pages are opened, and a
recheck runs."""

from datetime import timedelta

from django.utils import timezone

from enrollment.models import Disclosure, Entry, Membership, Worker
from enrollment.workers import disclosures
from enrollment.workers.rechecks import actions
from villages import scope
from villages.models import Office, Role

_LOOKED = 12


def leave(demos, today):
    """Members, deaths and moves in every regency; made before the lists, which depend on them."""
    for demo in demos:
        for village in demo.kept:
            people = list(Worker.objects.filter(area=village).order_by("pk")[:4])
            _member(people[0], today)
            _end(people[1], today - timedelta(days=50), Worker.EndReason.DIED, "Akta kematian")
            _end(people[2], today - timedelta(days=90), Worker.EndReason.MOVED, "Surat pindah")


def _member(worker, today):
    Membership.objects.create(
        worker=worker, area_id=worker.area_id, active_from=today - timedelta(days=400)
    )


def _end(worker, day, reason, document):
    worker.ended_on, worker.ended_reason, worker.ended_document = day, reason, document
    worker.save(update_fields=["ended_on", "ended_reason", "ended_document"])


def die_approved(demos, today):
    """In every regency one approved person dies, and one whom a decree protects."""
    approved = Entry.objects.in_state(Entry.State.APPROVED).select_related("worker")
    approved = approved.filter(worker__ended_on=None).order_by("-programme__first_month", "pk")
    for demo in demos:
        here = approved.within(demo.code)
        free = here.filter(decree_rows=None).first()
        decreed = here.filter(decree_rows__decree__state="issued").first()
        for entry in filter(None, (free, decreed)):
            _end(entry.worker, today - timedelta(days=3), Worker.EndReason.DIED, "Akta kematian")


def look(demos, today):
    """Let the Dinas recheck its regency and open some people's pages."""
    for demo in demos:
        verifier = Office.objects.select_related("user", "area").get(
            role=Role.VERIFIER, area=demo.code
        )
        with scope.enter(verifier):
            job = actions.start(by=verifier, area=demo.code)
            for number, worker in enumerate(Worker.objects.within(demo.code)[:_LOOKED]):
                kind = Disclosure.Kind.VIEW if number % 4 else Disclosure.Kind.UNMASK
                seen = disclosures.record(by=verifier, kind=kind, worker=worker)
                Disclosure.objects.filter(pk=seen.pk).update(
                    at=timezone.now() - timedelta(days=number % 5, hours=number)
                )
        actions.proceed(job.pk)
