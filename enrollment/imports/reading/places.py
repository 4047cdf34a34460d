"""Which village a row means, in a list for many villages: by its name as people write it.

A name is looked up as written, then in the forms that name the same place: numerals (I, Satu, 1),
abbreviations (Sei, Tj.), old spellings (oe, dj), and last with one typing error. What stands beside
the name is used as well: a code, the district, the regency. Only a single village that agrees with
all of it is taken; a wrong village would be worse than none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from enrollment.imports.columns import villages
from enrollment.imports.shapes import Villages
from enrollment.workers.checks.spelling import one_slip
from enrollment.workers.checks.values import plain
from villages import areas
from villages.models import Area

_VILLAGE = (
    r"desa|dsa|ds|kelurahan|kel|kalurahan|kal|nagari|nag|kenagarian|kanagarian|nagori|negeri|"
    r"gampong|gampoeng|gp|kampung|kampong|kp|pekon|tiyuh|lembang|kepenghuluan|pemerintah desa"
)
_DISTRICT = r"kecamatan|kec|kcmtn|distrik|kapanewon|kemantren"
_WIDER = r"kabupaten|kab|kota|kotamadya|kodya|provinsi|propinsi|prov|prop"
_WITHIN = r"dusun|dsn|dukuh|jorong|lingkungan|rt|rw|jl|jalan"
_LABEL = {
    kind: re.compile(rf"(?:{words})(?![^\W_])[\W_]*")
    for kind, words in (
        ("village", _VILLAGE),
        ("district", _DISTRICT),
        ("wider", _WIDER),
        ("within", _WITHIN),
    )
}
_ONLY_LABEL = re.compile(rf"(?:{_VILLAGE})[\W_]*")
_OFFICIAL = re.compile(r"^(?:desa|kelurahan|nagari|gampong|kabupaten|kab|kota)\b[\W_]*")
"""What a few official names begin with, and people leave out."""
_BEFORE_LABEL = re.compile(
    rf"(?<=[\W_])(?=(?:{_DISTRICT}|{_WIDER.replace('|kota|', '|')}|{_WITHIN})(?![^\W_]))"
)
_SEPARATOR = re.compile(r"[,;:/|()\[\]\\]|\s[-–—]\s")
_NUMBER = re.compile(r"^[\W_]*\d+[\W_]+(?=\D)|[(\[]\s*\d+\s*[)\]]|[\W_]+\d{4,}[\W_]*$")
_COPIED = re.compile(r"\s*\(\d\)\s*$")
_CODE = re.compile(r"(?<!\d)\d{2}\.?\d{2}\.?\d{2}\.?\d{4}(?!\d)")
_DISTRICT_CODE = re.compile(r"(?<![\d.])(\d{2})\.?(\d{2})\.?(\d{2})(?![\d.])")
_SHORT_CODE = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")

_NUMERALS = (
    *("satu i", "dua ii", "tiga iii", "empat iv", "lima v", "enam vi", "tujuh vii", "delapan viii"),
    *("sembilan ix", "sepuluh x", "sebelas xi", "duabelas xii"),
)
_SAME = {
    numeral: str(number)
    for number, numerals in enumerate(_NUMERALS, start=1)
    for numeral in numerals.split()
} | {
    short: word
    for word, shorts in {
        "sungai": "sei sui sungei sungi",
        "tanjung": "tj tjg tg tanjong tanjoeng",
        "kampung": "kp kpg kamp kampong",
        "gunung": "gn gng gunoeng",
    }.items()
    for short in shorts.split()
}
_OLD = (("oe", "u"), ("dj", "j"), ("tj", "c"))
_SHORTEST_WITH_SLIP = 5
_MOST_WORDS = 8
"""A text of more words is not cut between any two of them."""
_ROMAN = "ivx"
"""Letters at the end of a name that may be its number."""
_SHORT_WORD = re.compile(r"[^\W\d_][^\W\daeiou_]{0,2}")


class Place(NamedTuple):
    """The village found, or None and why not (`village.unknown`, `village.ambiguous`)."""

    code: str | None
    finding: str | None = None


class Names:
    """Areas of one level, found by their names."""

    def __init__(self, rows: Iterable[tuple[str, str]]):
        self.written: dict[str, set[str]] = defaultdict(set)
        self.joined: dict[str, set[str]] = defaultdict(set)
        self.sounding: dict[str, set[str]] = defaultdict(set)
        self.by_words: dict[int, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self.by_length: dict[tuple[str, int], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for code, name in rows:
            words = _words(name)
            joined = "".join(words)
            self.written[_spaced(name)].add(code)
            self.joined[joined].add(code)
            self.sounding[_sound(name)].add(code)
            self.sounding[_sound(_OFFICIAL.sub("", name.casefold()))].add(code)
            self.by_words[len(words)].append((words, code))
            self.by_length[joined[:1], len(joined)].append((words, code))

    def find(self, name: str) -> set[str]:
        """Codes of all areas of this name, in the first way in which there is one."""
        return (
            self.written.get(_spaced(name))
            or self.joined.get("".join(_words(name)))
            or self.sounding.get(_sound(name))
            or self._shortened(name)
        )

    def _shortened(self, name: str) -> set[str]:
        """Areas of which some words are shortened: Kr. Anyar, Pd. Laweh, S. Raya."""
        typed = _words(name)
        if len(typed) < 2 or not any(map(_SHORT_WORD.fullmatch, typed)):
            return set()
        of_length = self.by_words.get(len(typed), ())
        return {code for words, code in of_length if all(map(_shortens, typed, words))}

    def nearly(self, name: str) -> set[str]:
        """Areas whose name becomes this one with a single typing error."""
        typed = _words(name)
        first, length = "".join(typed)[:1], len("".join(typed))
        if length < _SHORTEST_WITH_SLIP:
            return set()
        return {
            code
            for near in (length - 1, length, length + 1)
            for words, code in self.by_length.get((first, near), ())
            if _mistyped(typed, words)
        }


class Places:
    """The villages at or below an area, found by name or code and narrowed by district.

    `answers`: what somebody has said of a name (`columns.villages`); it goes before all else.
    """

    def __init__(self, area_code: str, answers: Villages | None = None):
        self.answers = answers or {}
        self.only = area_code if areas.level(area_code) == areas.VILLAGE else None
        self.known: dict[tuple[str, str], Place] = {}
        if self.only:
            return
        rows = list(
            Area.objects.within(area_code)
            .filter(current=True, level__gte=areas.DISTRICT)
            .values_list("code", "name", "level")
        )
        wider = Area.objects.within(areas.at_level(area_code, areas.PROVINCE) or area_code)
        self.villages = Names((code, name) for code, name, level in rows if level == areas.VILLAGE)
        self.districts = Names((code, name) for code, name, level in rows if level != areas.VILLAGE)
        self.wider = Names(wider.filter(level__lt=areas.DISTRICT).values_list("code", "name"))
        self.codes = {
            code.replace(".", ""): code for code, _, level in rows if level == areas.VILLAGE
        }
        self.area_code = area_code

    def find(self, village: str, district: str) -> Place:
        """The village that two cells name; in a list for one village always that village."""
        if self.only:
            return Place(self.only)
        names = (village, district)
        if names not in self.known:
            self.known[names] = self._find(str(village), str(district))
        return self.known[names]

    def _find(self, village: str, district: str) -> Place:
        found = self.candidates(village, district) or self._meant(village, district, slips=True)
        if len(found) == 1:
            return Place(*found)
        return Place(None, "village.ambiguous" if found else "village.unknown")

    def beginning(self, text: str) -> str:
        """The only name of a village that begins with a text, with or without "Desa"; else ""."""
        for begun in map(_spaced, _names(plain(text).casefold(), "village")):
            found = [name for name in self.villages.written if begun and name.startswith(begun)]
            if found:
                return found[0] if len(found) == 1 else ""
        return ""

    def candidates(self, village: str, district: str) -> set[str]:
        """Codes of all villages that two texts may mean, without typing errors."""
        answer = self.answers and self.answers.get(villages.written(village, district))
        if answer:
            return {answer}
        return self._meant(village, district, slips=False)

    def _meant(self, village: str, district: str, *, slips: bool) -> set[str]:
        found = self._by_text(plain(village).casefold(), slips=slips)
        district = plain(district).casefold()
        within = self._districts(district, slips=True)
        if within:
            return _inside(found, within)
        return set() if found and self._is_elsewhere(district) else found

    def _districts(self, text: str, *, slips: bool) -> set[str]:
        """Codes of the districts that a text may mean; none for one that is unknown."""
        if code := _DISTRICT_CODE.search(text):
            known = {each for codes in self.districts.written.values() for each in codes}
            if (dotted := ".".join(code.groups())) in known:
                return {dotted}
        for part in (text, *_marked(text)):
            for name in _names(part, "district"):
                if found := self.districts.find(name):
                    return found
        found = self.districts.nearly(_bare(text, "district")) if slips else set()
        return found if len(found) == 1 else set()

    @lru_cache(maxsize=1024)  # noqa: B019 one for each list, as long as the list is read
    def _is_elsewhere(self, district: str) -> bool:
        """Whether a text is the name of a district, and not one of this area: a misspelt name is
        ignored, but who names another regency's district does not mean a village of this one."""
        name = _bare(district, "district").strip()
        return bool(name) and Area.objects.districts().filter(name__iexact=name).exists()

    def _by_text(self, text: str, *, slips: bool) -> set[str]:
        if code := _CODE.search(text):
            known = self.codes.get(code[0].replace(".", ""))
            rest = text[: code.start()] + " " + text[code.end() :]
            named = self._by_text(rest, slips=slips) if any(map(str.isalpha, rest)) else set()
            return named if known is None else {known} if known in named else {known} | named
        copied = _COPIED.sub("", text)
        if copied != text:  # the sheet SENDEN (2), or the village Senden Dua
            found = self._by_text(copied, slips=slips)
            return found | self._villages(text, slips=slips)
        for name in _names(text, "village"):
            if found := self._villages(name, slips=slips):
                return self._with_short_code(found, text)
        return self._with_short_code(self._beside_district(text, slips=slips), text)

    def _villages(self, name: str, *, slips: bool) -> set[str]:
        return self.villages.nearly(name) if slips else self.villages.find(name)

    @staticmethod
    def _with_short_code(found: set[str], text: str) -> set[str]:
        """Of several villages that one whose last four digits stand beside the name."""
        short = _SHORT_CODE.search(text)
        return {code for code in found if short and code.endswith(short[0])} or found

    def _beside_district(self, text: str, *, slips: bool) -> set[str]:
        """The village in a text that names its district or regency as well: "SENDEN, KAMPAK"."""
        found: set[str] = set()
        for parts in _divisions(text):
            for at, part in enumerate(parts):
                others = [*parts[:at], *parts[at + 1 :]]
                found |= self._part(part, others, slips=slips)
        return found

    def _part(self, part: str, others: list[str], *, slips: bool) -> set[str]:
        """Villages that one part of a text names, if all others name where they lie."""
        if _LABEL["district"].match(part) or self._is_hamlet(part):
            return set()
        names = _names(part, "village")
        found = next(filter(None, (self._villages(name, slips=slips) for name in names)), set())
        for other in others:
            if not found:
                return found
            if self._is_hamlet(other):
                continue
            wider = _LABEL["wider"].match(other)
            within = set() if wider else self._districts(other, slips=slips)
            # Regencies have districts of their own name.
            within = within | (self.wider.find(other) or self.wider.find(_bare(other, "wider")))
            found = _inside(found, within)
        return found

    def _is_hamlet(self, part: str) -> bool:
        """Whether a part of a text names a hamlet or RT, and not a village Dusun Tua."""
        return bool(_LABEL["within"].match(part)) and not self.villages.find(part)


