"""What is no workbook is called what it is, and the sentence says what to do."""

import json
import zipfile

import pytest

from enrollment.workbooks.inspection import UnreadableWorkbook, inspect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
OPEN = "application/vnd.oasis.opendocument."
GOOGLE = {"url": "https://docs.google.com/open?id=1AbC", "doc_id": "1AbC", "email": "a@b.id"}
MHT = (
    b"From: <Saved by Microsoft Internet Explorer 5>\r\nSubject: \r\nDate: Mon\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n<table>"
)


def refusal(path):
    with pytest.raises(UnreadableWorkbook) as refused:
        inspect(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "what", "todo"),
    [
        (b"\x89PNG\r\n\x1a\n", "gambar", "Ketik daftarnya"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "gambar", "Ketik daftarnya"),
        (b"\0\0\0\x18ftypheic\0\0", "gambar", "Ketik daftarnya"),
        (b"\0\0\0\x18ftypmp42\0\0", "video", "Ketik daftarnya"),
        (b"%PDF-1.7", "PDF", "Ketik daftarnya"),
        (b"{\\rtf1\\ansi", "dokumen Word (RTF)", "Salin tabelnya"),
        (OLE + "WordDocument".encode("utf-16-le"), "dokumen Word", "Salin tabelnya"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "presentasi", "Salin tabelnya"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "surel", "Salin tabelnya"),
        (b"\0\1\0\0Standard Jet DB\0", "basis data Access", "Ekspor tabelnya"),
        (b"SQLite format 3\0", "basis data SQLite", "Ekspor tabelnya"),
        (b"[InternetShortcut]\r\nURL=https://a.id", "pintasan", "Pilih berkas"),
        (json.dumps(GOOGLE).encode(), "tautan ke Google Sheets", "File > Download"),
        (MHT, "arsip halaman web (.mht)", "Simpan Sebagai"),
        (b"MIME-Version: 1.0\nContent-Type: text/html", "arsip halaman web", "Simpan Sebagai"),
        (b"Rar!\x1a\x07", "arsip RAR", "Keluarkan dahulu"),
        (b"\x1f\x8b\x08", "arsip gzip", "Keluarkan dahulu"),
        (b"<?xml version='1.0'?><svg/>", "XML yang bukan buku kerja", "Ekspor"),
        (bytes(range(1, 9)) * 300, "bukan buku kerja Excel atau CSV", "Simpan Sebagai"),
    ],
)
def test_a_file_of_another_kind(tmp_path, content, what, todo):
    path = tmp_path / "daftar.xls"
    path.write_bytes(content)
    said = refusal(path)
    assert what in said
    assert todo in said
    assert "unggah" in said


@pytest.mark.parametrize(
    ("parts", "what", "todo"),
    [
        ({"word/document.xml": "x"}, "dokumen Word", "Salin tabelnya"),
        ({"ppt/slides/slide1.xml": "x"}, "presentasi PowerPoint", "Salin tabelnya"),
        ({"Index/Document.iwa": "x"}, "dokumen Apple", "Ekspor"),
        ({"mimetype": f"{OPEN}text", "content.xml": "x"}, "dokumen teks (ODT)", "Salin tabelnya"),
        ({"mimetype": f"{OPEN}presentation", "content.xml": "x"}, "presentasi (ODP)", "Salin"),
        ({"rt1.xlsx": "x", "rt2.xlsx": "y"}, "dengan buku kerja di dalamnya", "satu per satu"),
        ({"foto.jpg": "x"}, "tanpa buku kerja di dalamnya", "Pilih berkas"),
    ],
)
def test_an_archive_of_another_kind(tmp_path, parts, what, todo):
    path = tmp_path / "daftar.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    said = refusal(path)
    assert what in said
    assert todo in said
    assert "unggah" in said


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("NIK;Nama\n", "csv"),
        ("MZ;NIK\n1;2\n", "csv"),
        ("Nama: Siti\nNIK: 1\n", "csv"),
        ('{"a": 1}\n', "csv"),
        ("<2 tahun;NIK\n", "csv"),
        ("<!DOCTYPE html><table>", "html"),
        ("DATA PENDUDUK <br><table><tr>", "html"),
        ('<html xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><table>', "html"),
        ("\ufeff\r\n <table>", "html"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html><body>', "html"),
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "sheetml",
        ),
        (f'<office:document office:mimetype="{OPEN}spreadsheet">', "fods"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_kind_of_a_text_file(tmp_path, content, kind, encoding):
    path = tmp_path / "daftar.xls"
    path.write_bytes(content.encode(encoding))
    assert inspect(path).kind == kind
