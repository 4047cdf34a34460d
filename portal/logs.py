"""Logs as JSON lines, and error reports, in which no NIK or family-card number is readable."""

import logging
import logging.config
import re
import sys

import psycopg2
import structlog
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

# Sixteen digits, also as people group them: 3522 1562 0801 0001 or 35.22.15.620801.0001
SIXTEEN_DIGITS = re.compile(r"(?<![\d.])(\d(?:[ .-]?\d){5})(?:[ .-]?\d){10}(?!\d)")


def mask(text: str) -> str:
    """Return the text with the last ten digits of each 16-digit number as stars."""
    return SIXTEEN_DIGITS.sub(r"\1**********", text)


def mask_line(_logger, _method, line):
    """The last structlog processor, so it masks the whole line including a traceback."""
    return mask(line)


def format_error(logger, method, event):
    """Write out the error of a record; what PostgreSQL quotes in it (a key, a row, the statement)
    is left out, since it holds names."""
    quotes = quoted(event.get("exc_info"))
    event = structlog.processors.format_exc_info(logger, method, event)
    for name, value in event.items():
        if isinstance(value, str):
            for quote, instead in quotes:
                value = value.replace(quote, instead)
            event[name] = value
    return event


def quoted(exc_info):
    """(text of an error of the database, what is logged instead) for all in its chain. Celery
    writes the text into a message too, as Python spells it."""
    error = sys.exc_info()[1] if exc_info is True else exc_info
    error = error[1] if isinstance(error, tuple) else error
    found = []
    while error:
        if isinstance(error, psycopg2.Error) and error.pgcode:
            text = str(error)
            found += [(spelt, summary(error)) for spelt in (text, repr(text)[1:-1])]
        error = error.__cause__ or error.__context__
    return found


def summary(error: psycopg2.Error) -> str:
    """An error of the database without values; those of class 22 are about a value and quote it."""
    code = error.pgcode or ""
    said = "a value does not fit" if code.startswith("22") else error.diag.message_primary
    return f"{said} (SQLSTATE {code})"


BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]


def configure(level="INFO"):
    """Send every logger's records to stderr, one masked JSON object a line."""
    structlog.configure(
        processors=[*BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(dictionary(level))


def dictionary(level):
    """Return the standard library's logging configuration (gunicorn wants it too)."""
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": BEFORE,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            format_error,
            structlog.processors.JSONRenderer(ensure_ascii=False),
            mask_line,
        ],
    }
    gunicorn = {"handlers": [], "propagate": True}  # it brings handlers of its own
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "gunicorn.error": gunicorn,
            "waitress.queue": {"level": "ERROR"},  # that a request waits for a thread is no news
            "django.db.backends": {"level": "INFO"},  # below it each statement, with its values
        },
    }


class MaskedReport(ExceptionReporter):
    """An error report, as page or mail, in which 16-digit numbers are masked."""

    def get_traceback_html(self):
        return mask(super().get_traceback_html())

    def get_traceback_text(self):
        return mask(super().get_traceback_text())


class NothingPersonal(SafeExceptionReporterFilter):
    """Leaves out posted values and local variables, which hold names and addresses."""

    def get_post_parameters(self, request):
        return dict.fromkeys(getattr(request, "POST", {}), self.cleansed_substitute)

    def get_traceback_frame_variables(self, request, tb_frame):
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
