"""TLS to a database that is elsewhere.

NIKs and passwords must not cross a network that others can read. So the address of a database on
another machine gets `sslmode=verify-full`, which also makes sure that it is the right server,
unless the address says something else itself.
"""

import ipaddress
from pathlib import Path
from urllib.parse import quote

from psycopg2.extensions import parse_dsn

NEARBY = ("localhost", "db")
"""This machine, and PostgreSQL's container in docker-compose.yml, whose network is its own."""
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
"""Those that the system trusts. libpq itself looks into a home folder that servers do not have."""
KEPT = ("sslmode", "sslrootcert", "sslcert", "sslkey")
"""What an address says about TLS; addresses that are made from it say the same."""

REFUSED = (
    "A database on another machine is reached by TLS with a checked certificate (verify-full). "
    "Switch TLS on there, and name the authority of its certificate in the address: "
    "…/lindungdesa?sslrootcert=/path/to/authority.pem (docs/operations.md). "
)


def secured(url: str) -> str:
    """The address, with TLS if the database is elsewhere."""
    given = parse_dsn(url)
    if "sslmode" in given or all(map(is_nearby, given.get("host", "").split(","))):
        return url
    added = "sslmode=verify-full"
    if "sslrootcert" not in given and AUTHORITIES.exists():
        added += f"&sslrootcert={quote(str(AUTHORITIES), safe='')}"
    return f"{url}{'&' if '?' in url else '?'}{added}"


def is_nearby(host: str) -> bool:
    """Whether a connection to this host leaves neither the machine nor compose's own network."""
    if not host or host.startswith("/") or host in NEARBY:  # a folder: the socket in it
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def sentence(error: Exception) -> str:
    """What to do about an error of the connection, if TLS is the cause; else nothing."""
    return REFUSED if "SSL" in str(error) or "certificate" in str(error) else ""
