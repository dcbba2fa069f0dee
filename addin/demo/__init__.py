"""``starscore demo``: a made-up branch's year, from filled workbooks to the stars it recommends to head office."""
