"""A new platform is a folder of its own and one line in `bot/__main__.py`."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.teletype import END
from tests.stand_ins.common.patience import HANG
from tests.support.processes import free_port

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program with one more line."""
    source = (ROOT / "bot" / "__main__.py").read_text(encoding="utf-8")
    known = "platforms=(discord.platform(environment), slack.platform(environment)),"
    assert known in source
    more = "platforms=(discord.platform(environment), slack.platform(environment), teletype.platform(environment)),"
    path = tmp_path / "anbot.py"
    path.write_text("from tests.adapters import teletype\n" + source.replace(known, more), encoding="utf-8")
    return path


def environment(**given: str) -> dict[str, str]:
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("DISCORD_", "SLACK_"))}
    return {**mine, "PYTHONPATH": str(ROOT), "ANBOT_DB": "/nowhere/an.sqlite", "ANBOT_SOURCES": "", **given}


def run(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(program), *arguments]
    return subprocess.run(
        command, env=environment(), capture_output=True, text=True, timeout=HANG, check=False
    )


def test_it_is_drawn_at_the_console(program: Path) -> None:
    drawn = json.loads(run(program, "try", "--as", "teletype", "/paper selection vs control").stdout)
    assert drawn[0] == "*** SELECTION VS CONTROL ***"
    assert "[Issue AN #58]" in drawn


def test_what_it_needs_is_named(program: Path) -> None:
    assert "for teletype: TELETYPE_PORT" in run(program, "run").stderr


async def test_it_is_served(program: Path, tmp_path: Path) -> None:
    port = free_port()
    given = environment(TELETYPE_PORT=str(port), ANBOT_DB=str(tmp_path / "an.sqlite"))
    process = await asyncio.create_subprocess_exec(sys.executable, str(program), "run", env=given)
    try:
        async with asyncio.timeout(HANG):
            answer = await _ask(port, "/an 58\n")
    finally:
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert answer.startswith("*** AN #58 — MESA OPTIMIZATION")
    assert "RISKS FROM LEARNED OPTIMIZATION" in answer


async def _ask(port: int, line: str) -> str:
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0)
            continue
        writer.write(line.encode())
        answer = await reader.readuntil(END.encode())
        writer.close()
        await writer.wait_closed()
        return answer.decode()
