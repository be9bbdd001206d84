"""The drawings of the demonstration portraits, one scene a module."""
