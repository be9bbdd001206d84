"""Take the pictures of the README: home page and a portrait, wide and on a phone, light and dark,
and the looks of the theme side by side.

    python -m tools.screenshots        (or: invoke screenshots)

Builds the demonstration site for a fixed day, serves it on loopback and captures the first screen.
The pictures are reduced to 256 dithered colours, with little visible loss for drawings.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "images"
SITE = ROOT / ".cache" / "screenshots" / "site"
DAY = "2026-01-15"
ADDRESS = "https://portraits.example"

PAGES = {"home": "", "portrait": "portraits/maude-lavoie-tardif/"}
WINDOWS = {
    "wide": {"viewport": {"width": 1440, "height": 1240}, "device_scale_factor": 1},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
}
LOOK = (480, 560)
"""Width and height of the picture of one look, half of the window's."""
SCHEMES = ("light", "dark")
LARGEST = 400_000
"""Maximum size of one picture, in bytes."""


def take_all() -> int:
    """Take every picture again; return the exit status."""
    from playwright.sync_api import sync_playwright
    from portraits import commands
    from portraits.output.hosting import rules_of
    from portraits.settings import Settings

    from tools.browser import ARGUMENTS, ensure_browser
    from tools.loopback import serving

    os.environ["SITEURL"] = ADDRESS
    if status := commands.build("publishconf.py", output=str(SITE), now=DAY):
        return status
    TARGET.mkdir(parents=True, exist_ok=True)
    with serving(SITE, rules_of(Settings(site_url=ADDRESS))) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=ensure_browser(), args=list(ARGUMENTS))
        for window, scheme in product(WINDOWS, SCHEMES):
            context = browser.new_context(
                **WINDOWS[window], color_scheme=scheme, locale="fr-CA", reduced_motion="reduce"
            )
            page = context.new_page()
            for name, path in PAGES.items():
                page.goto(address + path, wait_until="networkidle")
                page.evaluate("document.fonts.ready")
                file = TARGET / f"{name}-{window}-{scheme}.png"
                file.write_bytes(reduced(page.screenshot()))
                print(f"{file.relative_to(ROOT)} : {file.stat().st_size // 1000} ko")
            context.close()
        (TARGET / "looks.png").write_bytes(reduced(_looks(browser)))
        browser.close()
    large = [file.name for file in sorted(TARGET.glob("*.png")) if file.stat().st_size > LARGEST]
    if large:
        print(f"Trop lourdes (plus de {LARGEST // 1000} ko) : {', '.join(large)}", file=sys.stderr)
    return bool(large)


def _looks(browser: Any) -> bytes:
    """Return a picture of a portrait's first screen in each look."""
    from PIL import Image
    from portraits import commands
    from portraits.output.hosting import rules_of
    from portraits.settings import LOOKS, Settings

    from tools.loopback import serving

    whole = Image.new("RGB", (len(LOOKS) * LOOK[0], LOOK[1]))
    for place, look in enumerate(LOOKS):
        settings = SITE.parent / "look.py"
        settings.write_text(
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom publishconf import *\n"
            f"PORTRAITS = {{**PORTRAITS, 'look': {look!r}}}\n"
            f"PATH, THEME = {str(ROOT / 'content')!r}, {str(ROOT / 'theme')!r}\n",
            encoding="utf-8",
        )
        commands.build(str(settings), output=str(SITE), now=DAY)
        with serving(SITE, rules_of(Settings(site_url=ADDRESS))) as address:
            page = browser.new_page(
                viewport={"width": 2 * LOOK[0], "height": 2 * LOOK[1]}, reduced_motion="reduce"
            )
            page.goto(address + PAGES["portrait"], wait_until="networkidle")
            page.evaluate("document.fonts.ready")
            with Image.open(BytesIO(page.screenshot())) as shot:
                small = shot.convert("RGB").resize(LOOK, Image.Resampling.LANCZOS)
                whole.paste(small, (place * LOOK[0], 0))
            page.close()
    out = BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def reduced(png: bytes) -> bytes:
    """Return a PNG reduced to 256 colours."""
    from PIL import Image

    with Image.open(BytesIO(png)) as picture:
        full = picture.convert("RGB")
        few = full.quantize(palette=full.quantize(256), dither=Image.Dither.FLOYDSTEINBERG)
        out = BytesIO()
        few.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]
    raise SystemExit(take_all())