def _inside(codes: set[str], within: set[str]) -> set[str]:
    """Those villages that lie in one of some areas."""
    return {code for code in codes if any(code.startswith(f"{area}.") for area in within)}


def _names(text: str, kind: str) -> Iterator[str]:
    """What may be the name in a text: all of it, without a label ("desa"), without a number."""
    yield from _barer(text, kind)
    without = _NUMBER.sub(" ", text)
    if without != text:
        yield from _barer(without, kind)


def _barer(text: str, kind: str) -> Iterator[str]:
    """A text, then without its first label, and so on: of "Desa Kampung Baru" three."""
    text = text.strip(" \t.,:;-_/")
    yield text
    while (label := _LABEL[kind].match(text)) and label.end() < len(text):
        text = text[label.end() :]
        yield text


def _bare(text: str, kind: str) -> str:
    """A text without all labels before the name."""
    *_, last = _barer(text, kind)
    return last


def _divisions(text: str) -> Iterator[list[str]]:
    """A text cut into a village and the areas that it lies in: at marks and words, at hyphens, and
    last between any two words."""
    marked = _marked(text)
    if len(marked) > 1:
        yield marked
        return
    hyphened = _parts(text.split("-"))
    if len(hyphened) > 1:
        yield hyphened
    words = text.split()
    for at in range(1, len(words) if len(words) <= _MOST_WORDS else 0):
        yield [" ".join(words[:at]), " ".join(words[at:])]


