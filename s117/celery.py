"""The Celery app: its settings begin with CELERY_, its tasks are each floor's tasks.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s117.settings")

app = Celery("s117")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
