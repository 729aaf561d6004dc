"""The README's pictures are those that `docs/pictures/draw.py` draws, and it can still draw them."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"


def drawing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw", PICTURES / "draw.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_picture_is_shown_and_small() -> None:
    shown = re.findall(r'src="docs/pictures/([\w-]+\.png)"', (ROOT / "README.md").read_text(encoding="utf-8"))
    there = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert sorted(shown) == sorted(there)
    assert all(size <= 150_000 for size in there.values())


async def test_the_message_of_every_picture_can_be_made() -> None:
    messages = await drawing().messages()
    assert {f"{name}.png" for name in messages} == {path.name for path in PICTURES.glob("*.png")}
    assert all("blocks" in message or "embeds" in message for message in messages.values())
    assert "-#" not in str(messages)
