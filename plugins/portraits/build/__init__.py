"""From the editor's files to the published site.

    identity   which database: the code, the settings, the libraries
    sources    changed files -> rows
    inputs     the theme, the editor's pages, files of other plugins -> rows
    photos     source pictures -> rows
    engine     changed rows -> stale parts of views, stale pages -> made again
    verify     what is looked at before a release
    releases   the made files -> a release in the place of the one before
    site       one build: all of the above, in this order

:mod:`portraits.host.running` puts Pelican around it, where it is needed.
"""
