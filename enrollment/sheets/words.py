"""The words of a heading in one spelling.

People write headings in endless ways: `N I K`, `noKK`, `tempatlahir`, `3. Tgl. Lhr *`, `JENSI
KELAMIN`. They are built from few words, which this module finds: written apart or together, in
Indonesian or English, abbreviated, with a typing error. `meanings.py` says what they mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from enrollment.sheets import vocabulary

__all__ = ["Words", "asks_the_same", "is_about_health", "normalise", "words_of"]

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETS = re.compile(r"\(([^)]*)\)?|\[([^\]]*)\]?")
_NUMBERED = re.compile(
    r"^\s*(?:[(\[]?[a-zA-Z]{0,2}\d{1,4}[a-z]?\s*[.)\]:\-]+|[a-zA-Z]\s*[.)]\s)\s*(?=[^\W\d_]|[\[(])"
)
_WORD = re.compile(r"[a-z]+|\d+")


class Words(NamedTuple):
    """A heading's words: those that name something, those behind ("sesuai KTP"), those in brackets.

    `apart`: whether a slash, a comma or "dan" stands between the words.
    """

    named: tuple[str, ...]
    behind: tuple[str, ...] = ()
    bracketed: tuple[str, ...] = ()
    apart: bool = False


@lru_cache(maxsize=8192)
def words_of(text: str) -> Words:
    """The words of one heading; nothing is named in a sentence that explains a column."""
    if _is_sentence(text):
        return Words(())
    text = unicodedata.normalize("NFKC", text)
    for _ in range(2):
        text = _unwrapped(_NUMBERED.sub("", text.strip(" \n\t:.*")))
    bracketed = " ".join(a or b for a, b in _BRACKETS.findall(text))
    outside = _BRACKETS.sub(" ", text)
    named, behind = _split(_spelled(_without_address(outside)))
    apart = bool(re.search(r"[/,&+]|\bdan\b|\n", outside.strip(" ,/\n"), re.I))
    if not named:
        return Words(_spelled(bracketed), behind)
    return Words(named, behind, _split(_spelled(bracketed))[0], apart)


def _is_sentence(text: str) -> bool:
    """Whether this is a whole sentence, which explains a column and is not a heading."""
    written = text.split()
    if len(written) < 4 or not text.rstrip().endswith(".") or not written[0][:1].isupper():
        return False
    small = sum(word[:1].islower() for word in written)
    return 2 * small > len(written) or written[0].casefold() in vocabulary.ASKING


def _unwrapped(text: str) -> str:
    """A heading that stands in brackets as a whole, without them."""
    if text.startswith("[") and "]" in text:
        return text[1:].replace("]", " ", 1)
    whole = re.fullmatch(r"\s*(?:\[(.*)\]|\(([^()]*)\))\s*", text, re.S)
    return (whole[1] or whole[2] or "") if whole else text


def _without_address(text: str) -> str:
    """A question without the polite "Bapak/Ibu", which is not about the parents."""
    asks = "?" in text or not vocabulary.ASKING.isdisjoint(text.casefold().split())
    return re.sub(r"\bbapak\W+ibu\b|\bibu\W+bapak\b", " ", text, flags=re.I) if asks else text


def normalise(text: str) -> str:
    """A heading in one spelling, without what stands in brackets or behind."""
    return " ".join(words_of(text).named)


def is_about_health(text: str) -> bool:
    """Whether a heading or a remark has a word about somebody's health. No slip of the fingers is
    forgiven: "hasil" is not "hamil"."""
    words = _bare(text)
    return any(
        any(part in word for part in vocabulary.HEALTH)
        and not (at and words[at - 1] in vocabulary.NOT_OF_HEALTH)
        for at, word in enumerate(words)
    )


def asks_the_same(text: str, question: str) -> bool:
    """Whether two texts have the same words, however they are punctuated."""
    return bool(question) and _bare(text) == _bare(question)


def _bare(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _letters_joined(_WORD.findall(folded))


def _split(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a heading names, and the clause behind it; what asks ("tuliskan", "siapa") goes."""
    words = _without_fillers(tuple(word for word in words if word not in vocabulary.ASKING))
    for at, word in enumerate(words):
        if word in vocabulary.CLAUSES:
            return words[:at], words[at + 1 :]
    return words, ()