def _marked(text: str) -> list[str]:
    """The parts between marks and before labels; a label stays with its name: "Ds. | Dukuh"."""
    parts: list[str] = []
    for part in _parts(_SEPARATOR.split(_BEFORE_LABEL.sub(",", text))):
        if parts and _ONLY_LABEL.fullmatch(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts


def _parts(texts: Iterable[str]) -> list[str]:
    """Parts that hold letters and more than a label: of "Kec. Kampak" cut at the dot the latter."""
    return [text.strip() for text in texts if any(map(str.isalpha, text))]


def _spaced(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


def _words(name: str) -> tuple[str, ...]:
    """The words of a name; numerals as digits, usual abbreviations in full.

    A roman numeral is never the first word: V Koto has its name from the letter that people say.
    """
    words = re.findall(r"[^\W\d_]+|\d+", name.casefold())
    if len(words) > 2 and all(len(word) == 1 for word in words):
        words = ["".join(words)]  # S E N D E N
    return tuple(
        _SAME.get(word, word.lstrip("0") or word) if at or len(word) > 1 else word
        for at, word in enumerate(words)
    )


def _sound(name: str) -> str:
    """A name without what old and new spellings differ in: Soekoredjo, Sukkorejo, Suko Rejo."""
    joined = "".join(_words(name))
    for old, new in _OLD:
        joined = joined.replace(old, new)
    return re.sub(r"([^\W\d])\1", r"\1", joined)


def _shortens(typed: str, word: str) -> bool:
    """Whether a word is written in full or by some of its letters, the first one among them."""
    if typed == word:
        return True
    if not _SHORT_WORD.fullmatch(typed) or len(word) <= len(typed) or typed[0] != word[0]:
        return False
    rest = iter(word)
    return all(letter in rest for letter in typed)


def _mistyped(typed: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether a name is another one with a typing error, which is neither the first letter, nor a
    number, nor a roman numeral at the end."""
    one, other = "".join(typed), "".join(known)
    if not one_slip(one, other):
        return False
    if not any(map(str.isdigit, one + other)):
        return one == other or one.rstrip(_ROMAN) != other.rstrip(_ROMAN)
    different = [pair for pair in zip(typed, known, strict=False) if pair[0] != pair[1]]
    words = [word for pair in different for word in pair]
    return len(typed) == len(known) and all(len(word) > 3 and word.isalpha() for word in words)
