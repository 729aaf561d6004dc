"""The one deadline of all tests."""

from typing import Final

HANG: Final = 300.0
"""Seconds after which a wait is given up. It only ends a hang: nothing that works comes near it on
any machine, so no test measures time by it."""
