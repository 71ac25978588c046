"""All configuration, from the environment; what people change in the page lives in the `Option` table."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from stillwater import environment
from stillwater.secret_key import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
STILLWATER_DATA = environment.folder("STILLWATER_DATA", BASE_DIR / "data")
STILLWATER_ENCRYPTION_KEY = environment.text("STILLWATER_ENCRYPTION_KEY")
STILLWATER_BROWSE_ROOTS = environment.words("STILLWATER_BROWSE_ROOTS", "/")
STILLWATER_SCANNER_EXCLUSIONS = environment.words("STILLWATER_SCANNER_EXCLUSIONS")
STILLWATER_TRUSTED_PROXIES = environment.networks("STILLWATER_TRUSTED_PROXIES")
STILLWATER_KEEP_CHANGES_DAYS = environment.number("STILLWATER_KEEP_CHANGES_DAYS", 30, 1, 3650)
STILLWATER_JOBS_INLINE = False
STILLWATER_DEMO = environment.flag("STILLWATER_DEMO", False)
STILLWATER_PROVIDERS_URL = environment.origin("STILLWATER_PROVIDERS_URL")
STILLWATER_DEMO_SERVERS_URL = environment.origin("STILLWATER_DEMO_SERVERS_URL")
STILLWATER_CONTACT = environment.text("STILLWATER_CONTACT")

DEBUG = environment.flag("STILLWATER_DEBUG", False)
SECRET_KEY = secret_key(STILLWATER_DATA, environment.text("STILLWATER_SECRET_KEY"))
ALLOWED_HOSTS = environment.words("STILLWATER_ALLOWED_HOSTS", "*")
FORCE_SCRIPT_NAME = environment.below("STILLWATER_BASE_PATH") or None

INSTALLED_APPS = [
    "stillwater.apps.StillwaterConfig",
    "artists.apps.ArtistsConfig",
    "connections.apps.ConnectionsConfig",
    "rules.apps.RulesConfig",
    "stillwater.apps.TablesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "template_partials",
    "csp",
    "django_q",
    "ninja",
]

MIDDLEWARE = [
    "stillwater.middleware.whole_requests",
    "stillwater.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "stillwater.csrf.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stillwater.middleware.front_door",
    "stillwater.middleware.api_methods",
    "stillwater.middleware.domain_errors",
]

ROOT_URLCONF = "stillwater.urls"
WSGI_APPLICATION = "stillwater.wsgi.application"
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
                "stillwater.context.shell",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    """SQLite in the data folder. Facts behind the options: design.md 4 (IMMEDIATE: no lock errors, measured)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": STILLWATER_DATA / "stillwater.db",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728; "
                # 16 MB: else many writes in a row copy the same pages into the database again and again.
                "PRAGMA wal_autocheckpoint=4000;"
            ),
        },
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "stillwater.User"
AUTHENTICATION_BACKENDS = ["stillwater.backends.Accounts"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "stillwater:login"
LOGIN_REDIRECT_URL = "dashboard"

SESSION_ENGINE = "stillwater.sessions"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = environment.flag("STILLWATER_SECURE_COOKIES", False)
CSRF_COOKIE_NAME = "csrf_token"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = 24 * 3600
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_HEADER_NAME = "HTTP_X_CSRF_TOKEN"
CSRF_TRUSTED_ORIGINS = environment.words("STILLWATER_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "stillwater.views.errors.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
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

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "static-built"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "stillwater.staticfiles.Storage"},
}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = environment.time_zone("TZ", "UTC")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Of a request without its files, which wait on the disk: many at once have to fit into memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "stillwater.uploads.WithinLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

Q_CLUSTER = {
    "name": "stillwater",
    "orm": "default",
    "workers": environment.number("STILLWATER_WORKERS", 3, 1, 64),
    "daemonize_workers": False,
    "timeout": 6 * 3600,
    "retry": 7 * 3600,
    "max_attempts": 3,
    "ack_failures": True,
    "save_limit": 100,
    "recycle": 100,
    "poll": 0.3,
    "catch_up": False,
    "label": "Queue",
}

LOG_LEVEL = environment.text("STILLWATER_LOG_LEVEL", "INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    raise ImproperlyConfigured(f"STILLWATER_LOG_LEVEL={LOG_LEVEL!r} is none of DEBUG, INFO, WARNING, ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "stillwater.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"django-q": {"level": "WARNING"}},
}
