"""Read documents of word processors, and PDF: ``.docx``, ``.odt``, ``.fodt``, ``.rtf``, ``.pdf``.

A document becomes HTML, or plain text where its format has no more, and goes the way of a page or
of a text. The libraries are an extra, because few need them: ``pelican-portraits[documents]``.
"""
