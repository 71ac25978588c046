#!/usr/bin/env python3
"""Stillwater's one command line: serve, scan, evaluate, and all that Django brings."""

import os
import sys

from stillwater.command_line import run

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
    sys.exit(run(sys.argv))
