"""Whose address a request comes from, as far as it can be believed."""

from django.conf import settings


def client_address(request) -> str:
    """Return the address of the caller.

    X-Forwarded-For is written by whoever likes to, so only the entries that our own
    reverse proxies (settings.TRUSTED_PROXIES, a count) added at its right end are believed.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    hops.append(request.META.get("REMOTE_ADDR", ""))
    return hops[max(-1 - settings.TRUSTED_PROXIES, -len(hops))] or hops[-1]
