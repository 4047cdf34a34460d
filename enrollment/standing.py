"""The tone and words with which a page shows the state of a record, usually as a badge.

The room that owns a state decides which standing belongs to it; templates only display it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Standing:
    """`tone`: plain, moving, attention, good or refused (docs/design.md); `next`: what happens
    next; `mark`: an icon to show instead of the usual icon of the tone.
    """

    tone: str
    word: str
    next: str = ""
    mark: str = ""

    @property
    def now(self) -> Standing:
        """The same standing without the next step."""
        return replace(self, next="")