def _without_fillers(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words from the first known one on: a question may begin with anything."""
    known = (at for at, word in enumerate(words) if word in vocabulary.KNOWN)
    first = next(known, 0)
    return words[first:] if len(words) > 3 else words


@lru_cache(maxsize=8192)
def _spelled(text: str) -> tuple[str, ...]:
    found = [word for whole in text.split() for word in _uncamelled(whole)]
    spelled: list[str] = []
    for word in _letters_joined(found):
        for part in _known(word):
            if not (spelled and spelled[-1] == part):
                spelled.append(part)
    return tuple(_with_phrases(spelled))


def _uncamelled(text: str) -> list[str]:
    """The words of `namaLengkap`; WhatsApp is a known word, in spite of its capital letter."""
    whole = _WORD.findall(text.casefold())
    if len(whole) == 1 and _is_known(whole[0]):
        return whole
    return _WORD.findall(_CAMEL.sub(" ", text).casefold())


def _is_known(word: str) -> bool:
    """Whether this is a known word, perhaps with one slip."""
    near = (known for known in _of_about_length(len(word), 1) if len(word) > 6)
    slips = (OSA.distance(word, known, score_cutoff=1) for known in near)
    return word in vocabulary.SPELLING or any(slip <= 1 for slip in slips)


def _with_phrases(words: list[str]) -> list[str]:
    """The words with what phrases such as "rukun warga" mean together."""
    for phrase, meant in vocabulary.PHRASES.items():
        for at in range(len(words) - len(phrase), -1, -1):
            if _is_phrase(words[at : at + len(phrase)], phrase):
                words[at : at + len(phrase)] = meant
    return words


def _is_phrase(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    """Whether the words are those of the phrase; one may be misspelt: of several known words that
    it resembles ("tenga": tenaga, tengah), those beside it tell which is meant."""
    if len(words) != len(phrase):
        return False
    wrong = [pair for pair in zip(words, phrase, strict=True) if pair[0] != pair[1]]
    return not wrong or (len(wrong) == 1 < len(phrase) and _is_slip(*wrong[0]))


def _is_slip(word: str, known: str) -> bool:
    """Whether an unknown word is this one with a slip of the fingers."""
    if len(word) < 5 or word in vocabulary.KNOWN:
        return False
    return OSA.distance(word, known, score_cutoff=1) <= 1


def _letters_joined(words: list[str]) -> list[str]:
    """N I K and R T as single words: letters written apart are joined."""
    joined: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            joined += [run] if len(run) > 1 and run not in ("lp", "pl") else list(run)
            run = ""
        if word:
            joined.append(word)
    return joined


@lru_cache(maxsize=8192)
def _known(word: str) -> tuple[str, ...]:
    """The word in its usual spelling; several where it is written together."""
    if word in vocabulary.SPELLING:
        return (vocabulary.SPELLING[word],)
    if word.isdigit() or len(word) < 4:
        return (word,)
    parts = _parts(word, 4)
    if len(set(parts)) > 1:  # "pekkerja" is no work of work
        return parts
    return (_without_typing_error(word),)


def _parts(word: str, most: int) -> tuple[str, ...]:
    """`tempatlahir` as ("tempat", "lahir"), if known words make it up, the longest first."""
    for length in range(len(word) - 2, 1, -1):
        first = vocabulary.SPELLING.get(word[:length])
        if first is None or (length < 3 and word[:length] not in vocabulary.SHORT):
            continue
        rest = word[length:]
        if rest in vocabulary.SPELLING and (len(rest) > 2 or rest in vocabulary.SHORT):
            return (first, vocabulary.SPELLING[rest])
        if most > 2 and (more := _parts(rest, most - 1)):
            return (first, *more)
    return ()


def _without_typing_error(word: str) -> str:
    """The known word that differs by one slip of the fingers (two in a long word); of two the one
    with the same letters, else the longer one, since letters are left out more often than added."""
    if len(word) < 4:
        return word
    slips = 2 if len(word) >= 9 else 1
    near: dict[str, tuple[int, bool, int]] = {}
    for known in _of_about_length(len(word), slips):
        if (distance := OSA.distance(word, known, score_cutoff=slips)) <= slips and (
            len(word) > 4 or sorted(word) == sorted(known)
        ):
            meant = vocabulary.SPELLING[known]
            slip = distance, sorted(word) != sorted(known), -len(known)
            near[meant] = min(slip, near.get(meant, slip))
    closest = sorted(near, key=near.__getitem__)
    clear = len(closest) == 1 or (closest and near[closest[0]] < near[closest[1]])
    return closest[0] if clear else word


@cache
def _of_about_length(length: int, slips: int) -> tuple[str, ...]:
    return tuple(
        known
        for known in vocabulary.SPELLING
        if len(known) >= 4 and abs(len(known) - length) <= slips
    )
