"""What is proved of a PDF that came back: whole, saved anew, changed, scanned, hostile."""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from enrollment.decrees.signing import examining
from enrollment.decrees.signing.examiner import fits
from enrollment.decrees.signing.rules import Proof, proof_of, proved, spans
from enrollment.demo.signature import certificate
from tests.decrees import signing
from tests.decrees.annexes.pdfs import pages, pdf
from tests.decrees.people import TRENGGALEK, row

UNNUMBERED = replace(TRENGGALEK, number="", day=None)
ON_PAGE_2 = 20
"""Somebody who stands on the second page."""


@lru_cache
def annex(nik=None):
    """The annex of 30 people without number and date, on three pages; `nik`: of one of them."""
    rows = [row(number, position=number + 1, district="PANGGUL") for number in range(30)]
    if nik:
        rows[ON_PAGE_2] = replace(rows[ON_PAGE_2], nik=nik)
    return pdf(rows, UNNUMBERED, signing="tag")


def flipped():
    """The same with another last digit in one NIK."""
    nik = row(ON_PAGE_2).nik
    return annex(nik[:-1] + str((int(nik[-1]) + 1) % 10))


def looked_at(returned, *sent):
    """The proof, its words, and the signatures."""
    found = examining.examine(BytesIO(returned), [BytesIO(one) for one in sent or (annex(),)])
    proof, best = proof_of(found.compared, len(found.signatures))
    kept = {"signatures": found.signatures, "returned": found.pages, **(best or {})}
    return proof, proved(proof, kept), found.signatures


def test_the_one_who_is_changed_stands_on_the_second_page():
    """What the tests below rest on."""
    texts = pages(annex())
    assert len(texts) == 3
    assert row(ON_PAGE_2).nik in texts[1]
    assert row(ON_PAGE_2).nik not in "".join(pages(flipped()))


class TestWhole:
    def test_signed_by_adding_to_it(self):
        proof, words, (signature,) = looked_at(signing.signed_pdf(annex()))
        assert (proof, words) == (
            Proof.EXACT, "Sama persis dengan yang dikirim, ditambah 1 tanda tangan.",
        )  # fmt: skip
        assert signature["who"] == signing.SIGNER
        assert (signature["intact"], signature["known"]) == (True, False)
        assert signature["when"]

    def test_signed_by_two(self):
        twice = signing.signed_pdf(signing.signed_pdf(annex()), "Paraf Sekda", "Kedua")
        proof, words, found = looked_at(twice)
        assert (proof, [one["who"] for one in found]) == (
            Proof.EXACT, [signing.SIGNER, "Paraf Sekda"],
        )  # fmt: skip
        assert "ditambah 2 tanda tangan" in words

    def test_saved_anew_the_words_are_the_same_and_the_signature_is_broken(self):
        back = signing.rewritten(signing.signed_pdf(annex()))
        assert not back.startswith(annex())
        proof, words, (signature,) = looked_at(back)
        assert proof == Proof.SAME
        assert "Isi sama dengan yang dikirim, berkas disimpan ulang." in words
        assert not signature["intact"]

    def test_the_file_that_was_sent_is_not_signed(self):
        assert looked_at(annex())[0] == Proof.UNSIGNED

    def test_the_one_that_it_resembles_most_counts(self):
        letter = signing.letter("KEPUTUSAN")
        assert looked_at(signing.signed_pdf(annex()), letter, annex())[0] == Proof.EXACT
        assert looked_at(signing.signed_pdf(letter), annex(), letter)[0] == Proof.EXACT

    def test_a_root_that_is_installed_is_known(self, tmp_path, settings):
        roots = tmp_path / "roots.pem"
        roots.write_bytes(certificate(signing.SIGNER)[1].public_bytes(Encoding.PEM))
        settings.SIGNATURE_ROOTS = str(roots)
        (ours,) = looked_at(signing.signed_pdf(annex()))[2]
        (other,) = looked_at(signing.signed_pdf(annex(), "Orang Lain"))[2]
        assert (ours["known"], other["known"]) == (True, False)

    def test_a_byte_changed_after_signing_breaks_the_signature(self):
        signed = bytearray(signing.signed_pdf(annex()))
        at = signed.index(b"%PDF-1.7") + 6
        signed[at : at + 1] = b"."  # the control above: unchanged it is intact
        signed[at + 1 : at + 2] = b"6"
        assert not looked_at(bytes(signed))[2][0]["intact"]


