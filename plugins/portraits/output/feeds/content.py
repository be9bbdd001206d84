"""Build the body of an entry: the photo of the portrait, then the page's text.

    content = [figure] fragment

A page shows its photo outside the fragment, but a feed reader shows only the body.
"""

from __future__ import annotations

from lxml import etree

from portraits.model.published_image import PublishedImage
from portraits.output.absolute import absolutise


def feed_content(fragment: str, url: str, image: PublishedImage | None) -> str:
    """Return the HTML of an entry with absolute addresses; ``url`` is the page's absolute
    address."""
    return (_figure(image) if image else "") + absolutise(fragment, url)


def _figure(image: PublishedImage) -> str:
    figure = etree.Element("figure")
    etree.SubElement(
        figure,
        "img",
        {
            "src": image.url,
            "alt": image.alt,
            "width": str(image.width),
            "height": str(image.height),
        },
    )
    if image.credit:
        etree.SubElement(figure, "figcaption").text = image.credit
    return str(etree.tostring(figure, encoding="unicode", method="html"))
