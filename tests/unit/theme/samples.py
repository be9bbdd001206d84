"""Where the task `patterns` still looks for what is in :mod:`tools.samples`."""

from tools.samples import write

__all__ = ["write"]
