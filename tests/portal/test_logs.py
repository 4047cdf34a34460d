"""No NIK and no family-card number is readable in logs and error reports."""

import io
import json
import logging
import subprocess
import sys

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.views.debug import get_exception_reporter_class, get_exception_reporter_filter
from hypothesis import given
from hypothesis import strategies as st

from portal import logs

NIK = "3522156008010001"
TYPED = {"name": "SITI KENARI", "nik": NIK}


@pytest.mark.parametrize(
    "written",
    ["3522156008010001", "3522 1560 0801 0001", "352215.600801.0001", "35-22-15-600801-0001"],
)
def test_a_nik_is_masked_however_it_is_grouped(written):
    masked = logs.mask(f"NIK {written} sudah ada")
    digits = "".join(filter(str.isdigit, masked))
    assert (digits, masked.count("*")) == ("352215", 10)


@given(before=st.text(), nik=st.from_regex(r"\A[0-9]{16}\Z"), after=st.text())
def test_no_sixteen_digits_in_a_row_survive(before, nik, after):
    masked = logs.mask(f"{before}|{nik}|{after}")
    assert f"|{nik}|" not in masked


@pytest.mark.parametrize(
    "harmless",
    [
        "2026-11-21T20:15:01.842464Z",
        "Rp2.016.000.000",
        "35.22.15.2001",
        "127.0.0.1:54145",
        "12345678901234567890",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    ],
)
def test_other_numbers_stay_readable(harmless):
    assert logs.mask(harmless) == harmless


def test_messages_arguments_and_tracebacks_are_masked_json_lines():
    """In a process of its own, since pytest takes over the handlers in this one."""
    script = f"""
import logging, structlog
from portal import logs
logs.configure()
structlog.get_logger("impor").info("dibaca", nik="{NIK}")
logging.getLogger("django.request").warning("Not Found: %s", "/cari/{NIK}/")
try:
    int("x{NIK}")
except ValueError:
    logging.getLogger("celery").exception("gagal")
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert [line["event"] for line in lines] == [
        "dibaca",
        "Not Found: /cari/352215**********/",
        "gagal",
    ]
    assert lines[0]["nik"] == "352215**********"
    assert "x352215**********" in lines[2]["exception"]
    assert NIK not in result.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (
            "INSERT INTO django_content_type VALUES (NULL, 'SITI KENARI', '')",
            "null value in column",
        ),
        ("SELECT 'SITI KENARI'::int", "a value does not fit (SQLSTATE 22P02)"),
        ("SELECT name FROM kenari WHERE name = 'SITI KENARI'", '"kenari" does not exist'),
    ],
)
def test_an_error_of_the_database_is_logged_without_what_it_quotes(statement, kind):
    """Whether it comes as an exception or, as Celery does it, in the message as well."""
    handler = logging.StreamHandler(stream := io.StringIO())
    handler.setFormatter(formatter())
    logger = logging.Logger("celery")
    logger.addHandler(handler)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        assert "SITI KENARI" in str(error), "there was nothing to leave out"
        logger.exception("Task raised unexpected: %r", error)
    line = json.loads(stream.getvalue())
    for text in (line["exception"], line["event"]):
        assert kind in text
    assert "KENARI" not in stream.getvalue()


def formatter():
    built = {**logs.dictionary("INFO")["formatters"]["json"]}
    return built.pop("()")(**built)


def test_an_error_report_holds_no_personal_data(settings):
    """Posted values and local variables are left out; numbers in the message are masked."""
    settings.DEBUG = False
    request = RequestFactory().post("/pekerja/", TYPED)
    posted_name = request.POST["name"]
    try:
        raise ValueError(f"NIK {NIK} ganda")
    except ValueError as error:
        reporter = get_exception_reporter_class(request)(
            request, type(error), error, error.__traceback__
        )
    for report in (reporter.get_traceback_text(), reporter.get_traceback_html()):
        assert "NIK 352215********** ganda" in report
        assert NIK not in report
        assert posted_name not in report
    assert (
        get_exception_reporter_filter(request).get_post_parameters(request)["name"] != posted_name
    )


def test_our_loggers_reach_the_masking_handler():
    assert logging.getLogger("django").propagate
    handlers = logs.dictionary("INFO")["root"]["handlers"]
    assert handlers == ["stderr"]
