"""An electronic signature of an invented person, with a key that is made now and thrown away, and
a page to be signed."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

DER = serialization.Encoding.DER
NOT_FOR = ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign")


@lru_cache
def certificate(name):
    """A key, and a certificate of that name that it has signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_cert_sign=True, encipher_only=False,
        decipher_only=False, **dict.fromkeys(NOT_FOR, False),
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, made


def empty_page():
    """A PDF of one empty page."""
    writer = PdfFileWriter()
    contents = writer.add_object(StreamObject(stream_data=b""))
    writer.insert_page(PageObject(contents=contents, media_box=(0, 0, 595, 842)))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def signed_pdf(content, name, field="TandaTangan"):
    """The file with a signature added behind its bytes, as signing programs do."""
    key, made = certificate(name)
    packed = key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(made.public_bytes(DER)),
        signing_key=keys.PrivateKeyInfo.load(packed),
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
