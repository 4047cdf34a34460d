"""Annexes as PDF for the tests: made from invented people, and their text read back."""

from io import BytesIO
from tempfile import TemporaryFile

from pypdf import PdfReader

from enrollment.decrees.annexes.layout import Layout
from enrollment.decrees.annexes.setting import write_pdf
from tests.decrees.people import PEOPLE, TRENGGALEK


def pdf(rows=PEOPLE, header=TRENGGALEK, **look):
    """The bytes of an annex; `look` goes to `Layout`."""
    with TemporaryFile() as out:
        write_pdf(out, Layout(header, **look), rows)
        out.seek(0)
        return out.read()


def pages(data):
    """The text of each page, as a reader of PDFs gives it."""
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def squeezed(text):
    """Text without white space and without the marks at which long words may be broken."""
    return "".join(text.replace("\u200b", "").split())
