"""Generated secrets of an installation, each one file readable by its owner alone."""

import os
import secrets
from pathlib import Path


def generated(folder: Path, name: str) -> str:
    """Return the secret kept in folder/name; the first caller creates it (mode 600)."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / name
    if not path.exists():
        draft = folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        # link() fails when another process was first, so that both read the same secret.
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
