from datetime import date

from django.core.management import call_command

from core.models import BankHoliday


def test_bank_holidays_are_loaded_once_and_edits_stay(db):
    BankHoliday.objects.create(day=date(2027, 1, 1), name="Our own name")

    call_command("load_bank_holidays", first_year=2026, last_year=2027, verbosity=0)
    call_command("load_bank_holidays", first_year=2026, last_year=2027, verbosity=0)

    days = BankHoliday.objects.days()
    assert date(2026, 12, 28) in days  # the day in lieu of 26 December
    assert sum(day.weekday() < 5 for day in days) == 16  # eight a year
    assert BankHoliday.objects.get(day=date(2027, 1, 1)).name == "Our own name"
