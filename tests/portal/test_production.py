"""Production refuses what is unsafe, and what it accepts passes Django's own deployment check."""

import os
import secrets
import subprocess
import sys

import pytest

from tests.databases import BASE
from tests.selection import short

pytestmark = pytest.mark.slow

KEY = secrets.token_urlsafe(50)
OURS = {"SECRET_KEY", "DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"}
"""Variables of the tests' own process, which are left out; a browser test sets the last."""


def manage(*arguments, **variables):
    return python("manage.py", *arguments, **variables)


def python(*arguments, **variables):
    wanted = {"PORTAL_ENV": "production", "ALLOWED_HOSTS": "lindung.example.go.id"} | variables
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE,
        env=environment | wanted,
        capture_output=True,
        text=True,
    )


def settings(*names, **variables):
    """The values of these settings, as text."""
    script = f"from django.conf import settings as s; [print(getattr(s, n)) for n in {names}]"
    variables |= {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    return python("-c", script, **variables).stdout.splitlines()


def test_deployment_check_is_clean():
    result = manage("check", "--deploy", "--fail-level=INFO", SECRET_KEY=KEY, TRUSTED_PROXIES="1")
    assert result.returncode == 0, result.stderr
    assert "no issues (0 silenced)" in result.stdout


@pytest.mark.parametrize(
    "key",
    short(["", "short", "django-insecure-" + KEY, "change-me-" + KEY, "a" * 60], keep=2),
    ids=["none", "short", "Django's", "example", "one letter"],
)
def test_refuses_to_start_with_a_default_secret(key):
    result = manage("check", SECRET_KEY=key)
    assert result.returncode
    assert "Production needs a SECRET_KEY of its own" in result.stderr


def test_debug_cannot_be_switched_on():
    assert settings("DEBUG", SECRET_KEY=KEY, DEBUG="1") == ["False"]


def test_cookies_belong_to_this_host_alone_and_no_script_reads_them():
    names = [
        f"{cookie}_{what}"
        for cookie in ("SESSION_COOKIE", "CSRF_COOKIE")
        for what in ("NAME", "SECURE", "HTTPONLY")
    ]
    told = settings(*names, "UPLOAD_COOKIE_NAME", SECRET_KEY=KEY)
    assert told[:6] == ["__Host-session", "True", "True", "__Host-csrf", "True", "True"]
    assert told[6:] == ["__Host-upload"]


def test_the_generated_development_key_is_private(tmp_path):
    given = {"PORTAL_ENV": "development", "PORTAL_DATA": str(tmp_path)}
    keys = [settings("SECRET_KEY", **given) for _ in range(2)]
    path = tmp_path / "secrets" / "django-key"
    assert keys == [[path.read_text()]] * 2
    assert len(path.read_text()) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
