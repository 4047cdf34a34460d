"""The demo's password is printed on every screen that starts it: for this machine alone."""

import ipaddress
import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PUBLIC = (
    "This database holds accounts of the demo, whose password everybody knows: it is served on "
    "127.0.0.1 alone, and never in production. Begin with an empty database and no demo: "
    "bin/run --no-demo, with another folder in PORTAL_DATA."
)


def is_local(host: str) -> bool:
    """Whether only this machine reaches a server that listens on `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_strangers():
    """Raise ImproperlyConfigured when others than this machine could log in to the demo."""
    from enrollment.demo import accounts

    local = is_local(os.environ.get("HOST") or "127.0.0.1")
    if (settings.PRODUCTION or not local) and accounts.are_here():
        raise ImproperlyConfigured(PUBLIC)
