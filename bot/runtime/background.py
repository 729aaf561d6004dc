"""Work in a thread that does not keep the program from ending."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def in_background(work: Callable[[], T]) -> T:
    """What the work returns or raises, done in a thread of its own.

    Who is cancelled here leaves the thread behind, and a program that ends does not
    wait for it, as it would for one of `asyncio.to_thread`: work that only reads may
    take as long as it wants.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # what work returned

    def run() -> None:
        try:
            outcome = (work(), None)
        except BaseException as error:  # noqa: BLE001  # raised where it is awaited
            outcome = (None, error)  # type: ignore[assignment]  # either of them
        with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=run, name="reading", daemon=True).start()
    return await done
