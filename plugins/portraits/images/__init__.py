"""Process pictures: check, plan, decode, encode and draw them.

``source`` reads a photo, ``picture`` plans its sizes, ``encode`` writes them;
``accent`` picks a colour, ``monogram`` and ``social_card`` draw. Nothing here
depends on portraits or Pelican, and Pillow is imported only where pixels are needed.
"""
