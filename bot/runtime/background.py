"""Work in a thread that does not keep the program from ending."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_background(work: Callable[[], T]) -> T:
    """What the work returns or raises, done in a thread of its own.

    Who is cancelled here leaves the thread behind, and a program that ends does not
    wait for it, as it would for one of `asyncio.to_thread`: work that only reads may
    take as long as it wants.
    """
    done: Future[T] = Future()
    done.set_running_or_notify_cancel()  # from here on a cancelled waiter leaves it alone

    def run() -> None:
        try:
            outcome = work()
        except BaseException as error:  # noqa: BLE001 - raised where it is awaited
            done.set_exception(error)
        else:
            done.set_result(outcome)

    threading.Thread(target=run, name="reading", daemon=True).start()
    return await asyncio.wrap_future(done)
