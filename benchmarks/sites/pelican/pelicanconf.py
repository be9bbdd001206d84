"""Plain Pelican: its own simple theme, typogrify, tags, pagination and feeds, no plugin."""

SITENAME = "Série de mesure"
SITEURL = "https://serie.example"
PATH = "content"
THEME = "theme"
DEFAULT_LANG = "fr"
TIMEZONE = "America/Toronto"
PLUGINS: list[str] = []
TYPOGRIFY = True
DEFAULT_PAGINATION = 24
DIRECT_TEMPLATES = ["index", "tags"]
ARTICLE_URL = "portraits/{slug}/"
ARTICLE_SAVE_AS = "portraits/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = None
FEED_ALL_RSS = "index.xml"
CATEGORY_FEED_ATOM = None
TAG_FEED_RSS = "tags/{slug}/index.xml"
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
