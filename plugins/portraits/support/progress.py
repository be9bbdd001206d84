"""Type of the callback that reports the progress of long work."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with a label, the number of steps done and their total."""
