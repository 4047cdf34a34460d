import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def data_folder():
    """A PORTAL_DATA of the test's own. Not pytest's tmp_path, which is closed to the account
    that runs PostgreSQL when the tests run as root."""
    with tempfile.TemporaryDirectory(prefix="lindungdesa-") as folder:
        yield Path(folder)
