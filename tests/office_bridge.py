"""Run by LibreOffice's own Python: connects to a LibreOffice that listens, and serves its objects over the pipe.

python office_bridge.py FOLDER_OF_STARSCORE_OFFICE NAME_OF_THE_LISTENER
"""

import sys
import time
from typing import Any

sys.path.insert(0, sys.argv[1])

import uno
from com.sun.star.connection import NoConnectException
from starscore_office.objects import Objects
from starscore_office.wire import Channel


def connected(listener: str, seconds: float = 40) -> Any:
    """The context of the LibreOffice that listens, as soon as it does."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    end = time.monotonic() + seconds
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={listener};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


context = connected(sys.argv[2])
objects = Objects(context, context)
Channel(sys.stdin.buffer, sys.stdout.buffer, objects.answer, objects.encode, objects.decode).serve()
