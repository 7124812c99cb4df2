"""Wiring: settings, addresses, Celery. Tasks find their app because it is imported here."""

from s117.celery import app as celery_app

__all__ = ["celery_app"]
