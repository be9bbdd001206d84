"""Everything done to pictures: plain values in, plain values out.

``source`` reads a photo, ``picture`` plans its sizes, ``encode`` writes them,
``accent``, ``monogram`` and ``social_card`` draw what goes with it. Nothing here
knows of portraits or of Pelican, and Pillow is imported only where pixels are touched.
"""
