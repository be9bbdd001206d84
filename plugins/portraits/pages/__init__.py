"""Every page of the site: what it is made from, and how.

Each module yields :class:`~portraits.pages.spec.PageSpec` values for one kind of page from an
:class:`~portraits.pages.assembly.Assembly`; nothing here writes a file.
"""