class TestChanged:
    def test_a_digit_of_a_nik_is_found_on_its_page(self):
        for back in (signing.signed_pdf(flipped()), signing.rewritten(flipped())):
            proof, words, _ = looked_at(back)
            assert (proof, words.partition(".")[0]) == (
                Proof.DIFFERS, "Berbeda dari yang dikirim: halaman 2",
            )  # fmt: skip

    def test_also_where_our_bytes_are_kept_and_the_page_is_replaced_behind_them(self):
        """An incremental update may replace what stands before it: the beginning proves little."""
        writer = IncrementalPdfFileWriter(BytesIO(annex()))
        with pikepdf.open(BytesIO(flipped())) as forged:
            drawn = b"\n".join(one.read_bytes() for one in forged.pages[1].Contents)
        page = writer.find_page_for_modification(1)[0].get_object()
        page["/Contents"] = writer.add_object(StreamObject(stream_data=drawn))
        writer.update_container(page)
        out = BytesIO()
        writer.write(out)
        back = signing.signed_pdf(out.getvalue())
        assert back.startswith(annex())
        proof, words, _ = looked_at(back)
        assert (proof, "halaman 2" in words) == (Proof.DIFFERS, True)

    def test_a_note_laid_over_a_page_is_found(self):
        def cover(document):
            note = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[0, 0, 500, 500]
            )
            document.pages[0].Annots = document.make_indirect(pikepdf.Array([note]))

        looks = examining.examine(BytesIO(signing.rewritten(annex(), cover)), [BytesIO(annex())])
        assert looks.compared[0]["prefix"] is False

    def test_pages_that_are_missing_are_counted(self):
        def drop(document):
            del document.pages[-1]

        proof, words, _ = looked_at(signing.rewritten(annex(), drop))
        assert proof == Proof.DIFFERS
        assert "2 halaman, yang dikirim 3" in words and "halaman 3" in words

    def test_another_document_differs_on_each_page(self):
        proof, words, _ = looked_at(signing.signed_pdf(signing.letter("A", "B", "C")))
        assert (proof, "halaman 1–3" in words) == (Proof.DIFFERS, True)


class TestScans:
    @staticmethod
    def scan(count):
        out = BytesIO()
        with pikepdf.new() as document:
            for _ in range(count):
                page = document.add_blank_page(page_size=(935, 609))
                page.Contents = document.make_stream(b"0 0 100 100 re f")
            document.save(out)
        return out.getvalue()

    @pytest.mark.parametrize(
        ("count", "counted"), [(3, "Jumlah halamannya sama, 3."), (2, "2, yang dikirim 3.")]
    )
    def test_of_pages_without_words_only_their_number_is_told(self, count, counted):
        proof, words, _ = looked_at(self.scan(count))
        assert (proof, counted in words) == (Proof.SCAN, True)

    def test_with_nothing_sent_there_is_nothing_to_compare(self):
        found = examining.examine(BytesIO(signing.signed_pdf(annex())))
        assert proof_of(found.compared, len(found.signatures)) == (Proof.UNKNOWN, None)


class TestHostile:
    def test_one_with_a_password_is_told_apart(self):
        out = BytesIO()
        with pikepdf.open(BytesIO(annex())) as document:
            document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
        with pytest.raises(examining.UnreadablePdf, match="kata sandi"):
            looked_at(out.getvalue())

    def test_a_damaged_one_is_refused(self):
        with pytest.raises(examining.UnreadablePdf, match="rusak"):
            looked_at(b"%PDF-1.7\n" + b"x" * 2000 + b"\n%%EOF")

    @pytest.mark.every
    def test_one_that_unpacks_to_gigabytes_is_refused_and_not_unpacked_here(self):
        def bomb(document):
            packed = pikepdf.Stream(document, b"")
            import zlib

            once = zlib.compress(b"\0" * 2**26)
            engine = zlib.compressobj()
            many = b"".join(engine.compress(b"\0" * 2**26) for _ in range(32)) + engine.flush()
            assert len(many) < 5 * 2**20 and once
            packed.write(many, filter=pikepdf.Name.FlateDecode)
            document.pages[0].Contents = packed

        back = signing.rewritten(annex(), bomb)
        with pytest.raises(examining.UnreadablePdf):
            looked_at(back)

    def test_resources_that_refer_to_themselves_come_to_an_end(self):
        def loop(document):
            thing = document.make_indirect(pikepdf.Dictionary())
            thing.Again = thing
            document.pages[0].Resources.Loop = thing

        proof, *_ = looked_at(signing.rewritten(annex(), loop))
        assert proof == Proof.SAME, "its words are the same"


class TestFits:
    OURS = "NOMOR:${nomor_naskah}TANGGAL:${tanggal_naskah}TENTANGPENERIMA3503010101010001"

    @pytest.mark.parametrize(
        ("theirs", "fitting"),
        [
            ("NOMOR:188/7/2026TANGGAL:17Maret2026TENTANGPENERIMA3503010101010001", True),
            ("NOMOR:TANGGAL:TENTANGPENERIMA3503010101010001", True),
            ("NOMOR:188/7/2026TANGGAL:17Maret2026TENTANGPENERIMA3503010101010002", False),
            ("NOMOR:188TANGGAL:17TENTANGPENERIMA3503010101010001LAIN", False),
            (f"NOMOR:{'1' * 200}TANGGAL:17TENTANGPENERIMA3503010101010001", False),
            ("", False),
        ],
    )
    def test_only_the_open_places_may_be_filled_in(self, theirs, fitting):
        assert fits(self.OURS, theirs) is fitting

    def test_dots_for_number_and_date_too(self):
        assert fits("NOMOR:…………………………X", "NOMOR:188X")
        assert not fits("NOMOR:…X", "NOMOR:188X")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([1, 4, 5, 6, 9], "1, 4–6, 9"), ([], ""), (range(1, 6001), "1–6.000"), ([3], "3")],
)
def test_pages_are_told_as_spans(numbers, words):
    assert spans(numbers) == words


def test_of_very_many_only_the_first_are_told():
    assert spans(range(1, 100, 2)).endswith("21, 23 …")
