"""Build the search index: which passage of which portrait contains which word.

These are pure functions of portraits; the pages that use them are in :mod:`portraits.pages.search`,
the browser's side is ``theme/static/js/search.js``. ``docs/decisions/010-search.md`` explains why
no search library is used.
"""
