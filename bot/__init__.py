"""The core: indexes a newsletter and answers questions about it.

It knows no chat platform, no SQL and no environment. What it needs from the
outside stands in `bot.ports`; `bot.__main__` alone plugs the outside in.
"""

__version__ = "0.1.0"
