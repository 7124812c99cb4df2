"""Load the demonstration: two invented places, one of them at work."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Partnership
from demo import eastmere
from demo.places import BEGAN_DAYS_AGO, set_up
from demo.tales import Teller


class Command(BaseCommand):
    help = "Fills an empty database with the demonstration; refuses where there is anything."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Set DEMO=1 to load the demonstration.")
        if Partnership.objects.exists():
            raise CommandError("There is data already. Start afresh with: make demo-reset")
        with transaction.atomic():
            self.load()
        self.stdout.write("The demonstration is loaded: Eastmere and Merebridge.")

    def load(self) -> None:
        now = timezone.now()
        call_command("load_bank_holidays", verbosity=0, stdout=self.stdout)
        places = set_up(timezone.localdate(), now - timedelta(days=BEGAN_DAYS_AGO))
        eastmere.fill(places["eastmere"], Teller(places["eastmere"], now))
        eastmere.fill_stranger(places["merebridge"], Teller(places["merebridge"], now))
