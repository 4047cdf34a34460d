"""What is collected holds every file that a page asks for, and no edition that none asks for."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.test import override_settings
from django_htmx.jinja import htmx_script

from portal.launch import staticfiles
from portal.launch.stylesheets import as_stored

NAMED = re.compile(r"""{% static ['"]([^'"]+)['"] %}""")
SERVED = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "portal.launch.stylesheets.ShortStylesheets"},
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STORAGES=SERVED, STATIC_ROOT=folder):
        assert staticfiles.collect()
        yield folder


def named_by_templates():
    """In our templates and in those of the settings pages."""
    others = [Path(apps.get_app_config(app).path) for app in ("admin", "import_export")]
    for folder in (settings.BASE_DIR, *others):
        for path in (folder / "templates").rglob("*.html"):
            yield from NAMED.findall(path.read_text())


def test_every_file_that_a_template_names_is_there(collected):
    names = set(named_by_templates())
    assert {"css/bootstrap.min.css", "admin/css/base.css"} <= names
    for name in names:
        assert (collected / static(name).removeprefix(settings.STATIC_URL)).is_file(), name


def test_every_file_of_the_settings_pages_is_there(collected):
    for model_admin in admin.site._registry.values():
        inlines = [inline(model_admin.model, admin.site) for inline in model_admin.inlines]
        for part in (model_admin, *inlines):
            assert str(part.media)  # raises ValueError for a file that was not collected


def test_style_sheets_are_stored_short_and_compressed(collected):
    stored = collected / static("portal/portal.css").removeprefix(settings.STATIC_URL)
    written = Path(finders.find("portal/portal.css")).read_bytes()
    assert b"/*" in written, "the control"
    assert stored.read_bytes() == as_stored("portal.css", written)
    assert b"/*" not in stored.read_bytes() and b"  " not in stored.read_bytes()
    for compressed, unpack in ((".br", brotli.decompress), (".gz", gzip.decompress)):
        file = stored.with_name(stored.name + compressed)
        assert unpack(file.read_bytes()) == stored.read_bytes()
    assert as_stored("css/bootstrap.min.css", b"/*!a*/") == b"/*!a*/"


def test_the_script_of_htmx_is_there(collected):
    (address,) = re.findall(r'src="([^"]+htmx[^"]+)"', htmx_script())
    assert (collected / address.removeprefix(settings.STATIC_URL)).is_file()


def test_editions_that_no_page_takes_are_left_out(collected):
    for name in ("css/bootstrap.css", "django_htmx/htmax-4.js", "admin/js/vendor/jquery/jquery.js"):
        assert finders.find(name), "there is nothing to leave out"
        assert not list((collected / name).parent.glob(f"{Path(name).stem}.????????????.*"))


def test_it_is_collected_once(collected):
    assert not staticfiles.collect()
