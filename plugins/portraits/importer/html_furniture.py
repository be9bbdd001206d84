"""Elements that blog engines put around an article: told by their tag, class or id.

Classes count as whole words, never as parts of one: ``comment-devient-on`` is the id of
a French question.
"""

from __future__ import annotations

from bs4 import Tag

_FURNITURE_TAGS = frozenset({"nav", "aside", "form", "footer", "button", "select", "textarea"})
_FURNITURE_NAMES = frozenset("""
sharedaddy sd-sharing sd-block jp-relatedposts jetpack-likes-widget share sharing share-buttons
social-share social-links addtoany_share_save_container entry-meta post-meta entry-footer
post-footer byline comments comments-area comment-respond comment-list commentlist respond
post-navigation nav-links navigation pagination breadcrumb breadcrumbs widget sidebar
related-posts related yarpp-related cookie-notice newsletter tags-links cat-links
wp-block-comments blogger-labels post-labels
""".split())  # noqa: SIM905 - class names of the usual blog engines, read as a list of words


def is_furniture(tag: Tag) -> bool:
    """Whether an element is what blog engines put around an article."""
    if tag.name in _FURNITURE_TAGS:
        return True
    classes = tag.get("class") or []
    names = {*([classes] if isinstance(classes, str) else classes), str(tag.get("id") or "")}
    return not names.isdisjoint(_FURNITURE_NAMES)
