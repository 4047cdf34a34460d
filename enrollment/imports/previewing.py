"""The numbers of a list's page: each is the length of the list that it links to."""

from dataclasses import dataclass

from django.db.models import Count, Q

from enrollment.imports.models import ImportRow
from enrollment.imports.outcomes import STANDINGS
from enrollment.workers.findings import CODES, Severity


@dataclass(frozen=True)
class Preview:
    """`by` counts rows by severity, standing and outcome; `groups` are the findings by severity."""

    by: dict
    groups: list


def of(job):
    return Preview(by=_sums(job), groups=_groups(job))


def _sums(job):
    severities = {one: Count("pk", filter=Q(severity=one)) for one in ImportRow.Severity.values}
    outcomes = {
        f"outcome_{one}": Count("pk", filter=Q(became=one))
        for one in ImportRow.Outcome.values
        if one
    }
    standings = {word: Count("pk", filter=rule) for word, rule in STANDINGS.items()}
    rows = job.rows.with_outcome(job).order_by()
    return rows.aggregate(**severities, **outcomes, **standings)


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
