"""The network address a request comes from, as far as it can be trusted."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the caller.

    Anybody can write X-Forwarded-For, so only the entries that our own reverse proxies
    (settings.TRUSTED_PROXIES, a count) have added at its right end are trusted.
    """
    direct = request.META.get("REMOTE_ADDR") or None
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not settings.TRUSTED_PROXIES:
        return direct
    claimed = hops[-min(settings.TRUSTED_PROXIES, len(hops))].strip()
    try:
        return str(ip_address(claimed))
    except ValueError:  # no such header, or not an address
        return direct
