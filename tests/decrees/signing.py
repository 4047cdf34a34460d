"""Helpers that take a decree through freezing, sending and signing, as its pages do."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from io import BytesIO

import pikepdf
from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from enrollment.decrees import actions, freezing
from enrollment.decrees.models import Decree
from enrollment.decrees.rules import Marking
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing import actions as actions_of_signing
from tests import people
from tests.decrees import drafts
from villages import scope

NUMBER, DAY = "188.45/999/406.001.3/2026", date(2026, 3, 17)


SIGNER = "Drs. H. BAGYO SANTOSA, M.Si."


@lru_cache
def certificate(name):
    """A key made now, and a certificate that it has signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    made = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(certificates.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            certificates.KeyUsage(
                digital_signature=True, content_commitment=True, key_cert_sign=True, **usage
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return key, made


def signed_pdf(content, name=SIGNER, field="TandaTangan"):
    """The file with a signature added behind its bytes, as signing programs do."""
    key, made = certificate(name)
    form = serialization.Encoding.DER
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(made.public_bytes(form)),
        signing_key=keys.PrivateKeyInfo.load(
            key.private_bytes(
                form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        ),
        cert_registry=SimpleCertificateStore(),
    )
    out = BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(content)),
        signers.PdfSignatureMetadata(field_name=field),
        signer=signer,
        output=out,
    )
    return out.getvalue()


def rewritten(content, change=None):
    """The file as another program saves it: other bytes with the same pages, unless `change`
    changes some of them."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        if change:
            change(document)
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def letter(*lines):
    """A PDF with a page for each line."""
    out = BytesIO()
    with pikepdf.new() as document:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                  BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
        for line in lines:
            page = document.add_blank_page(page_size=(300, 200))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            words = f"BT /F1 12 Tf 20 100 Td ({line}) Tj ET".encode()
            page.Contents = document.make_stream(words)
        document.save(out)
    return out.getvalue()


def pdf(content=None, name="naskah.pdf"):
    content = letter("KEPUTUSAN", "LAMPIRAN") if content is None else content
    return SimpleUploadedFile(name, content, "application/pdf")


def unnumbered(subsidy):
    return drafts.draft(subsidy, number="", date=None)


def begin_to_freeze(decree, by="rini", **values):
    """Returns the job."""
    office = people.office(by)
    with scope.enter(office):
        values = {"marking": Marking.BLANK, "signatory": None} | values
        actions.freeze(decree, by=office, **values)
        return decree.freezings.first()


def freeze(decree, **values):
    """The list is frozen and its annex written, as a worker would."""
    freezing.advance(begin_to_freeze(decree, **values).pk)
    drafts.printed(decree)
    return fresh(decree)


def send(decree, file=None, by="rini", *, paper="f4-across", signing="ink"):
    office = people.office(by)
    with scope.enter(office):
        annex = actions_of_signing.prepare(decree, paper=paper, signing=signing, by=office)
        actions_of_signing.send(decree, by=office, annex=annex, file=file)
    return fresh(decree)


def sent_pdf(decree):
    """The bytes of the annex that went out."""
    with scope.whole_country("tests"):
        return decree.files.get(kind="sent", filename__startswith="lampiran").file.read()


def receive(decree, content=None, *, number=NUMBER, day=DAY, signatory=None, name="kembali.pdf"):
    """The signed file as it is kept; without `content` what was sent, signed."""
    rini = people.office("rini")
    content = signed_pdf(sent_pdf(decree)) if content is None else content
    with scope.enter(rini):
        return actions_of_signing.receive(
            decree, pdf(content, name), number=number, day=day, signatory=signatory, by=rini
        )


def signed(decree):
    """From a draft to a list that is back and signed."""
    send(freeze(decree))
    receive(decree)
    return fresh(decree)


def signatory(**values):
    with scope.whole_country("tests"):
        return Signatory.objects.create(
            regency_id=people.TRENGGALEK,
            **{"name": "Hj. RATNA WULANDARI, S.H.", "valid_from": date(2025, 2, 20)} | values,
        )


def fresh(decree):
    with scope.whole_country("tests"):
        return Decree.objects.select_related("programme", "signatory").get(pk=decree.pk)
