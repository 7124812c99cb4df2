"""The calendar that every deadline is counted by."""

from datetime import date

from django.db import models


class BankHolidayQuerySet(models.QuerySet["BankHoliday"]):
    def days(self) -> frozenset[date]:
        return frozenset(self.values_list("day", flat=True))


class BankHoliday(models.Model):
    """A day on which nobody works in England and Wales."""

    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=80)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.name}, {self.day:%Y-%m-%d}"
