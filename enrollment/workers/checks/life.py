"""State of life: whether a list's own words say that a person has died, moved away or gone.

The words stand in a column of remarks, in a title, in the name of a sheet, or at the person's name.
A text is cut into clauses. In each clause that has a word of ending it is asked *who* has ended and
*whether it is affirmed*:

- denied or only planned ("belum meninggal", "akan pindah"): says nothing;
- somebody or something else before it or right behind it ("suami meninggal", "anak alm. Karto",
  "KTP hilang", "pindah pekerjaan"): says nothing;
- arrived ("pindah datang", "pindahan dari Blitar"), a marital status ("cerai mati"): says nothing;
- no one else, or the person by a word of the list ("ybs", "peserta", "warga"): has ended;
- taken off the list for another reason ("dicoret", "batal", "mengundurkan diri"): unclear;
- a subject that only a reader can tell ("KK meninggal", "Alm. Karto", "meninggal?"): unclear, and
  told as a warning; so is what another clause takes back ("pernah pindah, sudah kembali").

At the own name a mark counts where it stands first or last ("Alm. Karto", "KARTO (ALM)"), and not
behind bin or binti.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from enrollment.sheets.legends import UNEXPLAINED
from enrollment.workers.checks.spelling import one_slip
from enrollment.workers.checks.values import plain


class Life(Enum):
    """What words say about a person; the value is the code of the finding."""

    GOES_ON = ""
    ENDED = "person.ended"
    UNCLEAR = "status.unclear"


class _Kind(Enum):
    """Words of ending, by how surely they mean a person."""

    DIED = (
        "meninggal sedo seda wafat maninggal ninggal berpulang deceased died mangkat kapundhut "
        "kapundut"
    )
    MARK = "alm almh almr almrh almrhm almarhum almarhumah md rip mendiang"
    DEAD = "mati dead tewas"  # also what happens to telephones
    DEATHS = "kematian"
    MOVED = "pindah moved"
    LOST = "hilang minggat"
    LEFT = "pergi"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KIND = {word: kind for kind in _Kind for word in kind.value.split()}
_MISSPELT_DIED = re.compile(r"m[aei]*n+[ie]*n*g+a*l+")  # meningal, meniggal, menggal, mninggal
_SPELLED = tuple(
    word
    for word, kind in _KIND.items()
    if len(word) > 4 and kind not in (_Kind.LOST, _Kind.LEFT)  # many words resemble these
)
# Words that are not the one that they resemble.
_OTHER_WORDS = _words(
    "tinggal tunggal indah pindang pindai pindad pindahan meninggi meninggali menunggal ninggalin"
)

_RELATIVES = _words(
    "suami istri isteri ayah bapak bpk bp pak ibu bu emak mak ortu orangtua anak cucu kakak "
    "adik adek saudara kakek nenek mbah mertua menantu paman bibi keponakan wali waris pasangan "
    "ortunya majikan pemilik putra putri bin binti bt bte ibn ibnu husband wife father "
    "mother parent spouse"
)
_REPLACING = _words("pengganti menggantikan mengganti gantikan penggantian ditinggal ditinggalkan")
_REPLACED = _words("diganti digantikan")
_WIDOWED = _words("cerai janda duda")
_HEADS = _words("kk krt kepala kepalanya keluarga nyonya ny")
_BENEFITS = _words("jaminan santunan klaim asuransi risiko resiko biaya")
_PAPERS = _words("surat akta akte blanko formulir laporan")
_NOT = _words("tidak tdk tak gak ga nggak bukan bkn belum blm blom jangan tanpa batal not")
_PLANS = _words(
    "akan mau ingin rencana berencana hendak ajukan mengajukan mengurus ngurus urus calon proses"
)
_BETWEEN = _words("pernah jadi ada lagi sempat dinyatakan untuk mau di sedang dalam")
_ADVERBS = _words("sudah sdh telah tlh yang yg dinyatakan")
_ARRIVED = _words("datang masuk pendatang kedatangan kembali pulang")
_THINGS = _words(
    "ktp kartu hp handphone nomor no nik bantuan akta akte buku atm rekening dokumen surat "
    "berkas nama data motor sepeda ternak sapi listrik mesin lampu usaha pekerjaan kontak "
    "sinyal saldo iuran"
)
# What a person changes without leaving the village.
_NOT_HOMES = _words(
    "pekerjaan kerja profesi usaha tps rt rw dusun dsn lingkungan jorong segmen segment faskes "
    "program bank rekening kelas agama partai sekolah kelompok tugas jabatan bagian pbi mandiri "
    "jkn bpjs kepesertaan status nama desil bidang lokasi shift posisi"
)
_HOMES = _words("kk alamat rumah kontrakan kos")
_NOT_OF_LIFE = _THINGS | _HEADS | _HOMES | _words("belum blm semasa waktu ketika saat selama")
_FROM_HERE = _words("desa sini kampung wilayah nagari kelurahan daerah")
# Words that change nothing: time, cause, and how a list calls its people.
_NEUTRAL = _words(
    "sudah sdh telah tlh udah dan dunia th thn tahun tgl tanggal bulan bln hari pada sejak di "
    "karena krn sakit kecelakaan covid lalu kemarin baru dinyatakan diketahui ybs yang yg "
    "bersangkutan peserta penerima penduduk warga orang orangnya pekerja anggota pemanfaat kpm "
    "data daftar rekap lembar sheet nama status ket keterangan register buku mutasi januari "
    "februari maret april mei juni juli agustus september oktober november desember dalam usia "
    "umur beliau dia the is has a person rip juga ini itu"
)
_DROPPED = re.compile(
    r"(?<!tidak )(?<!tdk )(?<!belum )(?<!blm )(?<!bukan )\b(?:(?:di)?coret|dihapus|dikeluarkan|"
    r"(?:di)?batal(?:kan)?|ditolak|dicabut|dinonaktifkan|(?:meng)?undurkan diri|mundur|"
    r"(?:tidak|tdk) (?:layak(?! huni)|memenuhi|lolos|diusulkan|diajukan))\b"
)
"""Says that somebody is no more on the list, whatever the reason."""
_LISTS = _words("data daftar buku register rekap laporan peristiwa lembar sheet")
_CROSSES = "†✝✞✟☨"
_WHEN = r"(?:(?:th|thn|tahun|tgl|tanggal)\b\W*)?(?:\d{1,2}\W[\w]{1,9}\W)?(?:(?:19|20)\d\d|\d\d)"
"""The year or the date behind a cross: "+ 2023", "(+ th. 2023)", "+ 12-3-2023"."""
_PHRASES = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\bm\.\s?d\b\.?", "md"),
        (r"\br\.\s?(?:i\.)?\s?p\b\.?", "rip"),
        (rf"[{_CROSSES}]|[(\[]\s*\++\s*(?:{_WHEN}\s*)?[)\]]|^\s*\++\s*(?:{_WHEN}\s*)?$", " wafat "),
        (r"\btilar (?:dony[ao]|dunya)\b|\bpuput yuswa\b", "wafat"),
        (r"\b(alm|almh|bpk|bp|sdr|ny|tn|th|thn|tgl|ds|kec|kab|yg)\.", r"\1 "),
        (r"\bibu rumah tangga\b", " "),
        (r"\b(?:orang|wong)\s?tua(?:nya)?\b", "ortu"),
        (r"\bahli waris\w*", "waris"),
        (r"\bkepala (?:keluarga|rumah tangga|rt)\w*", "kk"),
        (r"\b(?:tutup|menutup) usia\b|\b(?:ber)?pulang ke rah?matullah\b", "wafat"),
        (r"\b(?:sudah|sdh|telah|tlh) (?:tiada|(?:tidak|tdk|tak|gak) ada)\b(?! di\b)", "wafat"),
        (
            r"\b(?:tidak|tdk|tak|bukan) (?:lagi )?"
            r"(?:tinggal|berdomisili|domisili|menetap|berada|ada)(?: lagi)?"
            r" di (?:sini|desa|wilayah|nagari|kelurahan)\w*",
            "hilang",
        ),
        (
            r"\b(?:tidak|tdk|tak) (?:lagi )?"
            r"(?:(?:tinggal|berada|ada)(?: lagi)? di (?:tempat|alamat)|"
            r"(?:dapat |bisa )?(?:ditemui|bertemu))\w*",
            "hilang kontak",
        ),
        (r"\b(?:tidak|tdk) (?:lagi )?(?:di|tinggal di) (?:desa|sini|tempat)\b", "hilang"),
        (r"\bbukan (?:lagi )?(?:warga|penduduk)(?: (?:desa|sini|setempat|lagi))*$", "hilang"),
        (
            r"\b(?:tidak|tdk|tak)(?: (?:dapat|bisa|lagi))? (?:ditemukan|diketahui|dikenal)"
            r"(?: (?:lagi|keberadaan\w*|alamat\w*|rimba\w*|tempat tinggal\w*))*",
            "hilang",
        ),
        (r"\bmeninggalkan (?:desa|kampung|rumah|tempat|wilayah)\b", "hilang"),
        (r"\bmutasi (?:penduduk )?keluar\b|\bpindahan keluar\b|\bpergi pindah\b", "pindah keluar"),
        (r"\bkeluar (?:dari )?(?:desa|daerah|wilayah)\b", "pindah keluar"),
    )
)
_TAKEN_BACK = re.compile(
    r"\b(?:(?:masih|ternyata|tetap|sdh|sudah|telah|lagi|kini|sekarang|skrg) "
    r"(?:hidup|kembali|balik|pulang|menetap|aktif|ada|tinggal|di sini|di desa|warga|penduduk|sehat|"
    r"berdomisili)|(?:kembali|balik|pulang) (?:lagi|ke (?:sini|desa|kampung))|hidup|menetap|"
    r"(?:sudah|sdh|telah) (?:di)?(?:ketemu|temukan))\b"
)
"""Says that somebody lives here after all."""
_MISTAKEN = re.compile(
    r"\b(?:(?:tidak|tdk|batal|gak|ga|nggak) jadi|"
    r"(?:salah|keliru) (?:data|info|input|ketik|orang|catat)|"
    r"(?:data|info|informasi|laporan|berita)(?:nya)? (?:salah|keliru|hoaks|hoax))\b"
)
_SUPPOSED = _words("dikira disangka diduga dilaporkan dikabarkan kabarnya katanya konon dianggap")
_CLAUSES = re.compile(r"[;,.()\[\]/|!?\n]|\s[-–—]\s")
_EITHER = re.compile(
    r"(?<!tidak )(?<!tdk )(?<!non )(?<!non-)\b(?:hidup|aktif)\s*/|/\s*(?:hidup|aktif)\b"
)
_OF_ALL_CHANGES = _words("lahir datang masuk kelahiran kedatangan")
_ALONE = _words("mutasi keluar")
_WORD = re.compile(r"[a-z]+")
_SPACED = re.compile(r"(?<![^\W_])(?:[a-z] ){3,}[a-z](?![^\W_])")
"""M E N I N G G A L."""


@lru_cache(maxsize=4096)
def said(text: str) -> Life:
    """What a remark, a title, the name of a sheet, or the meaning of a code says."""
    if text.endswith(UNEXPLAINED):
        return Life.UNCLEAR
    low = _SPACED.sub(lambda found: found[0].replace(" ", ""), plain(text).lower())
    for pattern, word in _PHRASES:
        low = pattern.sub(word, low)
    clauses = [_WORD.findall(clause) for clause in _CLAUSES.split(low)]
    clauses = [clause for clause in clauses if clause]
    states = [_state(clause) for clause in clauses]
    if Life.ENDED in states:
        mixed = any(_OF_ALL_CHANGES.issuperset(clause) for clause in clauses)
        either = mixed or "?" in low or _EITHER.search(low)
        taken_back = any(map(_takes_back, clauses[states.index(Life.ENDED) :]))
        doubtful = either or taken_back or _beside_a_relative(clauses, states)
        return Life.UNCLEAR if doubtful else Life.ENDED
    unclear = Life.UNCLEAR in states or any(map(_drops, clauses))
    return Life.UNCLEAR if unclear else Life.GOES_ON


def _drops(clause: list[str]) -> bool:
    """Whether a clause says that this person, and not one who is replaced, is off the list."""
    if not _REPLACING.isdisjoint(clause) or any(_relative(word) or _kind(word) for word in clause):
        return False  # "batal pindah"
    return bool(_DROPPED.search(" ".join(clause)))


def _beside_a_relative(clauses: list[list[str]], states: list[Life]) -> bool:
    """Whether somebody else is named right before or behind the clause: "suami (meninggal)"."""
    at = states.index(Life.ENDED)
    before, after = clauses[at - 1] if at else [], clauses[at + 1 : at + 2]
    alone = bool(after) and all(_relative(word) or word in _NEUTRAL for word in after[0])
    replacing = not _REPLACING.isdisjoint(before)
    return (
        replacing
        or bool(before and _relative(before[-1]))
        or (alone and any(map(_relative, after[0])))
    )


def _takes_back(clause: list[str]) -> bool:
    """Whether a clause says that the person lives here after all, and not "istri masih hidup" or
    "belum kembali": "pernah pindah, sudah kembali", "dikira meninggal ternyata masih hidup"."""
    words = " ".join(clause)
    if _MISTAKEN.search(words):
        return True
    others = any(_relative(word) or word.startswith("pengganti") for word in clause)
    return not others and _NOT_OF_LIFE.isdisjoint(clause) and bool(_TAKEN_BACK.search(words))


def _state(clause: list[str]) -> Life:
    """What the words of one clause say."""
    found = Life.UNCLEAR if _ALONE.issuperset(clause) else Life.GOES_ON
    for at, word in enumerate(clause):
        if kind := _kind(word):
            state = _ending(kind, clause[:at], clause[at + 1 :])
            if state is Life.ENDED:
                return state
            found = state if found is Life.GOES_ON else found
    return found


@lru_cache(maxsize=4096)
def _kind(word: str) -> _Kind | None:
    kind = _KIND.get(word)
    if kind or len(word) < 5 or word in _OTHER_WORDS:
        return kind
    if _MISSPELT_DIED.fullmatch(word):
        return _Kind.DIED
    word = re.sub(r"(.)\1", r"\1", word)
    meant = {_KIND[known] for known in _SPELLED if one_slip(word, re.sub(r"(.)\1", r"\1", known))}
    return meant.pop() if len(meant) == 1 else None


def _relative(word: str) -> bool:
    return word in _RELATIVES or (word.endswith("nya") and word[:-3] in _RELATIVES)


def _ending(kind: _Kind, before: list[str], after: list[str]) -> Life:
    """What a word of ending says, by the words before and behind it."""
    told = [word for word in before if word not in _BETWEEN and word not in _NEUTRAL]
    last = told[-1] if told else ""
    if kind is _Kind.DEATHS:
        of_list = not before or before[-1] in _LISTS
        return Life.ENDED if of_list else Life.GOES_ON
    if last in _NOT or last in _PLANS or _of_a_thing(kind, before):
        return Life.GOES_ON
    if last in _WIDOWED:
        return Life.UNCLEAR if kind is _Kind.DIED else Life.GOES_ON
    if not _REPLACED.isdisjoint(before):
        return Life.UNCLEAR
    if any(_relative(word) or word in _REPLACING or word in _BENEFITS for word in before):
        return Life.GOES_ON
    if after and _relative(after[0]):
        return Life.GOES_ON
    if last in _SUPPOSED or not _HEADS.isdisjoint(before) or not _PAPERS.isdisjoint(before):
        return Life.UNCLEAR
    return _of_the_person(kind, told, after)


def _of_a_thing(kind: _Kind, before: list[str]) -> bool:
    """Whether it is a card or a telephone that is lost or dead: "KTP sudah hilang"."""
    nouns = [word for word in before if word not in _ADVERBS]
    if kind not in (_Kind.LOST, _Kind.DEAD) or not nouns:
        return False
    return nouns[-1] in _THINGS and not (kind is _Kind.DEAD and nouns[-1] in _LISTS)


def _of_the_person(kind: _Kind, told: list[str], after: list[str]) -> Life:
    """What the word says where nobody and nothing else is named; `told`: what stands before it."""
    if kind is _Kind.DIED:
        return Life.ENDED
    if kind is _Kind.MOVED:
        return _moved(told, after)
    if kind is _Kind.LEFT and after and after[0] in ("tanpa", "dari", "entah", "tidak"):
        return Life.ENDED
    clear = not told and all(word in _NEUTRAL or _kind(word) for word in after)
    return Life.ENDED if clear else Life.UNCLEAR


def _moved(told: list[str], after: list[str]) -> Life:
    arrived = [at for at, word in enumerate(after) if word in _ARRIVED]
    denied = bool(arrived) and after[arrived[0] - 1] in _NOT and arrived[0] > 0
    if not denied and (arrived or not _ARRIVED.isdisjoint(told[-1:])):
        return Life.GOES_ON
    if "dari" in after and not {"ke", "keluar"} & set(after):
        rest = after[after.index("dari") + 1 :]
        if not rest or rest[0] not in _FROM_HERE:
            return Life.GOES_ON
        return Life.ENDED if len(rest) == 1 else Life.UNCLEAR
    if after[:2] in (["dalam", "desa"], ["satu", "desa"], ["dalam", "nagari"], ["ke", "sini"]):
        return Life.GOES_ON
    skipped = ("ke", "di", "dalam", "antar", "tempat", "menjadi", "jadi", "lain")
    where = next((word for word in after if word not in skipped), "")
    if where in _NOT_HOMES:
        return Life.GOES_ON
    return Life.UNCLEAR if where in _HOMES and "ke" not in after else Life.ENDED


_PLAIN = (
    "ninggal", "nigal", "mening", "mengga", "alm", "wafat", "pindah", "mati", "hilang", "md", "rip",
    "sedo", "†",
)  # fmt: skip
"""The words that are looked for in any cell; the others count where remarks stand."""


def may_say(low: str) -> bool:
    """A quick look whether a row in small letters may say something of life: hardly one does."""
    return any(word in low for word in _PLAIN)


# --- at the own name -------------------------------------------------------------------------

_DEAD = r"alm(?:h|r|rh|rhm)?|alm[arhu]{1,4}um(?:ah)?|mendiang|meninggal|wafat"
_IN_BRACKETS = rf"(?:md|m\.d|rip|mati|pindah)\b|\++(?=\s*(?:{_WHEN}\s*)?[)\]])"  # else of a name
_MARK = re.compile(
    rf"(?P<bracket>[(\[]\s*)?"
    rf"(?:\b(?:{_DEAD})\b(?: dunia)?|[{_CROSSES}]|"
    rf"^\s*\++\s|\s*\++(?=\s*(?:{_WHEN})?\s*$)|(?(bracket)(?:{_IN_BRACKETS})|(?!)))\.?"
)
_BEHIND_NAME = re.compile(r"\s[-–—]+\s|[/,;:(\[]")
"""What divides a remark from the name in the same cell: "KARTO, pindah ke Malang"."""
_FATHERS = _words(
    "bin binti bt bte bn ibn ibnu anak putra putri istri isteri suami janda waris cucu"
)
_TITLES = _words("h hj kh bpk bapak pak tn sdr sdri dr ir drs")
_WIVES = _words("ny nyonya ibu bu")


def marked(name: str) -> Life:
    """What a mark at a person's name says about that person."""
    return _mark(name) if _may_be_marked(name) else Life.GOES_ON


