import json
import time
import uuid
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from enrollment.imports import actions, report
from enrollment.imports.models import Import
from enrollment.jobs import locking
from enrollment.workbooks.storing import FilesAway
from enrollment.workers.checks.findings import CODES
from villages import areas, scope
from villages.access import allowed
from villages.models import Area, Office, Role, User
from villages.refusals import Refusal


class Command(BaseCommand):
    help = "Reads and checks a list of workers and takes its good rows into the registry."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--area", required=True, help="code of the village, or a wider area")
        parser.add_argument("--by", metavar="USERNAME", help="who acts; needed to take rows")
        parser.add_argument("--update", action="store_true", help="change people already there")
        parser.add_argument("--dry-run", action="store_true", help="check only, keep nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--people",
            action="store_true",
            help="with --dry-run --json: print each row as read, with its NIK in full",
        )

    def handle(self, *, file, area, by, dry_run, people, **options):
        if people and not (dry_run and options["json"]):
            raise CommandError("--people needs --dry-run and --json.")
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if not Area.objects.filter(pk=area).exists():
            raise CommandError(f"There is no area {area}.")
        if not (by or dry_run):
            raise CommandError("Say who takes them in: --by USERNAME (or --dry-run).")
        try:
            locking.refuse_pooler()  # before a list is received that nobody here could read
            found = (
                _dry_run(file, area, by, people)
                if dry_run
                else _import(file, area, by, options["update"])
            )
        except (Refusal, FilesAway, ImproperlyConfigured) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            json.dumps(found, ensure_ascii=False) if options["json"] else as_text(found)
        )


def as_text(found):
    """The sums in words, and the columns in doubt."""
    lines = [f"{found['rows']} rows, {found['taken']} taken"]
    lines += [f"{number:>7}  {CODES[code].label}" for code, number in found["summary"].items()]
    lines += [
        f"In doubt: {doubt['sheet']}, row {doubt['row']}, column "
        f"{', '.join(map(repr, doubt['columns']))}: {doubt['question']}"
        for doubt in found["doubts"]
    ]
    return "\n".join(lines)


def _import(file, area, by, update):
    """Import the file and save its rows, as the person would from the page."""
    office = _office_of(by, area)
    job = _receive(office, file, area)
    _advance(job)
    with scope.enter(office):
        actions.take(by=office, job=_reloaded(job), update=update)
    _advance(job)
    with scope.enter(office):
        return report.of(_reloaded(job))


def _dry_run(file, area, by, people):
    """Read, check and stage in the same way, in a transaction that is then rolled back."""
    job = None
    try:
        with transaction.atomic():
            with scope.whole_country("import_workers --dry-run"):
                office = _office_of(by, area) if by else _temporary_office(area)
                job = _receive(office, file, area)
                actions.advance(job.pk)
                job = _reloaded(job)
                found = report.of(job)
                if people:
                    found["people"] = report.people(job)
            transaction.set_rollback(True)
        return found
    finally:
        if job:
            job.file.delete(save=False)


def _receive(office, file, area):
    with scope.enter(office), file.open("rb") as content:
        return actions.receive(by=office, file=content, filename=file.name, area=area, asks=False)


def _advance(job):
    """Work on the job here, or wait if a worker of the queue is already working on it."""
    actions.advance(job.pk)
    while _current(job).busy:
        time.sleep(1)


def _current(job):
    with scope.whole_country("import_workers"):
        return Import.objects.get(pk=job.pk)


def _reloaded(job):
    job = Import.objects.get(pk=job.pk)
    if job.refused or job.held:
        raise Refusal(job.message)
    return job


def _office_of(username, area):
    """An office of that person which may import lists for `area`."""
    today = timezone.localdate()
    with scope.whole_country("import_workers"):
        held = Office.objects.filter(user__username=username).held_on(today)
        for office in held.select_related("user", "area", "agency"):
            if areas.lies_in(area, office.area_id) and allowed(office, "import.make"):
                return office
    raise CommandError(f"{username} holds no office that may import lists for {area}.")


def _temporary_office(area):
    """An office for a dry run without `--by`; it is rolled back with everything else."""
    user = User.objects.create(username=f"dry-run-{uuid.uuid4().hex}", is_active=False)
    role = Role.VILLAGE_OPERATOR if areas.level(area) == areas.VILLAGE else Role.REGENCY_ADMIN
    return Office.objects.create(user=user, role=role, area_id=area)
