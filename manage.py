#!/usr/bin/env python
"""Django's command line. The demonstration says so before any setting is read."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s117.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ["DEMO"] = "1"
    execute_from_command_line(sys.argv)
