"""A decree of Senden that its head has issued, for all tests of a module that only read."""

from types import SimpleNamespace

import pytest

from tests.decrees import drafts, signing
from tests.decrees.by_villages import own


@pytest.fixture(scope="module")
def story(kept_for_module):
    """A wave that villages decide, Senden's head, its issued decree, and the annexes of that."""
    subsidy, head = own.ready()
    decree = own.issued(subsidy, head)
    annexes = drafts.printed(decree)
    return SimpleNamespace(
        subsidy=subsidy, head=head, decree=signing.fresh(decree), annexes=annexes
    )
