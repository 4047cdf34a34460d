"""The annex of a decree as PDF: seconds and memory of the portal's typst beside three peers.

    bench/annex/pdf [--people 5000] [--grow 1000,10000,157058]

Each writes the same columns of the same people, with frames, the head on each page and page
numbers, in a process of its own, in turn. Then ours alone with more and more people. Printed:
seconds, seconds of the processor (ours with all its child processes), the most memory that one
process had, pages and size. The peers set their own built-in face and no sums: they do less.
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).parents[2]
HEADS = ["No.", "Nama", "L/P", "NIK, nomor KK", "Lahir", "Alamat", "Desa", "Pekerjaan", "Bulan",
         "Iuran", "Jumlah"]  # fmt: skip
WIDTHS = [11, 52, 9, 37, 32, 54, 33, 31, 14, 21, 25]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--grow", default="1000,10000,157058")
    parser.add_argument("--writer", choices=WRITERS)
    asked = parser.parse_args()
    if asked.writer:
        print(json.dumps(measured(WRITERS[asked.writer], asked.people)))
        return
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    for writer in WRITERS:
        show(writer, asked.people)
    for people in filter(None, asked.grow.split(",")):
        show("typst", int(people))


def show(writer, people):
    command = [sys.executable, __file__, "--writer", writer, "--people", str(people)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{os.environ.get('PEERS', '')}"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["?"])[-1]
        print(f"{writer:12} {people:7,} people: did not run ({reason[:90]})")
        return
    print("{:12} {:7,} people {s:6.1f} s {cpu:6.1f} s of processor {MB:5.0f} MB at most, "
          "{pages:5} pages, {size:5.2f} MB".format(
              writer, people, **json.loads(done.stdout.splitlines()[-1])), flush=True)  # fmt: skip


def measured(write, people):
    import pikepdf

    begun = time.perf_counter()
    with TemporaryFile() as out:
        write(out, people)
        seconds = time.perf_counter() - begun
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        size = out.seek(0, io.SEEK_END) / 1e6
        with pikepdf.open(out) as document:
            pages = len(document.pages)
    return {
        "s": seconds,
        "cpu": sum(each.ru_utime + each.ru_stime for each in used),
        "MB": max(each.ru_maxrss for each in used) / 1024,
        "pages": pages,
        "size": size,
    }


def with_typst(out, people):
    from bench.annex.compare import invented
    from enrollment.decrees.annexes.layout import Layout
    from enrollment.decrees.annexes.setting import write_pdf
    from tests.decrees.people import TRENGGALEK

    write_pdf(out, Layout(TRENGGALEK), invented(people))


def cells(people):
    """The same words in the same columns, as text; lines within a cell by a line feed."""
    from bench.annex.compare import invented
    from enrollment.decrees.annexes.layout import Layout
    from tests.decrees.people import TRENGGALEK

    layout = Layout(TRENGGALEK)
    return ([str(cell) for cell in layout.cells(row)] for row in invented(people))


def with_reportlab(out, people):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    style = ParagraphStyle("cell", fontName="Times-Roman", fontSize=8.5, leading=10)
    rows = [HEADS]
    for row in cells(people):
        rows.append([Paragraph(cell.replace("\n", "<br/>"), style) for cell in row])
    share = 300 / sum(WIDTHS)
    table = LongTable(rows, [width * share * mm for width in WIDTHS], repeatRows=1)
    table.setStyle(
        [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )

    def foot(canvas, document):
        canvas.drawString(15 * mm, 10 * mm, f"Halaman {document.page}")

    margins = {"leftMargin": 15 * mm, "rightMargin": 15 * mm, "topMargin": 15 * mm}
    document = SimpleDocTemplate(out, pagesize=(330 * mm, 215 * mm), **margins)
    document.build([table], onFirstPage=foot, onLaterPages=foot)


def with_weasyprint(out, people):
    from html import escape

    from weasyprint import HTML

    def boxed(cell):
        return f"<td>{escape(cell).replace(chr(10), '<br>')}</td>"

    head = "".join(f"<th>{escape(words)}</th>" for words in HEADS)
    body = "".join(f"<tr>{''.join(map(boxed, row))}</tr>" for row in cells(people))
    style = (
        "@page{size:330mm 215mm;margin:15mm 15mm 20mm;@bottom-right{content:'Halaman ' "
        "counter(page) ' dari ' counter(pages)}}table{border-collapse:collapse;font:8.5pt serif}"
        "td,th{border:.5pt solid}tr{break-inside:avoid}"
    )
    page = f"<style>{style}</style><table><thead><tr>{head}</tr></thead>{body}</table>"
    HTML(string=page).write_pdf(out)


def with_fpdf2(out, people):
    from fpdf import FPDF

    class Annex(FPDF):
        def footer(self):
            self.set_y(-12)
            self.cell(0, 8, f"Halaman {self.page_no()} dari {{nb}}", align="R")

    document = Annex(orientation="landscape", unit="mm", format=(215, 330))
    document.set_margins(15, 15)
    document.set_auto_page_break(True, 20)
    document.set_font("Times", size=8.5)
    document.add_page()
    with document.table(col_widths=tuple(WIDTHS), line_height=3.6) as table:
        table.row(HEADS)
        for row in cells(people):
            table.row([cell.replace("\xa0", " ") for cell in row])
    out.write(document.output())


WRITERS = {
    "typst": with_typst,
    "reportlab": with_reportlab,
    "weasyprint": with_weasyprint,
    "fpdf2": with_fpdf2,
}

if __name__ == "__main__":
    main()
