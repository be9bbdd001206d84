"""A site with an editor, and the file system of the browser in the place of a repository.

The local workflow of Sveltia CMS asks for the root folder of a repository on the disk. Nobody can
answer that question of the browser in a test; the private file system of its origin is a folder of
the same kind (File System Standard), so the answer is that one.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page
from portraits.output.hosting import rules_of
from portraits.settings import Settings

from tests.conftest import DAY, OWN_SETTINGS, Command
from tests.fixtures.packages import share_packages
from tests.fixtures.templates import share_templates
from tools.loopback import serving

REPOSITORY = "https://github.com/lea/serie"
PICKED = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"
_WRITE = """async files => {
  for (const [path, content] of Object.entries(files)) {
    const names = path.split("/");
    let folder = await navigator.storage.getDirectory();
    for (const name of names.slice(0, -1))
      folder = await folder.getDirectoryHandle(name, {create: true});
    const file = await folder.getFileHandle(names.at(-1), {create: true});
    const stream = await file.createWritable();
    await stream.write(Uint8Array.from(atob(content), char => char.charCodeAt(0)));
    await stream.close();
  }
}"""
_READ = """async () => {
  const found = {};
  const walk = async (folder, path) => {
    for await (const [name, one] of folder.entries()) {
      if (one.kind === "directory") { await walk(one, `${path}${name}/`); continue; }
      const bytes = new Uint8Array(await (await one.getFile()).arrayBuffer());
      found[path + name] = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
    }
  };
  await walk(await navigator.storage.getDirectory(), "");
  return found;
}"""


@contextmanager
def site_with_editor(folder: Path, content: Path, program: Command) -> Iterator[str]:
    """Build a series with an editor into ``folder``, serve it, and yield its address."""
    share_templates(folder / "cache")
    share_packages(folder / "cache")
    settings = folder / "conf.py"
    settings.write_text(
        f"{OWN_SETTINGS}PORTRAITS = {{**PORTRAITS, 'admin': {REPOSITORY!r}, 'pictures': False,"
        " 'search': False}\n"
        f"SITEURL = 'https://portraits.example'\nCACHE_PATH = {str(folder / 'cache')!r}\n",
        encoding="utf-8",
    )
    where = ["--content", str(content), "--output", str(folder / "site")]
    done = program("build", *where, "--now", DAY, "--settings", str(settings))
    assert done.returncode == 0, done.stderr
    rules = rules_of(Settings(site_url="https://portraits.example", admin=REPOSITORY))
    with serving(folder / "site", rules) as address:
        yield address


def write(page: Page, files: Mapping[str, bytes]) -> None:
    """Put files into the repository; ``page`` is any page of the site."""
    encoded = {path: base64.b64encode(content).decode() for path, content in files.items()}
    page.evaluate(_WRITE, encoded)


def read(page: Page) -> dict[str, bytes]:
    """Return the files of the repository."""
    found: dict[str, str] = page.evaluate(_READ)
    return {path: base64.b64decode(content) for path, content in found.items()}


def field(page: Page, label: str) -> Locator:
    """Return the field with this label; the editor puts marks of direction around it."""
    return page.get_by_role("group", name=f"Champ « \u2068{label}\u2069 »", exact=True)
