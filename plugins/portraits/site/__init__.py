"""What all pages share: the build context, templates, views, assets."""
