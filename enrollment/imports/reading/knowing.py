"""What the database and the rules know that reading a sheet needs."""

from __future__ import annotations

from collections.abc import Mapping

from enrollment.imports.reading.places import Places
from enrollment.sheets.knowledge import Knowledge
from enrollment.sheets.words import asks_the_same
from enrollment.workers.checks.life import Life, may_say, said
from enrollment.workers.checks.values import fold, tidy


class Known(Knowledge):
    """Villages that a list may name, the occupations, and the words for dead or gone."""

    def __init__(self, places: Places, occupations: Mapping[str, str], question: str = ""):
        self.places, self.occupations, self.question = places, occupations, question
        self.villages: dict[str, bool] = {}

    def villages_known(self) -> bool:
        return True

    def is_village(self, text: str) -> bool:
        if text not in self.villages:
            self.villages[text] = bool(self.places.candidates(tidy(text, 100), ""))
        return self.villages[text]

    def asks_of_illness(self, text: str) -> bool:
        return asks_the_same(text, self.question)

    def village_beginning(self, text: str) -> str:
        return self.places.beginning(text)

    def is_occupation(self, text: str) -> bool:
        return fold(text) in self.occupations

    def may_tell(self, text: str) -> bool:
        return may_say(text)

    def is_about_ended(self, text: str) -> bool:
        return said(text) is not Life.GOES_ON

    def is_ended(self, text: str) -> bool:
        return said(text) is Life.ENDED
