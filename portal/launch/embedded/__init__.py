"""PostgreSQL and Valkey from their wheels, for machines that have neither.

Several processes may use one data folder at once (bin/run, bin/manage, tests). Each holds a shared
file lock, which the kernel releases however the process ends; the last one to end stops the
servers. So nothing has to be cleaned up after kill -9.
"""

from portal.launch.embedded.postgres import Postgres
from portal.launch.embedded.services import (
    Revived,
    ServiceError,
    free_port,
    started,
    wait_until,
)
from portal.launch.embedded.valkey import Valkey

__all__ = ["Postgres", "Revived", "ServiceError", "Valkey", "free_port", "started", "wait_until"]