def _may_be_marked(name: str) -> bool:
    """A quick look, since hardly a name has a mark: several times faster than a pattern."""
    low = name.lower()
    return (
        "alm" in low
        or "(" in low
        or "[" in low
        or "mening" in low
        or "wafat" in low
        or "mendiang" in low
        or "pindah" in low
        or "hilang" in low
        or "+" in low
        or not low.isascii()
    )


@lru_cache(maxsize=1024)
def _mark(name: str) -> Life:
    low = plain(name).lower()
    found = _MARK.search(low)
    if not found:
        _, *remark = _BEHIND_NAME.split(low, maxsplit=1)
        return said(remark[0]) if remark else Life.GOES_ON
    before, after = _WORD.findall(low[: found.start()]), _WORD.findall(low[found.end() :])
    last = before[-1] if before else ""
    # "Karto b. Alm Sukir", and not the initial of "Kartini B. Almh".
    bin_ = last == "b" and not found["bracket"] and (after or len(before) == 1)
    if last in _FATHERS or bin_:
        return Life.GOES_ON
    if last in _WIVES or not _FATHERS.isdisjoint(before):
        return Life.UNCLEAR
    first = all(word in _TITLES for word in before)
    if first and _FATHERS.isdisjoint(_WORD.findall(low[found.end() :])[:1]):
        return Life.ENDED
    return Life.UNCLEAR if after else Life.ENDED


def of(name: str, status: str) -> Life:
    """What is said about a person at the name and in the remarks."""
    state = said(status) if status else Life.GOES_ON
    if state is Life.ENDED or not _may_be_marked(name):
        return state
    mark = _mark(name)
    return state if mark is Life.GOES_ON else mark
