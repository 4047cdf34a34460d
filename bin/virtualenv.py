"""Create .venv, or update it when requirements*.txt has changed. Needs only Python itself.

Usage: python3 bin/virtualenv.py REQUIREMENTS_FILE. Prints nothing when there is nothing to do.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def fingerprint(name: str) -> str:
    """Hash of a requirements file and of the Python that reads it."""
    return hashlib.sha256(f"{VERSION}\n{(BASE / name).read_text()}".encode()).hexdigest()


def installed(name: str) -> bool:
    """Whether the file is installed. The stamp is written last, so that an installation which was
    killed does not count."""
    stamp = VENV / f".{name}"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint(name)


def works() -> bool:
    """Tell whether .venv has a Python of our version with a pip (its Python may be gone)."""
    if not PYTHON.exists():
        return False
    probe = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    result = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True)  # noqa: S603
    return result.stdout.strip() == VERSION


def create():
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "Python cannot make virtual environments here. Install what is missing with:\n"
            f"    sudo apt-get install python{VERSION}-venv"
        )
    shutil.rmtree(VENV, ignore_errors=True)
    run([sys.executable, "-m", "venv", VENV], "the virtual environment .venv could not be made")


def install(name: str):
    print(f"Installing {name} into .venv (once; about a minute) …", file=sys.stderr)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "--requirement", BASE / name], f"{name} could not be installed")
    # requirements-dev.txt contains all of requirements.txt: both are installed now.
    for stamped in {name, "requirements.txt"}:
        (VENV / f".{stamped}").write_text(fingerprint(stamped))


def run(command, failure):
    environment = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run(command, env=environment).returncode:  # noqa: S603
        sys.exit(f"Stopped: {failure} (see above).")


def main(name):
    if installed(name):
        return
    lock = (BASE / ".venv.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)  # several commands may start at once on a fresh checkout
    if installed(name):
        return
    if not works():
        create()
    install(name)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except PermissionError as error:
        sys.exit(f"{error.filename} is another user's. Make a checkout of your own to run it from.")
