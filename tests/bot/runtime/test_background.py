"""What is done in the background never keeps a program from ending."""

import asyncio
import subprocess
import sys
import threading

import pytest

from bot.runtime.background import in_background
from tests.stand_ins.common.patience import HANG
from tests.support.processes import ROOT

ENDLESS = """
import asyncio, threading
from bot.runtime.background import in_background
async def main():
    work = asyncio.ensure_future(in_background(threading.Event().wait))
    await asyncio.sleep(0)
    work.cancel()
asyncio.run(main())
"""


async def test_its_result_and_its_error_are_those_of_the_work() -> None:
    assert await in_background(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await in_background(lambda: 1 // 0)


async def test_who_is_cancelled_leaves_it_behind() -> None:
    going_on = threading.Event()
    task = asyncio.ensure_future(in_background(going_on.wait))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    going_on.set()


def test_a_program_ends_without_it() -> None:
    subprocess.run([sys.executable, "-c", ENDLESS], cwd=ROOT, check=True, timeout=HANG)
