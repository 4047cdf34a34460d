"""The numbers on the page of an import: each is the length of the list that it links to."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from enrollment.formats import angka
from enrollment.illness import actions as illness
from enrollment.imports.models import ImportRow
from enrollment.imports.outcomes import STANDINGS
from enrollment.imports.pages import misplaced
from enrollment.workers.checks.findings import CODES, Severity


@dataclass(frozen=True)
class Preview:
    """`by`: counts of rows by severity, standing and outcome. `groups`: the findings by severity.
    `stays`: why people were left unchanged when the import was undone. `misplaced`: the warning
    about a list for one village that names others. `taking`: what taking the list would do.
    `tiles`: the numbers that stand nowhere else on the page. `answers`: rows that say whether
    somebody is too ill to work, and have not been saved."""

    by: dict
    tiles: list
    taking: list
    groups: list
    stays: list
    misplaced: misplaced.Misplaced | None
    answers: int


@dataclass(frozen=True)
class Tile:
    label: str
    number: int
    url: str
    mark: str
    tone: str = ""
    note: str = ""


def of(job, village_word="desa", *, asked=False):
    """The Preview; `asked`: the page asks whether to take the list, and says how many are good."""
    by = _sums(job)
    return Preview(
        by=by,
        tiles=list(_tiles(job, by, asked)),
        taking=_taking(job, by),
        groups=_groups(job),
        stays=_stays(job),
        misplaced=None if job.is_undone else misplaced.warning(job, village_word),
        answers=illness.staged(job.pk),
    )


def _sums(job):
    severities = {name: Count("pk", filter=Q(severity=name)) for name in ImportRow.Severity.values}
    outcomes = {
        f"outcome_{name}": Count("pk", filter=Q(became=name))
        for name in ImportRow.Outcome.values
        if name
    }
    standings = {word: Count("pk", filter=rule) for word, rule in STANDINGS.items()}
    rows = job.rows.with_outcome(job).order_by()
    chosen = Count("pk", filter=STANDINGS["berubah"] & Q(overwrite__isnull=False))
    return rows.aggregate(**severities, **outcomes, **standings, chosen=chosen)


def _tiles(job, by, asked):
    rows = reverse("import_rows", args=[job.pk])
    if not job.is_taken:  # afterwards the outcome says what became of everybody
        yield Tile("Orang terbaca", job.people, rows, "users")
        if not asked:
            yield Tile("Tanpa kesalahan", job.good, f"{rows}?keadaan=siap", "check")
        yield Tile(
            "Salah, tidak disimpan", by["error"], f"{rows}?keadaan=error", "circle-x", "attention"
        )
    note = "disimpan, dilengkapi sebelum diusulkan"
    yield Tile("Kurang lengkap", by["gap"], f"{rows}?keadaan=gap", "circle-dashed", note=note)
    note = "disimpan, Dinas melihat catatannya"
    yield Tile("Perlu dilihat", by["warning"], f"{rows}?keadaan=warning", "eye", note=note)


def _taking(job, by):
    """(words, URL, stop after it) for each kind of people that occurs, and always for new ones."""
    if by["baru"] == job.good and not job.elsewhere:
        return [("Semuanya orang baru", "", ".")]
    rows = reverse("import_rows", args=[job.pk])
    kinds = [
        (f"{angka(by['baru'])} orang baru", f"{rows}?keadaan=baru")
        if by["baru"]
        else ("Tidak ada orang baru", "")
    ]
    if by["sama"]:
        words = f"{angka(by['sama'])} sudah terdaftar dengan data yang sama"
        kinds.append((words, f"{rows}?keadaan=sama"))
    if by["berubah"]:
        words = f"{angka(by['berubah'])} sudah terdaftar dengan data yang berbeda"
        kinds.append((words, reverse("import_differences", args=[job.pk])))
    if job.elsewhere:
        words = f"{angka(job.elsewhere)} terdaftar di tempat lain dan diteruskan ke Dinas"
        kinds.append((words, f"{rows}?temuan=duplicate.elsewhere"))
    stops = ["," for _ in kinds[1:]] + ["."]
    return [(*kind, stop) for kind, stop in zip(kinds, stops, strict=True)]


def _stays(job):
    """(reason, label, rows) for each reason that occurs, once the import was undone."""
    if not job.is_undone:
        return []
    rows = job.rows.exclude(stays="").order_by().values_list("stays")
    numbers = dict(rows.annotate(number=Count("pk")))
    reasons = [reason for reason in ImportRow.Stays if reason in numbers]
    return [(reason.value, reason.label, numbers[reason]) for reason in reasons]


def _groups(job):
    """(severity, [(code, label, rows)]) for each severity that occurs, errors first."""
    found = []
    for severity in (Severity.ERROR, Severity.GAP, Severity.WARNING):
        codes = [
            (name, code.label, job.counts[name])
            for name, code in CODES.items()
            if code.severity is severity and job.counts.get(name)
        ]
        if codes:
            found.append((severity.value, codes))
    return found
