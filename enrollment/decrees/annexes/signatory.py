"""Who signs, as it stands under a decree."""

from __future__ import annotations

from dataclasses import dataclass

from enrollment.decrees.annex import signed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """`head` is whose decree it is ("Bupati Sijunjung", "Wali Kota Solok", "Wali Nagari Padang
    Laweh"); `acting` says that it is somebody who stands in ("Pj.", "Plt."); `on_behalf` is the
    office that signs for the head ("Sekretaris Daerah"). Rank and NIP are optional.
    """

    head: str
    name: str
    acting: str = ""
    on_behalf: str = ""
    rank: str = ""
    nip: str = ""

    @property
    def titles(self) -> list[str]:
        """`BUPATI SIJUNJUNG,`, `Pj. BUPATI SIJUNJUNG,` or `a.n. BUPATI SIJUNJUNG` and, on a line
        of its own, `SEKRETARIS DAERAH,`."""
        head = f"{self.acting} {_office(self.head)}".strip()
        if self.on_behalf:
            return [f"a.n. {head}", f"{_office(self.on_behalf)},"]
        return [f"{head},"]

    @property
    def written(self) -> str:
        """The name in capitals, with its degrees as they are written."""
        return signed_by(self.name)

    @property
    def under(self) -> list[str]:
        """The lines below the name."""
        return [line for line in (self.rank, f"NIP {self.nip}" if self.nip else "") if line]


def _office(title: str) -> str:
    """A title in capitals; what is shortened stays as it is ("Pj. BUPATI")."""
    return " ".join(word if word.endswith(".") else word.upper() for word in title.split())
