"""What becomes of payloads on their way to the bot; a test may damage them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _unchanged(payload: Any) -> Any:
    return payload


@dataclass
class Transit:
    """`payload` takes each payload as it was made and returns what is sent for it; `frame` takes
    the bytes that it becomes, over HTTP before they are signed.
    """

    payload: Callable[[Any], Any] = _unchanged
    frame: Callable[[bytes], bytes] = _unchanged

    def clear(self) -> None:
        """Let everything through as it is."""
        self.payload = self.frame = _unchanged


def widened(payload: Any) -> Any:
    """The payload with fields in all its objects that nobody knows yet; what goes by ids stays as it is."""
    match payload:
        case dict():
            inner = {name: widened(value) for name, value in payload.items()}
            by_ids = all(isinstance(value, dict) or name.isdigit() for name, value in payload.items())
            return inner if by_ids else {**inner, "yet_to_come": {"type": [None, 1.5, "new"]}}
        case list():
            return [widened(value) for value in payload]
        case _:
            return payload
