"""What runs inside LibreOffice, in LibreOffice's own Python: the standard library and ``uno``, Python 3.7 or newer.

The extension carries this package as it is, so nothing here imports anything else of ours.
"""

__all__ = ["BINDING", "CONFIG", "FUNCTIONS", "MENU", "PROTOCOL"]

CONFIG = "starscore.json"
"""In the user's profile, written when StarScore was installed: the command that starts our interpreter."""
FUNCTIONS, MENU, BINDING = "org.starscore.Functions", "org.starscore.Menu", "org.starscore.Binding"
"""The services of the extension."""
PROTOCOL = "org.starscore:"
"""How the addresses of the menu's entries begin; an action's id follows."""
