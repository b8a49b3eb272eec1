"""Settings, read from the environment. Local mode is the default: 127.0.0.1, plain HTTP, secret from TISSAGE_HOME.

TISSAGE_HOME           data folder (default: var/ in the current folder)
TISSAGE_ENV            local (default) or production
TISSAGE_ALLOWED_HOSTS  host names, separated by commas (production)
TISSAGE_SECRET_KEY     instead of the generated one
TISSAGE_ORIGIN         public address, for links in mails
TISSAGE_DEBUG          1 for Django's debug pages (local only)
TISSAGE_CANDIDATE_PHASE  1 where associations ask candidates in spaces of their own; off by default: a municipality's installation has no such page
TISSAGE_ENCODER        package.module:factory of another encoder of sentences; none for no suggestions by meaning (docs/encoder.md)
TISSAGE_PROXIES        how many proxies stand in front (production: 1), to know the address of a browser
TISSAGE_HSDS_PER_MINUTE  how often one home may ask the open interface of the directory in a minute (default: 120, a process)
TISSAGE_OIDC_NAME, _SERVER, _CLIENT_ID, _SECRET  the town's own OpenID Connect door, on the sign-in page (docs/deploy.md)
TISSAGE_EMAIL_HOST…    a mail server; without it, mails are written on the console
DATABASE_URL           postgres://… instead of the embedded SQLite
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent
TISSAGE_HOME = Path(os.environ.get("TISSAGE_HOME", "var")).expanduser().resolve()
TISSAGE_ENV = os.environ.get("TISSAGE_ENV", "local")
PRODUCTION = TISSAGE_ENV == "production"
UNSET_SECRET = "unset-run-tissage-init"
DEBUG = os.environ.get("TISSAGE_DEBUG", "") == "1"


def _secret_key() -> str:
    given = os.environ.get("TISSAGE_SECRET_KEY")
    if given:
        return given
    stored = TISSAGE_HOME / "secret-key.txt"
    return stored.read_text(encoding="utf-8").strip() if stored.is_file() else UNSET_SECRET


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("TISSAGE_ALLOWED_HOSTS", "").split(",") if host.strip()]
if TISSAGE_ENV not in ("local", "production"):
    raise ImproperlyConfigured(f"TISSAGE_ENV={TISSAGE_ENV!r} : attendu « local » ou « production ».")
if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("TISSAGE_DEBUG=1 est refusé quand TISSAGE_ENV=production. Retirez TISSAGE_DEBUG.")
    if SECRET_KEY == UNSET_SECRET or len(SECRET_KEY) < 32:
        raise ImproperlyConfigured(
            "Clé secrète absente ou trop courte. Lancez « tissage init » sans TISSAGE_ENV, ou donnez TISSAGE_SECRET_KEY."
        )
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Aucun nom d’hôte autorisé. Donnez TISSAGE_ALLOWED_HOSTS=cohesion.exemple.be")
else:
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]

TISSAGE_ORIGIN = os.environ.get("TISSAGE_ORIGIN", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000")
TISSAGE_FILES = TISSAGE_HOME / "files"
TISSAGE_ENCODER = os.environ.get("TISSAGE_ENCODER", "")
TISSAGE_CANDIDATE_PHASE = os.environ.get("TISSAGE_CANDIDATE_PHASE", "") == "1"
TISSAGE_SLOTS = "tissage.config.slots.SLOTS"

INSTALLED_APPS = [
    "tissage.config",
    "tissage.ui",
    "tissage.people",
    "tissage.frameworks",
    "tissage.network",
    "tissage.voices",
    "tissage.synthesis",
    "tissage.plan",
    "tissage.agenda",
    "tissage.commitments",
    "tissage.reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rules",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tissage.commitments.middleware.CandidatePhaseMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tissage.people.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tissage.config.middleware.GetNeverWritesMiddleware",
    "tissage.config.middleware.PrivateByDefaultMiddleware",
]

ROOT_URLCONF = "tissage.config.urls"
WSGI_APPLICATION = "tissage.config.wsgi.application"


def _page_of_territory(territory: Any) -> str:
    from django.urls import reverse

    return reverse("voices:territory", args=[territory.slug])


# A territory is a thing of people; its page is downstream. Links of upstream pages go through here.
ABSOLUTE_URL_OVERRIDES = {"people.territory": _page_of_territory}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "builtins": ["django.templatetags.i18n", "tissage.ui.templatetags.tissage"],
        },
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA cache_size=-20000;PRAGMA journal_size_limit=27103364;PRAGMA temp_store=MEMORY;"
    ),
}


def _databases() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL", "")
    if url:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    else:
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": TISSAGE_HOME / "tissage.sqlite3"}
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = SQLITE_OPTIONS
        database["CONN_MAX_AGE"] = None  # opening the file with its pragmas costs as much as answering a phone
        database["TEST"] = {"NAME": str(TISSAGE_HOME / "test.sqlite3")}
    return {"default": database}


DATABASES = _databases()
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # full, it drops at random: counts of tries, of sign-ins too, must not be pushed out
    },
    # Of one process, so that reading never writes: how often a home asks the open interface.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process", "OPTIONS": {"MAX_ENTRIES": 20_000}},
}
TISSAGE_HSDS_PER_MINUTE = int(os.environ.get("TISSAGE_HSDS_PER_MINUTE", "120"))
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Signing in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:todo"
ACCOUNT_ADAPTER = "tissage.people.adapters.AccountAdapter"
MFA_ADAPTER = "tissage.people.adapters.MFAAdapter"
ACCOUNT_FORMS = {
    "login": "tissage.people.sign_in.SignInForm",
    "reset_password": "tissage.people.sign_in.ForgottenPasswordForm",
    "request_login_code": "tissage.people.sign_in.AskForCodeForm",
    "confirm_login_code": "tissage.people.sign_in.TypeCodeForm",
    "change_password": "tissage.people.sign_in.NewPasswordForm",
    "add_email": "tissage.people.sign_in.ChangeAddressForm",
}
MFA_FORMS = {"add_webauthn": "tissage.people.sign_in.AddPasskeyForm", "edit_webauthn": "tissage.people.sign_in.RenamePasskeyForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account comes from an invitation, read in that very mailbox
ACCOUNT_CHANGE_EMAIL = True  # one address; the new one replaces it once its link was followed
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tissage · "
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "tissage.people.adapters.display_name"
# Limited by account, not by address: a whole town hall is one address.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/key",
    "login": False,
    "reset_password": "5/h/key",
    "reset_password_from_key": False,
    "request_login_code": "5/h/key",
    "reauthenticate": "10/5m/user",
    "signup": False,
}
# A code by e-mail, for accounts that hold nothing restricted (`people/queries_sign_in.py`): ten minutes, three tries, five an hour.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
# The town's own door, when it has one. Nothing of it is stored here: an account is found again by its verified address, each time.
SOCIALACCOUNT_ADAPTER = "tissage.people.town_door.TownDoorAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = (
    True  # a form that leads to another site is refused by the content policy; the state of the flow is in the session
)
TISSAGE_OIDC_NAME = os.environ.get("TISSAGE_OIDC_NAME", "")
TISSAGE_OIDC_SERVER = os.environ.get("TISSAGE_OIDC_SERVER", "")
if PRODUCTION and TISSAGE_OIDC_SERVER and not TISSAGE_OIDC_SERVER.startswith("https://"):
    raise ImproperlyConfigured("TISSAGE_OIDC_SERVER doit commencer par https:// en production.")


def town_door(name: str, server: str, client_id: str, secret: str) -> dict[str, Any]:
    """What allauth needs to know of the town's OpenID Connect provider; nothing where none is named."""
    if not (name and server and client_id):
        return {}
    app = {"provider_id": "ville", "name": name, "client_id": client_id, "secret": secret, "settings": {"server_url": server}}
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


SOCIALACCOUNT_PROVIDERS = town_door(
    TISSAGE_OIDC_NAME, TISSAGE_OIDC_SERVER, os.environ.get("TISSAGE_OIDC_CLIENT_ID", ""), os.environ.get("TISSAGE_OIDC_SECRET", "")
)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a new address may wait for its link beside a second factor
MFA_TOTP_ISSUER = "Tissage"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Addresses are read behind the proxy: wrong codes are counted by address, and a whole hall must not pay for another.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TISSAGE_PROXIES", "1" if PRODUCTION else "0"))
if PRODUCTION:
    SECURE_SSL_REDIRECT = os.environ.get("TISSAGE_SSL_REDIRECT", "1") == "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Words, numbers, time -------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("français")), ("en", _("anglais"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["tissage.config.formats"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Files ----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600 if PRODUCTION else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Mail -----------------------------------------------------------------------------------------------------
EMAIL_HOST = os.environ.get("TISSAGE_EMAIL_HOST", "")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.console.EmailBackend"
EMAIL_PORT = int(os.environ.get("TISSAGE_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("TISSAGE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TISSAGE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("TISSAGE_EMAIL_TLS", "1") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("TISSAGE_EMAIL_FROM", "tissage@localhost")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
