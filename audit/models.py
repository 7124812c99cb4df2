"""The permanent record: a line for each thing done, chained so that none can be lost unseen."""

from django.conf import settings
from django.db import models

FIRST_HASH = "0" * 64


class Chain(models.Model):
    """The end of one partnership's chain; locked while a line is added."""

    key = models.CharField(max_length=40, primary_key=True)  # a partnership's id, or "system"
    length = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default=FIRST_HASH)


class AuditEvent(models.Model):
    """Who did what to which record, and when.

    It names its target by label and id rather than by foreign key, so the log
    never stands in the way of the live data. Triggers refuse update and delete.
    """

    chain = models.CharField(max_length=40)
    number = models.BigIntegerField()
    event = models.CharField(max_length=60)
    target_model = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,  # the system itself: a nightly job
    )
    occurred_at = models.DateTimeField()
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="audit_event_once_in_chain")
        ]
        indexes = [
            models.Index(fields=["target_id", "occurred_at"], name="audit_by_target"),
            models.Index(fields=["actor", "occurred_at"], name="audit_by_actor"),
        ]
