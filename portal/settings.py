"""Settings. PORTAL_ENV is development (default), test or production.

Production is configured by variables alone: SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, REDIS_URL,
TRUSTED_PROXIES when it runs behind a reverse proxy, and FILES_S3_BUCKET when it runs on several
machines (docs/operations.md).
"""

from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from pghistory import ForeignKey, ObjForeignKey
from whitenoise.compress import Compressor

from portal import logs
from portal.launch import keys, storages, tls

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
PORTAL_ENV = env("PORTAL_ENV", default="development")
if PORTAL_ENV not in ("development", "test", "production"):
    raise ImproperlyConfigured("PORTAL_ENV is development, test or production.")
PRODUCTION = PORTAL_ENV == "production"
TESTING = PORTAL_ENV == "test"
DEBUG = env.bool("DEBUG", default=False) and not PRODUCTION
PORTAL_DATA = Path(env("PORTAL_DATA", default=str(BASE_DIR / "var"))).resolve()


def secret_key():
    """The key from the environment; generated in development, never in production."""
    key = env("SECRET_KEY", default="")
    if not PRODUCTION:
        return key or keys.generated(PORTAL_DATA / "secrets", "django-key")
    if len(key) < 50 or len(set(key)) < 5 or key.startswith(("django-insecure", "change", "ganti")):
        raise ImproperlyConfigured(
            "Production needs a SECRET_KEY of its own, 50 characters or more. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return key


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])


def public_address():
    """Where anybody reaches the portal, without a slash at the end: printed on annexes of decrees,
    which jobs write that know of no request."""
    host = next((host for host in ALLOWED_HOSTS if host.strip("*.") == host), "localhost")
    usual = f"https://{host}" if PRODUCTION else "http://localhost:8000"
    return env("PUBLIC_ADDRESS", default=usual).rstrip("/")


PUBLIC_ADDRESS = public_address()

INSTALLED_APPS = [
    "portal",
    "portal.administration.PortalAdminConfig",
    "django.contrib.auth",
    "django_otp.plugins.otp_totp",
    "villages",
    "enrollment",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "django_include_bootstrap",
    "import_export",
    "lucide",
    "pghistory",
    "pgtrigger",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.caching.NoStoreMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "villages.parameters.RefuseNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.bodies.BodiesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "villages.accounts.limits.SessionLimits",
    "villages.accounts.kept.KeptForms",
    "portal.trouble.NotOpenedMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "villages.middleware.AccessMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "portal.templatetags.formats",
                "portal.templatetags.parts",
                "portal.templatetags.tables",
                "portal.templatetags.tags",
            ],
        },
    }
]


# --- The database, with the application's login; migrations use the owner's ----------------
def login(variable):
    return env.db_url_config(tls.secured(env(variable, default="postgres:///lindungdesa")))


DATABASES = {"default": login("DATABASE_URL")}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)  # seconds
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 0 if TESTING else 600
DATABASE_OWNER = login("DATABASE_OWNER_URL") if "DATABASE_OWNER_URL" in env.ENVIRON else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# History is read by person. Indexes on its other keys would never be used, but would be written for
# each of the 150,000 people of one list.
PGHISTORY_FOREIGN_KEY_FIELD = ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = ObjForeignKey(db_index=True)

# --- The queue: carries ids only; the state of a job is its row in PostgreSQL --------------
CELERY_BROKER_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # seconds; longer than the longest task may run
    "global_keyprefix": env("PORTAL_QUEUE_PREFIX", default="lindungdesa:"),
    "socket_connect_timeout": 3,
    "socket_timeout": 30,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.2}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 3000  # seconds
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", default=2)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_TIMEZONE = "Asia/Jakarta"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "enrollment.jobs.tasks.sweep", "schedule": timedelta(seconds=15)},
    "fold": {"task": "enrollment.counts.tasks.fold", "schedule": timedelta(minutes=1)},
    "tidy": {"task": "villages.accounts.tasks.tidy", "schedule": timedelta(minutes=10)},
    "history": {
        "task": "villages.tasks.make_history_months",
        "schedule": crontab(hour=1, minute=0),
    },
    "retention": {
        "task": "enrollment.retention.tasks.remove",
        "schedule": crontab(hour=1, minute=30),
    },
}

# --- Accounts ------------------------------------------------------------------------------
AUTH_USER_MODEL = "villages.User"
AUTHENTICATION_BACKENDS = ["villages.backends.OfficeHolderBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "villages.accounts.passwords.NotOwnName"},
    {
        "NAME": "villages.accounts.passwords.NotTooShort",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "villages.accounts.passwords.NotCommon"},
    {"NAME": "villages.accounts.passwords.NotNumeric"},
    {"NAME": "villages.accounts.passwords.NoLocalWords"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=8) * 3600  # seconds, however active
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # many share a computer
SESSION_IDLE = env.int("SESSION_IDLE_MINUTES", default=60) * 60  # seconds without a page

# --- The second factor: codes of an app on the phone (villages/accounts/factor) --------------
SECOND_FACTOR_REQUIRED = PRODUCTION  # of the roles in factor/proof.py; else a regency asks for it
SECOND_FACTOR_FRESH = env.int("CODE_MINUTES", default=10) * 60  # seconds; then asked again
OTP_TOTP_ISSUER = "LindungDesa"
OTP_TOTP_THROTTLE_FACTOR = 0  # villages/accounts/throttling.py does it

# The number of our reverse proxies: so many entries of X-Forwarded-For are trusted, and no more.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# --- Language, time, files -----------------------------------------------------------------
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORM_RENDERER = "portal.widgets.Widgets"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(PORTAL_DATA / "static")))
STATICFILES_DIRS = [BASE_DIR / "static", ("panduan", BASE_DIR / "docs" / "gambar")]
PLAIN_STATIC = TESTING or DEBUG
WHITENOISE_USE_FINDERS = PLAIN_STATIC
WHITENOISE_AUTOREFRESH = PLAIN_STATIC  # else each test client lists all files first
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
# Uploads hold people's data: outside every folder that a web server serves.
MEDIA_ROOT = Path(env("PORTAL_UPLOADS", default=str(PORTAL_DATA / "uploads")))
MEDIA_URL = ""
# No more files are taken when less than this would stay free: the database needs it.
KEEP_FREE = env.int("KEEP_FREE_MB", default=512) * 2**20  # bytes
SIGNATURE_ROOTS = env("SIGNATURE_ROOTS", default="")
"""A PEM file with the known roots of electronic signatures; without it every root is unknown."""
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes, files not counted
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a village's whole list ticked at once
STORAGES = {
    "default": storages.chosen(env.ENVIRON),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "portal.launch.stylesheets.ShortStylesheets"
    },
}

# --- Workbooks of reference data in the admin site ------------------------------------------
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- Safety of the pages -------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "villages.accounts.sessions"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "villages.accounts.kept.refused"
UPLOAD_COOKIE_NAME, KEPT_COOKIE_NAME = "upload", "kept"
SECURE_CONTENT_TYPE_NOSNIFF = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]  # for the container's health check, without https
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Browsers take such a name from this host alone, over https, for the whole site.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    UPLOAD_COOKIE_NAME, KEPT_COOKIE_NAME = "__Host-upload", "__Host-kept"
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs and error reports ----------------------------------------------------------------
LOGGING_CONFIG = None  # portal.logs.configure() does it instead
LOG_LEVEL = env("LOG_LEVEL", default="WARNING" if TESTING else "INFO")
logs.configure(LOG_LEVEL)
DEFAULT_EXCEPTION_REPORTER = "portal.logs.MaskedReport"
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.logs.NothingPersonal"
