"""The numbers of a list's page: each is the length of the list that it links to."""

from dataclasses import dataclass

from django.db.models import Count, Q

from enrollment.imports.models import ImportRow
from enrollment.imports.outcomes import STANDINGS
from enrollment.imports.pages import misplaced
from enrollment.workers.checks.findings import CODES, Severity


@dataclass(frozen=True)
class Preview:
    """`by` counts rows by severity, standing and outcome; `groups` are the findings by severity,
    `stays` why people are still as they are after the import was taken back, `elsewhere` other
    villages that a list for one village names."""

    by: dict
    groups: list
    stays: list
    elsewhere: list


def of(job):
    elsewhere = [] if job.phase == job.Phase.UNDONE else misplaced.villages_named(job)
    return Preview(by=_sums(job), groups=_groups(job), stays=_stays(job), elsewhere=elsewhere)


def _sums(job):
    severities = {one: Count("pk", filter=Q(severity=one)) for one in ImportRow.Severity.values}
    outcomes = {
        f"outcome_{one}": Count("pk", filter=Q(became=one))
        for one in ImportRow.Outcome.values
        if one
    }
    standings = {word: Count("pk", filter=rule) for word, rule in STANDINGS.items()}
    rows = job.rows.with_outcome(job).order_by()
    chosen = Count("pk", filter=STANDINGS["berubah"] & Q(overwrite__isnull=False))
    return rows.aggregate(**severities, **outcomes, **standings, chosen=chosen)


def _stays(job):
    """(reason, label, rows) for each reason that occurs, once the import was taken back."""
    if job.phase != job.Phase.UNDONE:
        return []
    rows = job.rows.exclude(stays="").order_by().values_list("stays")
    numbers = dict(rows.annotate(number=Count("pk")))
    return [(it.value, it.label, numbers[it]) for it in ImportRow.Stays if it in numbers]


def _groups(job):
    """(severity, [(code, label, rows)]) for each severity that occurs, the gravest first."""
    found = []
    for severity in (Severity.ERROR, Severity.GAP, Severity.WARNING):
        codes = [
            (code, it.label, job.counts[code])
            for code, it in CODES.items()
            if it.severity is severity and job.counts.get(code)
        ]
        if codes:
            found.append((severity.value, codes))
    return found
