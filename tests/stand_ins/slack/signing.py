"""How Slack signs what it sends, and how a forger would."""

import hashlib
import hmac
from enum import Enum, auto

OLD = 301.0  # seconds: a second more than Slack's own advice lets pass


class Signature(Enum):
    """What an application's requests are signed with."""

    RIGHT = auto()
    WRONG = auto()
    OLD = auto()
    MISSING = auto()


def signed(secret: str, body: bytes, now: float) -> dict[str, str]:
    """The headers Slack sends beside a body.

    >>> signed("secret", b"a=1", 0)["X-Slack-Signature"][:11]
    'v0=356d356f'
    """
    timestamp = str(int(now))
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def headers(kind: Signature, secret: str, body: bytes, now: float) -> dict[str, str]:
    """The headers as a test wants them."""
    match kind:
        case Signature.RIGHT:
            return signed(secret, body, now)
        case Signature.WRONG:
            return signed(f"not {secret}", body, now)
        case Signature.OLD:
            return signed(secret, body, now - OLD)
        case Signature.MISSING:
            return {}
