"""What may become of a payload: values lost, changed, moved, repeated, of another type."""

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

from tests.stand_ins.common.transit import Transit

MARK: Final = "quokka"
"""In all long texts that are put in: no line of the log may have it."""
TEXTS: Final = (
    *("", " ", "0", "-1", "٣", "1e5", "9" * 30, "null", "true", "C0", "\x00", "\u202e", "\ud800", "é" * 300),
    *(f"{MARK} @everyone <@1> <@&2> <#3> <!channel> ` * _ ~ | \\ ; DROP", f"[[{MARK}]] AN #58 " * 40),
    *(
        f"https://{MARK}.example/?a=[ ](x) %s {{0}}\r\n\r\n",
        MARK * 2_000,
        "58",
        "page:2 by:x in:y is:z year:q",
    ),
    *('{"channel": 1}', "club monday 9 UTC from:58", "o:i:58:0", "a:" + MARK, "xoxb-1", "/an 58"),
)
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 2**64, 1.5, 1e308, [], {}, [[]], [None], {"id": None}, ["a", {}], 58),
    *TEXTS,
)
_MOST_STEPS: Final = 3
_MOST_COPIES: Final = 300
_PIECES: Final = (
    b"{",
    b"}",
    b'"',
    b"[",
    b"\x00",
    b"\xff",
    b"null",
    b",",
    b"&",
    b"=",
    b"%",
    b"\\u0000",
    b"1e999",
)

Slot = tuple[Any, Any]
"""An object or a list, and the key or index of a value in it."""


def mutated(rng: random.Random, payload: Any) -> Any:
    """A copy of the payload in which one to three things are not as they were."""
    changed = {"": copy.deepcopy(payload)}
    for _ in range(rng.randint(1, _MOST_STEPS)):
        slots = list(_slots(changed[""]))
        if not slots:
            break
        texts = [slot for slot in slots if isinstance(slot[0][slot[1]], str)]
        parent, key = rng.choice(texts if texts and rng.random() < 0.5 else slots)
        rng.choice(_STEPS)(rng, parent, key, slots)
    return changed[""]


def damaged(rng: random.Random, frame: bytes) -> bytes:
    """The bytes with a piece cut out or put in."""
    at = rng.randint(0, len(frame))
    if rng.random() < 0.3:
        return frame[:at]
    return frame[:at] + rng.choice(_PIECES) * rng.randint(1, 3) + frame[at + rng.randint(0, 9) :]


def damage_next(
    rng: random.Random, transit: Transit, part_of: Callable[[Any], str | None], *, frames: bool = False
) -> None:
    """Have the next payload damaged on its way: as a value, or with `frames` as bytes.

    `part_of` names the part to damage, "" for the whole, None for a payload to leave alone.
    """

    def payload(sent: Any) -> Any:
        part = part_of(sent)
        if part is None:
            return sent
        transit.clear()
        if not frames:
            return {**sent, part: mutated(rng, sent[part])} if part else mutated(rng, sent)
        transit.frame = frame
        return sent

    def frame(data: bytes) -> bytes:
        transit.clear()
        return damaged(rng, data)

    transit.payload = payload


def _slots(value: Any) -> Iterator[Slot]:
    match value:
        case dict():
            for key, inner in value.items():
                yield value, key
                yield from _slots(inner)
        case list():
            for index, inner in enumerate(value):
                yield value, index
                yield from _slots(inner)
        case _:
            pass


def _dropped(_rng: random.Random, parent: Any, key: Any, _slots: list[Slot]) -> None:
    del parent[key]


def _other_value(rng: random.Random, parent: Any, key: Any, _slots: list[Slot]) -> None:
    parent[key] = copy.deepcopy(rng.choice(VALUES))  # or the next step would change the values themselves


def _other_text(rng: random.Random, parent: Any, key: Any, _slots: list[Slot]) -> None:
    if isinstance(parent[key], str):
        at = rng.randint(0, len(parent[key]))
        parent[key] = rng.choice((rng.choice(TEXTS), parent[key][:at] + rng.choice(TEXTS) + parent[key][at:]))
    else:
        parent[key] = rng.choice(TEXTS)


def _moved(rng: random.Random, parent: Any, key: Any, slots: list[Slot]) -> None:
    """The value of another place in this one."""
    other, name = rng.choice(slots)
    if name in other if isinstance(other, dict) else name < len(other):
        parent[key] = copy.deepcopy(other[name])


def _repeated(rng: random.Random, parent: Any, key: Any, _slots: list[Slot]) -> None:
    value = parent[key]
    if isinstance(value, list | str) and len(value) < _MOST_COPIES:
        parent[key] = value * rng.randint(2, _MOST_COPIES)
    else:
        parent[key] = [value] * rng.randint(1, 3)


def _nested(rng: random.Random, parent: Any, key: Any, _slots: list[Slot]) -> None:
    for _ in range(rng.randint(1, 40)):
        parent[key] = rng.choice(([parent[key]], {"value": parent[key]}))


_STEPS: Final[tuple[Callable[[random.Random, Any, Any, list[Slot]], None], ...]] = (
    *(_dropped, _dropped, _other_value, _other_value, _other_value),
    *(_other_text, _other_text, _moved, _repeated, _nested),
)
