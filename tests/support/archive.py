"""The real newsletters, where they are at hand: beside the checkout, in `shared`."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="the real newsletters are not beside this checkout (../shared)"
)
