"""Build the published site from the editor's files.

    identity   which database to use: the code, the settings, the libraries
    sources    changed files -> rows
    inputs     the theme, the editor's pages, files of other plugins -> rows
    photos     source pictures -> rows
    engine     changed rows -> stale parts of views, stale pages -> made again
    verify     what is checked before a release
    releases   the generated files -> a release that replaces the previous one
    site       one build: all of the above, in this order

:mod:`portraits.host.running` runs it inside Pelican where that is needed.
"""
