"""Word files for the tests: templates made with python-docx, and the text of what comes out."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from enrollment.decrees.letters.views import DOCX


def template(*paragraphs, header=""):
    """A Word file with these paragraphs, and words at the head of its pages."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def upload(content, name="templat.docx"):
    return SimpleUploadedFile(name, content, content_type=DOCX)


def text(data):
    """All text of a Word file, a line for each paragraph; a row of a table is a line."""
    lines = []
    for block in Document(BytesIO(data)).iter_inner_content():
        if hasattr(block, "rows"):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)
