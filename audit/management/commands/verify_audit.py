"""Check that the record is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.models import Chain
from audit.operations import broken_links


class Command(BaseCommand):
    help = (
        "Follows every chain of the audit record and names each line that was changed or removed."
    )

    def handle(self, **options: Any) -> None:
        broken = 0
        for chain in Chain.objects.order_by("key"):
            numbers = broken_links(chain.key)
            broken += len(numbers)
            state = f"broken at {', '.join(map(str, numbers))}" if numbers else "whole"
            self.stdout.write(f"{chain.key}: {chain.length} lines, {state}")
        if broken:
            raise CommandError("The record has been tampered with.")
