"""Shared helpers for files, processes, hashes and problems. Knows nothing of portraits."""
