"""The numbers of a list's page: each is the length of the list that it links to."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from enrollment.formats import angka
from enrollment.imports.models import ImportRow
from enrollment.imports.outcomes import STANDINGS
from enrollment.imports.pages import misplaced
from enrollment.workers.checks.findings import CODES, Severity


@dataclass(frozen=True)
class Preview:
    """`by` counts rows by severity, standing and outcome; `groups` are the findings by severity,
    `stays` why people are still as they are after the import was taken back, `misplaced` a warning
    where a list for one village names others, `taking` whom taking would bring."""

    by: dict
    taking: list
    groups: list
    stays: list
    misplaced: misplaced.Misplaced | None


def of(job, village_word="desa"):
    by = _sums(job)
    return Preview(
        by=by,
        taking=_taking(job, by),
        groups=_groups(job),
        stays=_stays(job),
        misplaced=None if job.is_undone else misplaced.warning(job, village_word),
    )


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


def _taking(job, by):
    """(words, address) for each kind of people on the list; new ones are told of, if only none."""
    rows = reverse("import_rows", args=[job.pk])
    said = [
        (f"{angka(by['baru'])} orang baru", f"{rows}?keadaan=baru")
        if by["baru"]
        else ("Tidak ada orang baru", "")
    ]
    if by["sama"]:
        words = f"{angka(by['sama'])} sudah terdaftar dengan data yang sama"
        said.append((words, f"{rows}?keadaan=sama"))
    if by["berubah"]:
        words = f"{angka(by['berubah'])} sudah terdaftar dengan data yang berbeda"
        said.append((words, reverse("import_differences", args=[job.pk])))
    if job.elsewhere:
        words = f"{angka(job.elsewhere)} terdaftar di tempat lain dan diteruskan ke Dinas"
        said.append((words, f"{rows}?temuan=duplicate.elsewhere"))
    return said


def _stays(job):
    """(reason, label, rows) for each reason that occurs, once the import was taken back."""
    if not job.is_undone:
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
