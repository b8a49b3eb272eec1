"""The real settings, over a throw-away data folder."""

import os
import tempfile

os.environ["TISSAGE_HOME"] = tempfile.mkdtemp(prefix="tissage-tests-")
os.environ["TISSAGE_SECRET_KEY"] = "for-tests-only-" + "x" * 40
os.environ.pop("TISSAGE_ENV", None)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop beside the live server

from tissage.config.settings import *  # noqa: F403

DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 - the live server's threads end with their test
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # noqa: F405
TISSAGE_CANDIDATE_PHASE = True
TISSAGE_HSDS_PER_MINUTE = 1_000_000  # a crawl asks more in a minute than anybody
