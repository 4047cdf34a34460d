"""Filling in Word templates from outside, in a child process with limits."""

import io
import zipfile

import pytest

from enrollment.decrees.letters import default
from enrollment.decrees.letters.rendering import BrokenTemplate, fill
from tests.decrees.letters.words import template, text
from tests.selection import short

VALUES = {
    "nomor": "188/1", "tentang": "Bantuan Iuran", "kosong": "",
    "diktum": [{"ke": "KESATU", "isi": "Pertama."}, {"ke": "KEDUA", "isi": "Kedua."}],
    "penandatangan": {"nama": "SUTRISNO", "jabatan": ["Pj. BUPATI"]},
}  # fmt: skip


def filled(*paragraphs, **more):
    return text(fill(template(*paragraphs), VALUES | more).file)


def refused(*paragraphs, **look):
    with pytest.raises(BrokenTemplate) as wrong:
        fill(template(*paragraphs, **look), VALUES)
    return str(wrong.value)


class TestTags:
    def test_values_loops_and_tests(self):
        assert filled(
            "NOMOR {{ nomor }} tentang {{ tentang|upper }}",
            "{%p for butir in diktum %}",
            "{{ loop.index }} {{ butir.ke }}: {{ butir['isi'] }}",
            "{%p endfor %}",
            "{% if kosong %}salah{% else %}{{ penandatangan.jabatan[0] }}{% endif %}",
        ).split("\n") == [
            "NOMOR 188/1 tentang BANTUAN IURAN", "1 KESATU: Pertama.", "2 KEDUA: Kedua.",
            "Pj. BUPATI",
        ]  # fmt: skip

    def test_a_tag_that_word_has_split_into_runs(self):
        from docx import Document

        document = Document()
        paragraph = document.add_paragraph("Nomor {{ no")
        paragraph.add_run("mor }}").bold = True
        out = io.BytesIO()
        document.save(out)
        assert text(fill(out.getvalue(), VALUES).file) == "Nomor 188/1"

    def test_the_same_bytes_every_time(self):
        first = fill(template("{{ nomor }}"), VALUES).file
        assert fill(template("{{ nomor }}"), VALUES).file == first


