"""The annex as PDF is PDF/A-2b (ISO 19005-2), joined from parts as well: those clauses that pikepdf
can ask a file about. Numbers in the names are clauses of the standard.

No validator of PDF/A-2 is a package for Python or of Debian. Debian's libpdfbox2-java has one of
PDF/A-1b, `java org.apache.pdfbox.preflight.Validator_A1b FILE`: of an annex in parts it found
nothing but what part 2 allows (a profile of version 4, cross-reference streams, "part must be 1").
"""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from enrollment.decrees.annexes import faces, setting
from tests.decrees.annexes.pdfs import pages, pdf, squeezed
from tests.decrees.annexes.test_setting import CHECKED, MANY
from tests.decrees.people import PEOPLE, TRENGGALEK, row

SALTED = replace(CHECKED, salt="7f" * 16)
FORBIDDEN = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide"}


@pytest.fixture(scope="module")
def joined():
    """An annex of several parts with a code, so with everything that the binder adds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setting, "ROWS_A_PART", 60)
        patch.setattr(setting, "TOLD", 45)
        return pdf(MANY, SALTED)


@pytest.fixture
def document(joined):
    with pikepdf.open(BytesIO(joined)) as opened:
        yield opened


def things(document, *kinds):
    return [thing for thing in document.objects if isinstance(thing, kinds)]


class TestWhole:
    def test_it_is_joined_from_parts(self, joined, monkeypatch):
        """Else the rest would show nothing about joining."""
        made = []
        kept = setting._part
        monkeypatch.setattr(
            setting, "_part", lambda *a, **k: made.append(kept(*a, **k)) or made[-1]
        )
        monkeypatch.setattr(setting, "ROWS_A_PART", 60)
        monkeypatch.setattr(setting, "TOLD", 45)
        assert pdf(MANY, SALTED) == joined
        assert len(made) > 2

    def test_6_1_2_header_and_6_1_3_trailer(self, joined, document):
        assert joined.startswith(b"%PDF-1.7\n%")
        assert all(byte > 127 for byte in joined[10:14])
        assert len(document.trailer.ID) == 2
        assert not document.is_encrypted

    def test_6_2_3_output_intent_with_the_profile_of_srgb(self, document):
        (intent,) = document.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        profile = intent.DestOutputProfile
        assert profile.N == 3
        data = profile.read_bytes()
        assert data[16:20] == b"RGB " and data[36:40] == b"acsp" and data[8] <= 4

    def test_6_2_2_every_page_names_what_it_draws(self, document):
        """What the binder lays over a page stands in its resources; a foot has its own faces."""
        for page in document.pages:
            used = [
                str(operands[-1])
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "Do"
            ]
            assert len(used) == 2
            for name in used:
                assert "/Resources" in page.Resources.XObject[name]

    def test_6_2_4_colours_are_grey_or_of_a_profile(self, document):
        allowed = {"/DeviceGray", "/DeviceRGB", "/c0", "/c1"}
        for stream in (*document.pages, *self.drawings(document)):
            for operands, operator in pikepdf.parse_content_stream(stream):
                if str(operator) in ("cs", "CS"):
                    assert str(operands[0]) in allowed
                assert str(operator) not in ("k", "K")  # CMYK has no profile here

    def drawings(self, document):
        return [
            thing for thing in things(document, pikepdf.Stream) if thing.get("/Subtype") == "/Form"
        ]

    def test_6_2_10_nothing_is_transparent(self, document):
        for thing in things(document, pikepdf.Dictionary, pikepdf.Stream):
            assert "/SMask" not in thing
            assert thing.get("/CA", 1) == 1 and thing.get("/ca", 1) == 1
            assert "/Group" not in thing

    def test_6_2_11_every_face_is_in_the_file(self, document):
        fonts = [one for one in things(document, pikepdf.Dictionary) if one.get("/Type") == "/Font"]
        roots = [font for font in fonts if font.Subtype == "/Type0"]
        assert len(roots) > 4
        for font in roots:
            assert font.Encoding == "/Identity-H"
            assert font.ToUnicode.read_bytes()
            (inner,) = font.DescendantFonts
            assert inner.FontDescriptor.FontFile3.read_bytes()
            assert "+" in str(inner.FontDescriptor.FontName)

    def test_6_5_and_6_6_1_nothing_acts(self, document):
        for thing in things(document, pikepdf.Dictionary, pikepdf.Stream):
            assert str(thing.get("/S", "")) not in FORBIDDEN
            assert "/AA" not in thing and "/JS" not in thing and "/EmbeddedFiles" not in thing
        assert "/OpenAction" not in document.Root and "/AcroForm" not in document.Root

    def test_6_6_4_metadata_say_which_standard(self, document):
        packet = document.Root.Metadata
        assert "/Filter" not in packet and packet.Subtype == "/XML"
        assert b"\xef\xbb\xbf" in packet.read_bytes()[:40]
        with document.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "B")

    def test_6_6_3_metadata_tell_of_the_whole_as_the_document_info_does(self, document):
        info = document.docinfo
        with document.open_metadata() as about:
            assert about["dc:title"] == str(info.Title)
            assert about["dc:creator"] == [str(info.Author)]
            assert about["xmp:CreatorTool"] == str(info.Creator)
            for name, key in (("CreateDate", "/CreationDate"), ("ModifyDate", "/ModDate")):
                day = about[f"xmp:{name}"].replace("-", "")[:8]
                assert str(info[key]).startswith(f"D:{day}")
            number = about["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"]
        assert number == str(len(document.pages))
        assert len(document.pages) > 8

    def test_qpdf_finds_no_fault(self, document):
        assert document.check_pdf_syntax() == []


class TestNames:
    def identity(self, data):
        with pikepdf.open(BytesIO(data)) as document, document.open_metadata() as about:
            assert about["xmpMM:DocumentID"] == about["xmpMM:InstanceID"]
            return about["xmpMM:DocumentID"]

    def test_a_file_has_a_name_of_its_own_and_the_same_bytes_each_time(self):
        masked = pdf(header=SALTED, masked=True)
        names = {self.identity(pdf(header=SALTED)), self.identity(masked)}
        names.add(self.identity(pdf(header=SALTED, sheet="a4-across")))
        names.add(self.identity(pdf(header=replace(SALTED, number="", day=None))))
        assert len(names) == 4
        assert pdf(header=SALTED, masked=True) == masked

    def test_who_knows_all_words_but_not_the_secret_cannot_make_its_hash(self):
        assert pdf(header=SALTED) != pdf(header=replace(SALTED, salt="00" * 16))
        assert SALTED.salt.encode() not in pdf(header=SALTED)


class TestCharacters:
    """PDF/A refuses a character without a shape, and a whole annex with it."""

    @pytest.mark.parametrize("typed", ["張", "😀", "ꦲꦏ꧀ꦱꦫ", "\ufffd", "ก"])
    def test_what_no_face_can_draw_is_a_box(self, typed):
        made = "".join(pages(pdf([row(0, name=f"SITI {typed}")])))
        assert f"SITI{faces.BOX}" in squeezed(made)
        assert typed not in made

    def test_a_mark_that_cannot_be_drawn_is_left_out(self):
        assert faces.drawable("A\ufe0fÉ") == "AÉ"
        assert unicodedata.category("\ufe0f") == "Mn"

    def test_it_is_so_around_the_table(self):
        odd = "張"
        header = replace(
            SALTED, title=odd, programme=odd, city=odd, number=odd, head_name=odd, rank=odd,
            regency=odd,
        )  # fmt: skip
        assert squeezed("".join(pages(pdf(header=header)))).count(faces.BOX) > 10

    @pytest.mark.every
    def test_every_character_that_we_call_drawable_is(self):
        letters = sorted(map(chr, faces.characters()))
        lines = ["".join(letters[at : at + 40]) for at in range(0, len(letters), 40)]
        people = [
            replace(PEOPLE[0], position=at, name=line, village=line, district="Panggul")
            for at, line in enumerate(lines, 1)
        ]
        people += [
            replace(PEOPLE[0], position=at, district=" ".join(line))
            for at, line in enumerate(lines, len(lines) + 1)
        ]
        assert faces.BOX not in "".join(letters).replace(faces.BOX, "", 1)
        assert pdf(people)

    def test_plain_words_stay_as_they_are(self):
        for words in ("${nomor_naskah}", "Trenggalek – “Désa” ½", "ЖДАНОВ محمد Nguyễn"):
            assert faces.drawable(words) == words


def test_an_annex_without_a_secret_is_made_as_well():
    assert not TRENGGALEK.salt
    assert pdf() == pdf()
