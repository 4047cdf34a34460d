"""Of X-Forwarded-For, only the entries that our own proxies have added are trusted."""

import pytest
from django.test import RequestFactory

from villages.accounts.addresses import client_address


@pytest.mark.parametrize(
    ("proxies", "claimed", "believed"),
    [
        (0, None, "10.0.0.9"),
        (0, "1.1.1.1", "10.0.0.9"),  # anybody can write the header
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),  # the last entry is the proxy's
        (2, "1.1.1.1, 2.2.2.2, 3.3.3.3", "2.2.2.2"),
        (2, "2.2.2.2", "2.2.2.2"),
        (1, None, "10.0.0.9"),
        (1, "'; DROP TABLE", "10.0.0.9"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_only_entries_of_our_own_proxies_are_trusted(settings, proxies, claimed, believed):
    settings.TRUSTED_PROXIES = proxies
    header = {"HTTP_X_FORWARDED_FOR": claimed} if claimed else {}
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", **header)
    assert client_address(request) == believed


@pytest.mark.parametrize(
    ("direct", "stored"),
    [("::ffff:10.0.0.9", "10.0.0.9"), ("fe80::1%eth0", "fe80::1"), ("", None), ("@", None)],
)
def test_an_address_is_written_as_the_database_has_it(direct, stored):
    """Two of IPv4 that come over IPv6 are no neighbours, whom throttling would count together."""
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=direct)) == stored
