"""Web, worker and beat: their commands, starting and ending them."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from portal.launch import environment, keys, users

PATIENCE = 15  # seconds that a child gets to finish what it is doing


def commands(data: Path):
    """Name → command of each process of the portal."""
    celery = ["-m", "celery", "--app=portal"]
    beat = f"--schedule={data / 'beat' / 'schedule'}"
    return {
        "web": ["-m", "gunicorn", "--config=python:portal.launch.serving", "portal.wsgi"],
        "worker": [*celery, "worker", "--loglevel=INFO", "--without-mingle", "--without-gossip"],
        "beat": [*celery, "beat", "--loglevel=INFO", "--pidfile=", beat],
    }


class Children:
    """The started processes, recorded in a file so that the next run can end them after kill -9."""

    def __init__(self, data: Path):
        self.data = data
        self.account = users.unprivileged(data / "postgres")
        self.record = data / "run" / "children.json"
        self.running: dict[str, psutil.Popen] = {}
        self.variables: dict[str, str] = {}

    def start(self, variables, when_web_serves):
        """Start all of them; web first, so that pages are there sooner: `when_web_serves` returns
        when they are."""
        self.variables = self._without_rights(variables) if self.account else variables
        web, *others = commands(self.data)
        self.start_one(web)
        when_web_serves()
        for name in others:
            self.start_one(name)

    def start_one(self, name):
        if before := self.running.get(name):
            end_session(before.pid)
        with log_of(self.data, name).open("ab") as log:
            self.running[name] = psutil.Popen(
                [sys.executable, *commands(self.data)[name]],
                env=self.variables,
                cwd=environment.BASE,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us alone; we stop them in order
                **(self.account.identity() if self.account else {}),
            )
        with suppress(OSError):  # a full disk is a reason to go on
            self._write()

    def _without_rights(self, variables):
        """Let an account other than ours reach what it needs; return its environment."""
        for needed in (environment.BASE / "manage.py", Path(sys.prefix, "bin"), sys.executable):
            users.let_through(Path(needed))
        uploads = environment.uploads(self.data)
        uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
        static = Path(variables.get("STATIC_ROOT") or self.data / "static")
        for folder in (uploads, static, self.data / "beat"):
            users.let_through(folder)
            self.account.own(folder)
        key = variables.get("SECRET_KEY") or keys.generated(self.data / "secrets", "django-key")
        # Programs look for settings of theirs in HOME, and root's is closed to the account.
        return {**variables, "SECRET_KEY": key, "HOME": "/nonexistent"}

    def _write(self):
        known = [(child.pid, child.create_time()) for child in self.running.values()]
        draft = self.record.with_suffix(".draft")
        draft.write_text(json.dumps(known))
        draft.replace(self.record)

    def ended(self):
        """Return the names of those that ended by themselves."""
        return [name for name, child in self.running.items() if child.poll() is not None]

    def parts(self):
        """The processes, for the keeper."""
        return [Child(self, name) for name in commands(self.data)]

    def stop(self):
        end(list(self.running.values()))
        self.record.unlink(missing_ok=True)

    def end_left_over(self):
        """End what a killed run left; a pid that now belongs to another process is not touched."""
        with suppress(OSError, ValueError):
            for pid, started in json.loads(self.record.read_text()):
                with suppress(psutil.Error):
                    process = psutil.Process(pid)
                    if abs(process.create_time() - started) < 1:
                        end([process])
        self.record.unlink(missing_ok=True)


def end_session(leader: int):
    """End the children that a killed process has left: they would hold its port or its work."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if os.getsid(process.pid) == leader:
                process.kill()


class Child:
    """One of the processes, as `keeping` sees it."""

    def __init__(self, children: Children, name: str):
        self.children, self.key = children, name
        self.name = f"The portal's {name}"
        self.log = log_of(children.data, name)

    def alive(self):
        return self.children.running[self.key].poll() is None

    def start(self):
        self.children.start_one(self.key)


def log_of(data, name):
    return data / "logs" / f"{name}.log"


def end(processes):
    """Ask processes to end, and after PATIENCE end them and their children by force."""
    families = []
    for process in processes:
        with suppress(psutil.Error):
            families += [process, *process.children(recursive=True)]
            process.terminate()
    _, alive = psutil.wait_procs(families, timeout=PATIENCE)
    for process in alive:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(alive, timeout=5)
