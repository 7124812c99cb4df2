"""What the tests change: SQLite in memory unless told otherwise, quick hashing, no files left."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from s117.settings import *  # noqa: F403
from s117.settings import CACHES, DATABASES, REDIS_URL, STORAGES

VAR_DIR = Path(tempfile.mkdtemp(prefix="s117-tests-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
MEDIA_ROOT = VAR_DIR / "media"
SECRET_KEY = "only-for-tests-" * 4
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"NAME": ":memory:", "TEST": {"NAME": ":memory:"}}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
CELERY_TASK_ALWAYS_EAGER = True  # but for the journeys, whose worker is a real one
CELERY_TASK_EAGER_PROPAGATES = True
if REDIS_URL:  # each worker of pytest has its own queue and cache
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CELERY_BROKER_URL = CACHES["default"]["LOCATION"] = f"{REDIS_URL.rsplit('/', 1)[0]}/{number}"
else:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
