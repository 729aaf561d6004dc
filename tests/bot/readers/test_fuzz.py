"""Whatever a file holds, it is understood or refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import readers
from bot.errors import InputError
from tests.fuzz.seeds import PIECES, SEEDS

ODD = st.sampled_from([*PIECES, b"<b>" * 300, b"(" * 99]) | st.binary(max_size=6)


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS)
@given(st.data())
def test_a_file_damaged_anywhere_is_understood_or_refused(seed: bytes, data: st.DataObject) -> None:
    """No library's error ends there either: those are turned into ours where they arise."""
    damaged = seed
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged = damaged[:at] + data.draw(ODD) + damaged[at + data.draw(st.integers(0, 20)) :]
    try:
        document = readers.read(damaged, "x")
    except InputError as error:
        assert "no reader understands" not in str(error), error.__cause__  # noqa: PT017
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert document.drafts


def test_the_seeds_are_understood() -> None:
    for name, seed in SEEDS.items():
        if name != "json feed":
            assert readers.read(seed, "x").drafts, name
