"""Work out a split from two files, by the same function as the screen, and print it as JSON."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matrices.policy.calculation import calculate
from matrices.policy.case import parse_case
from matrices.policy.parsing import parse_definition
from matrices.policy.reading import BadDocument


class Command(BaseCommand):
    help = "Print the split a matrix definition gives for a case, and how it came about, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("definition", type=Path, help="a matrix (docs/matrix-schema.json)")
        parser.add_argument(
            "case", type=Path, help='{"answers": {domain: level}, "lines": [services]}'
        )

    def handle(self, *args: Any, definition: Path, case: Path, **options: Any) -> None:
        try:
            asked = parse_case(_read(case))
            outcome = calculate(parse_definition(_read(definition)), asked.answers, asked.lines)
        except BadDocument as bad:
            raise CommandError("\n".join(bad.problems)) from bad
        self.stdout.write(json.dumps(outcome.as_json(), indent=2, ensure_ascii=False))


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{path} is not JSON.") from error
