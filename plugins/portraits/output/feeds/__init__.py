"""Write feeds: the newest portraits for feed readers, in several formats, from one list of entries.

    feed  = channel entry*            newest first, in the order of the series
    entry = portrait, its page's content with absolute addresses, its picture
          | answer                    in the feeds of its question

- An entry is serialized once and used in many feeds: so a format has one function for
  an entry, and one for the document around serialized entries.
- An entry's id is the permalink of its page. It comes from the file's slug, so that a
  new title does not change it; a reader sees an entry twice only if its page moves.
- A portrait has a date and no time. Its instant is noon UTC of that day
  (:func:`~portraits.output.feeds.entry.instant`).
- Nothing depends on the clock: a feed's ``updated`` is the latest of its entries.
"""
