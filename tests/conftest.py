"""What holds for every test."""

import logging
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.stand_ins.common import planted
from tests.support.archive import AT_HAND

if TYPE_CHECKING:
    from tests.support.postgresql import Server

# A busy machine is no failure, and what fails in CI must fail again at home.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=20)
settings.register_profile("anbot", _UNTIMED)
settings.register_profile("ci", _UNTIMED, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anbot")


_DISCORD = "https://discord.com/api/v10"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three workers on two cores: the tests wait for sockets and processes a third of the time."""
    return (os.cpu_count() or 1) * 3 // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the archive are skipped if it is not there."""
    missing = pytest.mark.skip(reason="the real newsletters are not beside this checkout (../shared)")
    for item in items if not AT_HAND else ():
        if item.get_closest_marker("archive"):
            item.add_marker(missing)


@pytest.fixture(scope="session")
def server() -> Iterator["Server"]:
    """A PostgreSQL server, one for each process of the tests."""
    from tests.support.postgresql import running  # noqa: PLC0415 - most runs need none

    with running() as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def terminals_have_256_colours() -> Iterator[None]:
    """In every test: a style of rich keeps the codes that it was written with first, whatever comes after."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERM", "xterm-256color")
        for name in ("NO_COLOR", "COLORTERM", "FORCE_COLOR", "TTY_COMPATIBLE"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def nothing_of_people_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The log, as `anbot run` keeps it, holds no text that people wrote to the stand-ins, and no secret of theirs."""
    caplog.set_level(logging.INFO)
    yield
    lines = [caplog.handler.format(record) for record in caplog.get_records("call")]
    leaked = planted.found_in("\n".join(lines))
    planted.forget()
    assert not leaked


@pytest.fixture(autouse=True)
def discord_is_where_it_was() -> Iterator[None]:
    """A test that tells discord.py where a stand-in is tells no other test."""
    yield
    if http := sys.modules.get("discord.http"):
        http.Route.BASE = _DISCORD
