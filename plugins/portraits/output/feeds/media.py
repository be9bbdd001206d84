"""Add a picture to an XML feed, as Media RSS 1.5.1: ``media:content`` and its children."""

from __future__ import annotations

from portraits.model.published_image import PublishedImage
from portraits.output.xml_tree import Element, child

MEDIA = "http://search.yahoo.com/mrss/"


def add_picture(entry: Element, image: PublishedImage) -> None:
    """Add ``image`` to an Atom entry or an RSS item."""
    attributes = {
        "url": image.url,
        "type": image.media_type,
        "medium": "image",
        "width": str(image.width),
        "height": str(image.height),
    }
    if image.length:
        attributes["fileSize"] = str(image.length)
    content = child(entry, f"{{{MEDIA}}}content", attributes=attributes)
    if image.alt:
        child(content, f"{{{MEDIA}}}description", image.alt, {"type": "plain"})
    if image.credit:
        child(content, f"{{{MEDIA}}}credit", image.credit)
