"""HTML as a transcript: a whole page, or the HTML that another source holds.

HTML -> soup -> page (what is the article) -> blocks -> lines -> inline Markdown
"""
