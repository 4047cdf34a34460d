"""What later rooms know and reading needs: names of villages, occupations, words for dead or gone.

Whoever reads a list hands it in. Without it, a sheet is read by its own words alone.
"""

from __future__ import annotations

__all__ = ["NOTHING", "Knowledge"]


class Knowledge:
    """Knows nothing; to be derived from."""

    def is_village(self, text: str) -> bool:
        """Whether the text names a village that the list may be about."""
        return False

    def village_beginning(self, text: str) -> str:
        """The only village whose name begins with the text, where its end has been cut off."""
        return ""

    def is_occupation(self, text: str) -> bool:
        """Whether the text is an occupation."""
        return False

    def is_ended(self, text: str) -> bool:
        """Whether the text, said of a person, means that this person died, moved or is gone."""
        return False

    def may_tell(self, text: str) -> bool:
        """A quick look whether a row, in small letters, may hold a word for dead or gone."""
        return False

    def is_about_ended(self, text: str) -> bool:
        """Whether a title speaks of people who died or moved, even if not plainly."""
        return self.is_ended(text)

    def asks_of_illness(self, text: str) -> bool:
        """Whether the text is how the regency asks if somebody is too ill to work."""
        return False

    def villages_known(self) -> bool:
        """Whether `is_village` knows the villages at all."""
        return False


NOTHING = Knowledge()
