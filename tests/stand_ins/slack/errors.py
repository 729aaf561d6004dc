"""Slack's own errors: mostly a word, at times with more beside it."""

from collections.abc import Sequence
from typing import Any


class SlackError(Exception):
    """An answer that is an error, in the shape Slack gives it: {"ok": false, "error": …}."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.body: dict[str, Any] = {"ok": False, "error": error, **more}


def with_messages(error: str, messages: Sequence[str]) -> SlackError:
    """An error that says what is wrong where, as invalid_blocks and invalid_arguments do."""
    return SlackError(
        error, errors=list(messages), response_metadata={"messages": [f"[ERROR] {each}" for each in messages]}
    )


class NotPossible(Exception):
    """Slack's client would not offer this to a person."""
