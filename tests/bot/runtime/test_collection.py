"""Work that makes many objects is not held up by garbage collection, which goes on afterwards."""

import gc

import pytest

from bot.runtime.collection import without_collection


def test_nothing_is_collected_meanwhile() -> None:
    assert gc.isenabled()
    with without_collection():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collection_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="kettle"), without_collection():
        raise ValueError("kettle")
    assert gc.isenabled()


def test_collection_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
