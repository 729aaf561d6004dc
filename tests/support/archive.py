"""The real newsletters, if they are at hand: beside the checkout, in `shared`."""

from pathlib import Path
from typing import Final

SHARED: Final = Path(__file__).resolve().parents[3] / "shared"
AT_HAND: Final = (SHARED / "corpus").is_dir()
