"""Provide what all pages share: the build context, templates, views, assets."""
