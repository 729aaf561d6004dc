"""What may become of a good file: bytes lost, changed, repeated without end, mixed with another file's."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from typing import Final

from tests.fuzz.seeds import PIECES, SEEDS

LARGEST: Final = 300_000
"""Bytes that repetition makes at most."""
_MOST_STEPS: Final = 3


def mutated(rng: random.Random) -> tuple[str, bytes]:
    """The name of a seed, and what became of it; in an archive, of one of its parts."""
    name = rng.choice(sorted(SEEDS))
    seed = SEEDS[name]
    if seed.startswith(b"PK") and rng.random() < 0.9:
        return name, _in_archive(rng, seed)
    if name == "packed":
        return name, gzip.compress(_damaged(rng, gzip.decompress(seed)))
    return name, _damaged(rng, seed)


def _in_archive(rng: random.Random, archive: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, _damaged(rng, data) if part == chosen else data)
    return out.getvalue()


def _damaged(rng: random.Random, data: bytes) -> bytes:
    for _ in range(rng.randint(1, _MOST_STEPS)):
        data = rng.choice(_STEPS)(rng, data)
    return data[: 2 * LARGEST]


def _changed(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + _piece(rng) + data[at + rng.randint(0, 20) :]


def _repeated(rng: random.Random, data: bytes) -> bytes:
    """A piece many times over at one place."""
    at = rng.randint(0, len(data))
    piece = b"".join(_piece(rng) for _ in range(rng.randint(1, 3)))
    return data[:at] + piece * (rng.randint(1_000, LARGEST) // len(piece)) + data[at:]


def _stretched(rng: random.Random, data: bytes) -> bytes:
    """A stretch of the file itself many times over."""
    at = rng.randint(0, len(data))
    stretch = data[at : at + rng.randint(1, 300)] or b" "
    return data[:at] + stretch * (rng.randint(1_000, LARGEST) // len(stretch)) + data[at:]


def _nested(rng: random.Random, data: bytes) -> bytes:
    """A piece often, then another as often."""
    at, times = rng.randint(0, len(data)), rng.randint(2, 20_000)
    opening, closing = _piece(rng)[:12], _piece(rng)[:12]
    return data[:at] + opening * times + b"x" + closing * times + data[at:]


def _cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randint(0, len(data))]


def _mixed(rng: random.Random, data: bytes) -> bytes:
    other = SEEDS[rng.choice(sorted(SEEDS))]
    return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]


def _piece(rng: random.Random) -> bytes:
    return rng.choice(PIECES) if rng.random() < 0.9 else rng.randbytes(rng.randint(1, 6))


_STEPS: Final[tuple[Callable[[random.Random, bytes], bytes], ...]] = (
    _changed,
    _changed,
    _repeated,
    _repeated,
    _stretched,
    _nested,
    _cut,
    _mixed,
)
