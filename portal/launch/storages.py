"""Where uploads and made files are kept, as the variables say: Django's STORAGES["default"].

Without FILES_S3_BUCKET they lie in a folder, which is for one machine. With it they lie in a bucket
that all machines share.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from portal.launch import tls

NEEDED = ("FILES_S3_KEY_ID", "FILES_S3_SECRET", "FILES_S3_REGION")
ENCRYPTIONS = ("", "AES256", "aws:kms")
PLAIN = (
    "FILES_S3_ENDPOINT must begin with https://: the files are lists of people, and would cross "
    "the network readable."
)


def chosen(env: Mapping[str, str]) -> dict[str, Any]:
    """The storage of files, as the variables say."""
    if not env.get("FILES_S3_BUCKET"):
        return {"BACKEND": "enrollment.workbooks.storing.Folder"}
    _refuse_what_is_missing(env)
    encryption = env.get("FILES_S3_ENCRYPTION", "")
    options = {
        "bucket_name": env["FILES_S3_BUCKET"],
        "endpoint_url": env.get("FILES_S3_ENDPOINT") or None,
        "region_name": env["FILES_S3_REGION"],
        "access_key": env["FILES_S3_KEY_ID"],
        "secret_key": env["FILES_S3_SECRET"],
        "location": env.get("FILES_S3_PREFIX", ""),
        "addressing_style": env.get("FILES_S3_ADDRESSING") or None,
        "object_parameters": {"ServerSideEncryption": encryption} if encryption else {},
        # None: what is stored is its owner's alone. Buckets without access lists refuse any word.
        "default_acl": None,
    }
    return {"BACKEND": "enrollment.workbooks.bucket.Bucket", "OPTIONS": options}


def _refuse_what_is_missing(env: Mapping[str, str]) -> None:
    if missing := [name for name in NEEDED if not env.get(name)]:
        raise ImproperlyConfigured(f"FILES_S3_BUCKET needs {', '.join(missing)} too.")
    if env.get("FILES_S3_ENCRYPTION", "") not in ENCRYPTIONS:
        raise ImproperlyConfigured("FILES_S3_ENCRYPTION is AES256 or aws:kms.")
    endpoint = urlsplit(env.get("FILES_S3_ENDPOINT") or "https://")
    if endpoint.scheme != "https" and not tls.is_nearby(endpoint.hostname or "elsewhere"):
        raise ImproperlyConfigured(PLAIN)
