"""How something stands: what a badge on a page says of it.

The room that owns a state says which standing it means; templates only show it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Standing:
    """`tone`: plain, moving, attention, good or refused (docs/design.md); `next`: what happens
    next; `mark`: an icon instead of the tone's.
    """

    tone: str
    word: str
    next: str = ""
    mark: str = ""

    @property
    def now(self) -> Standing:
        """Without what happens next."""
        return replace(self, next="")
