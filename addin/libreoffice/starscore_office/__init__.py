"""What runs inside LibreOffice, in LibreOffice's own Python: the standard library and ``uno``, Python 3.7 or newer.

The extension carries this package as it is, so nothing here imports anything else of ours.
"""

__all__ = ["CONFIG"]

CONFIG = "starscore.json"
"""In the user's profile, written when StarScore was installed: the command that starts our interpreter."""
