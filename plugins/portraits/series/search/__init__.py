"""The search index: which passage of which portrait holds which word.

Pure functions of portraits; the pages that use them are in
:mod:`portraits.pages.search`, the reader's side is ``theme/static/js/search.js``.
Why this is no library's work is told in ``docs/decisions/010-search.md``.
"""
