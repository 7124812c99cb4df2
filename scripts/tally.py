"""Add up the reports of several test runs in one plain line."""

import sys
from collections import Counter
from xml.etree import ElementTree


def tally(reports: list[str]) -> str:
    total: Counter[str] = Counter()
    for report in reports:
        for suite in ElementTree.parse(report).iter("testsuite"):  # noqa: S314 (our own file)
            for name in ("tests", "failures", "errors", "skipped"):
                total[name] += int(suite.get(name, 0))
    failed = total["failures"] + total["errors"]
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    return f"{total['tests'] - failed - total['skipped']} passed, {failed} failed{skipped}"


if __name__ == "__main__":
    print(tally(sys.argv[1:]))
