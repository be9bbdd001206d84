"""Settings for working on the series: everything stands on this machine.

`publishconf.py` builds on this file for the site that everybody reads.
"""

import sys
from pathlib import Path

_HERE = Path(__file__).parent
sys.path.insert(0, str(_HERE / "plugins"))

# --- Make it yours -----------------------------------------------------------------------
SITENAME = "Gens de communauté"
SITESUBTITLE = "Portraits de celles et ceux qui font vivre les communautés en ligne."
AUTHOR = "La rédaction de Gens de communauté"
DEFAULT_LANG = "fr"
TIMEZONE = "America/Toronto"

# What every setting of the plugin means stands in plugins/portraits/settings.py.
PORTRAITS = {
    "title": "Portrait de gestionnaire de communauté : {name}",
    "languages": {
        "en": {
            "name": "Community People",
            "subtitle": "Portraits of the people who keep online communities alive.",
            "title": "Portrait of a community manager: {name}",
        }
    },
    "default_network": "twitter",
    "look": "magazine",
    "typography": "quebec",
    "comments": "email",
    "email": "redaction@gensdecommunaute.example",
    "license": "CC BY 4.0",
    "license_url": "https://creativecommons.org/licenses/by/4.0/deed.fr",
    "admin": "",
}

# --- How it is put together --------------------------------------------------------------
SITEURL = "http://localhost:8000"
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"
THEME = "theme"
PLUGIN_PATHS = [str(_HERE / "plugins")]
PLUGINS = ["portraits"]
PAGE_PATHS = ["pages"]
PAGE_URL = "{slug}/"
SLUGIFY_SOURCE = "basename"
RELATIVE_URLS = False
MARKDOWN = {
    "extensions": ["portraits.typography.markdown"],
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "portraits.typography.markdown": {"lang": DEFAULT_LANG, "rules": PORTRAITS["typography"]},
    },
    "output_format": "html5",
}