class TestWrong:
    @pytest.mark.parametrize(
        ("paragraph", "sentence"),
        [
            ("Nomor {{ nomer }}", "Isian “nomer” di paragraf ke-2: “Nomor {{ nomer }}” tidak"),
            ("Nomor {{ nomer }}", "Mungkin maksudnya “nomor”?"),
            ("{{ penandatangan.nma }}", "Isian “nma” di paragraf ke-2"),
            ("Nomor {{ nomor }", "paragraf ke-2: “Nomor {{ nomor }” tidak lengkap kurungnya"),
            ("{{ nomor || }}", "Tag “{{ nomor || }}” di paragraf ke-2"),
            ("{% if nomor %}ada", "tidak ada penutupnya. Tambahkan {% endif %}"),
            ("{%p for b in diktum %}", "tidak ada penutupnya. Tambahkan {% endfor %}"),
            ("{% endfor %}", "tidak ada pembukanya"),
            ("{% include 'x' %}", "tidak dikenal. Yang dapat dipakai hanya if dan for"),
            ("{% raw %}", "tidak dikenal. Yang dapat dipakai hanya if dan for"),
            ("{{ nomor|safe }}", "tidak dapat dibaca"),
        ],
    )
    def test_the_tag_and_its_place_are_named(self, paragraph, sentence):
        assert sentence in refused("Pembuka", paragraph)

    def test_also_at_the_head_of_a_page(self):
        assert "di kepala halaman: “{{ nomer }}”" in refused("Isi", header="{{ nomer }}")

    @pytest.mark.parametrize(
        "content", [b"", b"bukan zip", b"PK\x03\x04" + b"x" * 99, b"%PDF-1.7", b"\xd0\xcf\x11\xe0"]
    )
    def test_what_is_no_word_file(self, content):
        with pytest.raises(BrokenTemplate, match=r"Word|rusak"):
            fill(content, VALUES)

    def test_a_workbook_is_no_word_file(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("xl/workbook.xml", "<a/>")
        with pytest.raises(BrokenTemplate, match="bukan dokumen Word"):
            fill(out.getvalue(), VALUES)


def changed(name, change, base=None):
    """A Word file of which one part is changed (a function of its text) or added."""
    source, out = io.BytesIO(base or template("{{ nomor }}")), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        before = old.read(name).decode() if name in old.namelist() else ""
        new.writestr(name, change(before))
    return out.getvalue()


LINK = '<Relationship Id="rId99" Type="http://x/{}" Target="http://jahat.example/x" {}/>'


class TestHostile:
    @pytest.mark.parametrize(
        "tag",
        short(
            [
                "{{ nomor.__class__.__mro__ }}",
                "{{ nomor['__class__'] }}",
                "{{ diktum.append(1) }}",
                "{{ ''.join(nomor) }}",
                "{{ 'a' * 999999999 }}",
                "{{ 9 ** 9 ** 9 }}",
                "{{ '%999999999d' % 1 }}",
                "{{ nomor.format(1) }}",
                "{{ loop.__init__.__globals__ }}",
                "{{ self }}",
                "{{ range(9) }}",
                "{{ lipsum() }}",
                "{{ cycler.__init__ }}",
                "{{ nomor|attr('__class__') }}",
                "{{ diktum|map(attribute='__class__') }}",
            ],
            keep=6,
        ),
    )
    def test_a_tag_reaches_nothing_but_its_values(self, tag):
        assert "Tag “" in (sentence := refused(tag)) or "Isian “" in sentence

    def test_loops_in_loops_end(self):
        many = [{"isi": "x"}] * 400
        nested = "{% for a in m %}" * 4 + "{{ a.isi }}" + "{% endfor %}" * 4
        with pytest.raises(BrokenTemplate, match="terlalu rumit"):
            fill(template(nested), {"m": many}, seconds=3)

    def test_a_memory_that_does_not_suffice_ends_in_a_sentence(self):
        with pytest.raises(BrokenTemplate, match="terlalu rumit"):
            fill(template("{{ nomor }}"), VALUES, memory=30 << 20)

    def test_deeper_than_anybody_needs(self):
        deep = "{% if nomor %}" * 5 + "x" + "{% endif %}" * 5
        assert "terlalu dalam" in refused(deep)

    @pytest.mark.parametrize(
        ("name", "change"),
        [
            ("word/vbaProject.bin", lambda _: "makro"),
            ("word/embeddings/oleObject1.bin", lambda _: "benda"),
            (
                "word/_rels/document.xml.rels",
                lambda old: old.replace(
                    "</Rel", LINK.format("attachedTemplate", 'TargetMode="External"') + "</Rel"
                ),
            ),
            (
                "word/document.xml",
                lambda old: old.replace(
                    "<w:sectPr",
                    '<w:p><w:r><w:instrText>INCLUDETEXT "c:\\x"</w:instrText></w:r></w:p><w:sectPr',
                ),
            ),
        ],
    )
    def test_what_fetches_or_runs_is_refused(self, name, change):
        assert text(fill(changed(name, lambda old: old) if "rels" in name else template("a"),
                         VALUES).file)  # fmt: skip
        with pytest.raises(BrokenTemplate, match="makro, benda tertanam, atau tautan"):
            fill(changed(name, change), VALUES)

    def test_a_link_to_a_page_may_stay(self):
        link = LINK.format("hyperlink", 'TargetMode="External"')
        data = changed(
            "word/_rels/document.xml.rels", lambda old: old.replace("</Rel", f"{link}</Rel")
        )
        assert "188/1" in text(fill(data, VALUES).file)

    def test_no_tag_inside_a_field_code(self):
        field = "<w:p><w:r><w:instrText>{{ nomor }}</w:instrText></w:r></w:p><w:sectPr"
        data = changed("word/document.xml", lambda old: old.replace("<w:sectPr", field))
        with pytest.raises(BrokenTemplate, match="kode bidang Word"):
            fill(data, VALUES)

    def test_entities_are_not_read(self):
        bomb = '<!DOCTYPE x [<!ENTITY a "b">]>'
        data = changed(
            "word/document.xml", lambda old: old.replace("<w:document", f"{bomb}<w:document", 1)
        )
        with pytest.raises(BrokenTemplate, match="rusak"):
            fill(data, VALUES)

    def test_a_bomb_is_not_unpacked(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b" " * (50 << 20))
        with pytest.raises(BrokenTemplate, match="terlalu rumit"):
            fill(out.getvalue(), VALUES)


class TestTyped:
    """Whatever somebody has typed stands in the letter as text and does nothing."""

    @pytest.mark.parametrize(
        "words",
        short(
            [
                "=1+1", "{{ x }}", "{% raw %}", "#let x = 1", "a & b < c > d", "${nomor_naskah}",
                "{_{ x }_}", '"; DROP', "\\n \\t", "A" * 150, "]]>", "&lt;w:p/&gt;",
            ],
            keep=4,
        ),
    )  # fmt: skip
    def test_it_stands_as_it_was_typed(self, words):
        assert filled("{{ tentang }}", tentang=words) == words

    def test_in_the_portals_own_template_it_becomes_no_field(self):
        out = fill(default.template(), letter_values("{{ x }} =1+1 INCLUDETEXT")).file
        with zipfile.ZipFile(io.BytesIO(out)) as archive:
            body = archive.read("word/document.xml").decode()
        assert "instrText" not in body and "fldSimple" not in body
        assert body.count("{{ x }} =1+1 INCLUDETEXT") >= 5


def letter_values(words):
    names = (
        "nomor", "tanggal", "tentang", "tempat", "kepala_daerah", "jabatan_kepala_daerah",
        "provinsi", "pemerintah_daerah",
    )  # fmt: skip
    line = {"huruf": "a.", "nomor": "1.", "ke": "KESATU", "isi": words}
    lists = {name: [line] for name in ("menimbang", "mengingat", "memperhatikan", "diktum")}
    signed = {"jabatan": [words], "ttd": "", "nama": words, "bawah": [words]}
    return dict.fromkeys(names, words) | lists | {"penandatangan": signed}
