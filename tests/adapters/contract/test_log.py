"""The log of `anbot run`, read as whoever runs it reads it."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest

from tests.adapters.contract.scene import Scene
from tests.stand_ins.common.patience import HANG
from tests.support.processes import ROOT, Process, running

pytestmark = pytest.mark.slow

NOWHERE = {"DISCORD_TOKEN": "x.y.z", "DISCORD_API_URL": "http://127.0.0.1:9/api", "ANBOT_SOURCES": ""}
FOR_PEOPLE = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ INFO anbot: anbot [\d.]+ serves discord from ")


async def asked(idle: Scene, **variables: str) -> Process:
    """A bot that was asked for mesa and stopped."""
    async with running(**idle.environment, **variables) as process:
        await process.says(f"ready {idle.name}")
        await idle.ask("/paper mesa")
        await idle.ask("/paper selection vs control")
        assert await process.terminated() == 0
    return process


def documents(process: Process) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in process.lines if line]


async def test_without_a_terminal_it_is_json_and_has_nothing_of_what_people_write(idle: Scene) -> None:
    """That nobody's words are in it is held against the log of every process, here of one that logs most."""
    logged = documents(await asked(idle, ANBOT_LOG_LEVEL="debug"))
    assert re.fullmatch(r"anbot [\d.]+ serves \w+ from .*", logged[0]["message"])
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in logged)
    assert "mesa" not in str(logged)


async def test_what_is_looked_up_is_logged_if_that_is_asked_for(idle: Scene) -> None:
    async with running(**idle.environment, ANBOT_LOG_LOOKUPS="yes") as process:
        await process.says(f"ready {idle.name}")
        await idle.ask("/paper mesa")
        await process.says("FindPaper(words='mesa'")
        assert await process.terminated() == 0
    (line,) = [line for line in documents(process) if line["logger"] == "anbot.lookup"]
    assert re.search(r": answer in \d+\.\d ms$", line["message"])


def log_of_a_failed_start(*, terminal: bool, **variables: str) -> str:
    ours, its = pty.openpty() if terminal else os.pipe()
    environment = {**os.environ, **NOWHERE, **variables}
    command = [sys.executable, "-m", "bot", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=its) as program:
        os.close(its)
        log = b""
        with suppress(OSError):  # how a terminal says that nobody is left at it
            while piece := os.read(ours, 4096):
                log += piece
        assert program.wait(HANG) == 75
    os.close(ours)
    return log.decode()


def test_at_a_terminal_it_is_for_people(tmp_path: os.PathLike[str]) -> None:
    database = {"ANBOT_DB": f"{tmp_path}/an.db"}
    assert FOR_PEOPLE.match(log_of_a_failed_start(terminal=True, **database))
    assert FOR_PEOPLE.match(log_of_a_failed_start(terminal=False, ANBOT_LOG_FORMAT="text", **database))
    forced = log_of_a_failed_start(terminal=True, ANBOT_LOG_FORMAT="json", **database)
    assert json.loads(forced.splitlines()[0])["level"] == "INFO"


def test_a_higher_level_leaves_out_what_is_below_it(tmp_path: os.PathLike[str]) -> None:
    log = log_of_a_failed_start(terminal=False, ANBOT_LOG_LEVEL="error", ANBOT_DB=f"{tmp_path}/an.db")
    assert log.startswith("Error: Discord cannot be reached")
