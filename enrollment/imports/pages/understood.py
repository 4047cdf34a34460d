"""What was understood of a list, in one place: columns, villages, and every row of its sheets."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from enrollment.formats import angka
from enrollment.imports.columns import accounts, matching
from enrollment.imports.pages import named
from enrollment.sheets.reading import KINDS
from enrollment.standing import Standing

GUESSED = Standing("attention", "Perkiraan kami")
MOST_VILLAGES, MOST_NAMES, MOST_SHEETS, MOST_DOUBTS = 30, 30, 60, 6
RECOMPUTE = "Buka berkasnya di Excel, simpan, lalu unggah lagi."


@dataclass(frozen=True)
class Kind:
    """Skipped rows of a kind: the first as (number, text), and how many more there are."""

    label: str
    rows: list
    more: str


@dataclass(frozen=True)
class Sheet:
    """`total`: the sum of its rows in words. `skipped`: how many rows `kinds` explain."""

    name: str
    total: str
    skipped: str
    kinds: list
    uncomputed: str


@dataclass(frozen=True)
class Understood:
    """`doubts`: (sentence, URL, link) of what should be looked at first. `villages`: (name, people,
    URL); `lost`: names that were not found. `more_…`: what a page leaves out, in words."""

    tables: list
    corrected: bool
    wide: bool
    villages: list
    more_villages: str
    lost: list
    more_lost: str
    sheets: list
    more_sheets: str
    may_be_people: bool
    doubts: list

    @property
    def many_tables(self):
        return len(self.tables) > 1


def of(job, village_word="desa", *, may_change=False):
    wide = named.is_wide(job)
    villages = named.people_by_village(job) if wide else []
    lost = named.names_of(job, lost=True) if wide and _not_found(job) else []
    rows = reverse("import_rows", args=[job.pk])
    return Understood(
        tables=list(matching.columns_used(job.tables, village_word)),
        corrected=any(table["corrected"] for table in job.tables),
        wide=wide,
        villages=[
            (village.name, number, f"{rows}?desa={village.pk}")
            for village, number in villages[:MOST_VILLAGES]
        ],
        more_villages=_more(villages, MOST_VILLAGES, village_word),
        lost=lost[:MOST_NAMES],
        more_lost=_more(lost, MOST_NAMES, "nama"),
        sheets=_sheets(job),
        more_sheets=_more(job.sheets, MOST_SHEETS, "lembar"),
        may_be_people=bool(job.said_people)
        or any(map(accounts.may_be_people, job.sheets, job.row_texts)),
        doubts=list(_doubts(job, village_word, rows, may_change)),
    )


def _more(found, most, noun):
    return f"dan {angka(len(found) - most)} {noun} lain" if len(found) > most else ""


def _not_found(job):
    return sum(job.counts.get(code, 0) for code in named.NOT_FOUND)


# --- sheets ------------------------------------------------------------------------------------


def _sheets(job):
    texts = [*job.row_texts, *({} for _ in job.sheets[len(job.row_texts) :])]
    return [
        _sheet(account, said)
        for account, said in list(zip(job.sheets, texts, strict=False))[:MOST_SHEETS]
    ]


def _sheet(account, texts):
    skipped = _in_order(account["skipped"])
    return Sheet(
        name=account["name"],
        total=_total(account),
        skipped=angka(sum(count for count, _ in skipped.values())) if skipped else "",
        kinds=[_kind(kind, *rows, texts.get(kind, [])) for kind, rows in skipped.items()],
        uncomputed=_uncomputed(account),
    )


def _in_order(skipped):
    """The kinds in the order in which they usually stand on a sheet; JSONB keeps none."""
    order = {kind: at for at, kind in enumerate(KINDS)}
    return dict(sorted(skipped.items(), key=lambda item: order.get(item[0], len(order))))


def _name(kind):
    return KINDS.get(kind, "baris lain")


def _total(account):
    """ "22 baris: 18 orang, 2 kop surat, 1 jumlah, 1 kosong": the parts add up to the whole."""
    if not account["visible"]:
        return "tersembunyi, tidak dibaca"
    blank = account.get("blank", 0)
    parts = [f"{angka(account['people'])} orang"]
    skipped = _in_order(account["skipped"])
    parts += [f"{angka(count)} {_name(kind)}" for kind, (count, _) in skipped.items()]
    parts += [f"{angka(blank)} kosong"] if blank else []
    return f"{angka(account['rows'] + blank)} baris: {', '.join(parts)}"


def _kind(kind, count, rows, texts):
    said = [*texts, *("" for _ in rows[len(texts) :])]
    more = f"dan {angka(count - len(rows))} baris lain" if count > len(rows) else ""
    label = f"{capfirst(_name(kind))}, {angka(count)} baris"
    return Kind(label, list(zip(rows, said, strict=True)), more)


def _uncomputed(account):
    rows = account.get("uncomputed", [])
    if not rows:
        return ""
    return f"Baris {_first(rows)} berisi rumus yang hasilnya tidak tersimpan di berkas. {RECOMPUTE}"


_TOLD = {
    "carried": "{village} di baris {rows} kosong, jadi diambil dari baris di atasnya.",
    "noted": "catatan di baris {rows} menyebut orang yang meninggal atau pindah. Periksa siapa.",
    "untold": "baris {rows} terbaca sebagai judul, tetapi tidak ada orang di bawahnya. Bila itu "
    "nama orang, centang di rincian barisnya.",
}
"""What an account of a sheet remembers → what is said of those rows."""


def _first(rows):
    """The numbers of the first rows."""
    return ", ".join(map(str, rows[:10])) + (", …" if len(rows) > 10 else "")


# --- what to look at first ---------------------------------------------------------------------


def _doubts(job, village_word, rows, may_change):
    """(sentence, URL, link) of everything in doubt, before the list is taken; no two the same."""
    if not job.is_previewed:
        return
    change = reverse("import_columns", args=[job.pk]) if may_change else ""
    found = [sentence for table in job.tables for sentence in matching.guesses(table, village_word)]
    for sentence in list(dict.fromkeys(found))[:MOST_DOUBTS]:
        yield sentence, change and f"{change}#kolom", "Ubah kolom"
    for table in job.tables[:MOST_DOUBTS]:
        if table.get("replaces"):
            sheet = table["sheets"][0][0]
            sentence = f"Lembar {sheet} berisi orang yang diganti dan penggantinya. "
            yield (
                f"{sentence}Yang kami baca penggantinya.",
                change and f"{change}#kolom",
                "Ubah kolom",
            )
    if number := _not_found(job):
        sentence = f"{angka(number)} orang belum jelas {village_word}nya."
        yield sentence, change and f"{change}#desa", f"Pilih {village_word}nya"
    if number := job.counts.get("village.differs"):
        sentence = f"{angka(number)} orang: {village_word} di barisnya lain dari judulnya."
        yield sentence, f"{rows}?temuan=village.differs", "Lihat barisnya"
    if number := job.counts.get("row.struck"):
        sentence = f"{angka(number)} orang barisnya dicoret."
        yield sentence, f"{rows}?temuan=row.struck", "Lihat barisnya"
    for account in [each for each in job.sheets if each.get("uncomputed")][:MOST_DOUBTS]:
        yield f"Lembar {account['name']}: {_uncomputed(account)}", "", ""
    for key, sentence in _TOLD.items():
        for account in [each for each in job.sheets if each.get(key)][:MOST_DOUBTS]:
            said = sentence.format(rows=_first(account[key]), village=village_word)
            yield f"Lembar {account['name']}: {said}", "", ""
    if hidden := [account["name"] for account in job.sheets if not account["visible"]]:
        yield f"Lembar tersembunyi tidak dibaca: {', '.join(hidden[:MOST_DOUBTS])}.", "", ""
