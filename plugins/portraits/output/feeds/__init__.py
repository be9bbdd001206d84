"""Feeds: the newest portraits for readers, in three formats, of one list of entries.

    feed  = channel entry*            newest first, as the library orders them
    entry = portrait, its page's content with absolute addresses, its picture
          | answer                    in the feeds of its question

- An entry is serialised once and stands in many feeds: a format writes an entry, and the
  document around entries that are written.

- An entry's identity is the permalink of its page. It is made from the file's slug, so
  that a new title changes nothing; a reader sees an entry twice only if its page moves.
- A portrait has a date and no time. Its instant is noon UTC of that day
  (:func:`~portraits.output.feeds.entry.instant`).
- Nothing comes from the clock: a feed's ``updated`` is the latest of its entries.
"""
