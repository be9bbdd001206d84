"""Integrate with Pelican: the plugin, and whether a build needs it."""
