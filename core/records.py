"""What every stored record has in common."""

from django.db import models

from core.identifiers import new_id


class Record(models.Model):
    """A row with a key that may stand in a URL without counting anybody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
