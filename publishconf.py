"""Settings for the site that everybody reads: absolute addresses.

The address comes from the environment, so that a fork publishes under its own:

    SITEURL=https://example.org uv run portraits build --settings publishconf.py
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403 - Pelican reads a settings file's own names

SITEURL = os.environ.get("SITEURL", "").rstrip("/")
if not SITEURL.startswith(("https://", "http://")):
    raise SystemExit(
        "publishconf.py : l’adresse du site manque — indiquez-la ainsi : "
        "SITEURL=https://exemple.org uv run portraits build --settings publishconf.py"
    )
OUTPUT_PATH = "public"

# Where `portraits publish` sends the site; docs/publishing.md has the other kinds of targets.
PUBLISH = {"pages": {"type": "git", "remote": "origin", "branch": "gh-pages"}}
