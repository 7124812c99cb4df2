"""Fill the table of bank holidays for England and Wales."""

from typing import Any

import holidays
from django.core.management.base import BaseCommand, CommandParser

from core.models import BankHoliday


class Command(BaseCommand):
    help = (
        "Adds the bank holidays of England and Wales; days already in the table stay as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--first-year", type=int, default=2015)
        parser.add_argument("--last-year", type=int, default=2035)

    def handle(self, *, first_year: int, last_year: int, **options: Any) -> None:
        days = holidays.country_holidays(
            "GB", subdiv="ENG", years=range(first_year, last_year + 1), language="en_GB"
        )
        BankHoliday.objects.bulk_create(
            [BankHoliday(day=day, name=name[:80]) for day, name in sorted(days.items())],
            ignore_conflicts=True,
        )
        self.stdout.write(f"{len(days)} bank holidays, {first_year} to {last_year}.")
