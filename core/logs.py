"""What goes to the log: what happened and where, never whose row it was."""

import logging
import re

CUT = "[left out: it may name a person]"
_NEXT = r"(?=^\s*(?:[|+][\s|+-]*)?(?:Traceback \(most|The above exception|During handling)|\Z)"
_ROW = re.compile(
    rf"(?:DETAIL:|\bFailing row contains\b|\bKey \([^)]*\)=).*?{_NEXT}",
    re.DOTALL | re.MULTILINE,
)


class WithoutRows(logging.Formatter):
    """Cuts the rows that PostgreSQL quotes in its errors, up to the next traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line and its traceback, wherever the row was quoted, without it."""
        return _ROW.sub(f"{CUT}\n", super().format(record)).rstrip("\n")
