"""Name the plugin where Pelican looks for plugins; all of it is in :mod:`portraits`."""

from portraits import register

__all__ = ["register"]
