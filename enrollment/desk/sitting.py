"""The decisions of one sitting, from the log-in to the log-out, so that they can be taken back one
after another. The session has them: ids of rows and nothing about people."""

from __future__ import annotations

from typing import Any

from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry
from villages.models import Office

KEY = "meja"
MOST = 100
"""The latest ones; whoever wants to go farther back does so on the list."""


class Sitting:
    """Of one office in one programme; `session` belongs to the request."""

    def __init__(self, session: Any, programme: PremiumSubsidy, office: Office) -> None:
        self.session, self.desk = session, f"{office.pk}:{programme.pk}"

    @property
    def decided(self) -> list[int]:
        """The ids of the rows, the latest last."""
        return [pk for desk, pk in self.session.get(KEY, []) if desk == self.desk]

    def add(self, entry: Entry) -> None:
        self.session[KEY] = [*self.session.get(KEY, []), [self.desk, entry.pk]][-MOST:]

    def forget_last(self) -> None:
        """The last decision has been taken back, or can no longer be."""
        noted = self.session.get(KEY, [])
        last = max((at for at, (desk, _) in enumerate(noted) if desk == self.desk), default=None)
        if last is not None:
            self.session[KEY] = [*noted[:last], *noted[last + 1 :]]
