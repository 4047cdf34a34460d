"""The account without rights that serves the portal when root starts it.

PostgreSQL, web, worker and beat run as it; root only starts and ends them, and keeps secrets and
logs to itself.
"""

import os
import pwd
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

NAME = "lindungdesa"


class NoAccount(Exception):
    """The account could not be made. The message says what to do."""


class Account(NamedTuple):
    uid: int
    gid: int

    def identity(self):
        """Arguments of `subprocess.Popen` that run a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path):
        """Make the account the owner of a folder and of all that lies in it."""
        for place, _, names in os.walk(folder):
            for path in (Path(place), *(Path(place, name) for name in names)):
                with suppress(FileNotFoundError):  # deleted meanwhile
                    os.chown(path, *self, follow_symlinks=False)


def unprivileged(home: Path) -> Account | None:
    """Whom to run as instead of root: the owner of `home`, or the system user. None: as we are."""
    if os.geteuid():
        return None
    if home.exists() and home.stat().st_uid:
        return Account(home.stat().st_uid, home.stat().st_gid)
    found = system_user()
    return Account(found.pw_uid, found.pw_gid)


def system_user():
    """The system user of the portal; created if missing."""
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell=/usr/sbin/nologin"]
        subprocess.run([*command, NAME], check=False)  # noqa: S603
    try:
        return pwd.getpwnam(NAME)
    except KeyError as error:
        raise NoAccount(
            "Nothing of the portal runs as root, and no account could be made for it. Run this as "
            f"an ordinary user, or make the account: useradd --system {NAME}"
        ) from error


def let_through(path: Path):
    """Let the account reach `path` (root only).

    Only the permission to pass through (o+x) is added to folders that lack it; their contents
    cannot be listed.
    """
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            print(f"Letting the portal's user pass through {folder} (o+x).", file=sys.stderr)
            folder.chmod(mode | 0o001)
