"""The network address a request comes from, as far as it can be trusted."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the caller.

    Anybody can write X-Forwarded-For, so only the entries that our own reverse proxies
    (settings.TRUSTED_PROXIES, a count) have added at its right end are trusted.
    """
    direct = _plain(request.META.get("REMOTE_ADDR") or "")
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not settings.TRUSTED_PROXIES:
        return direct
    return _plain(hops[-min(settings.TRUSTED_PROXIES, len(hops))].strip()) or direct


def _plain(text: str) -> str | None:
    """An address as PostgreSQL stores it: without a zone, and of IPv4 as such, or all of IPv4 would
    be one network of IPv6. None if it is no address."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
