"""What is done again if another transaction was in its way."""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from bot.errors import Conflict

T = TypeVar("T")
P = ParamSpec("P")
_TRIES: Final = 4


def retried(work: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """The work, done again up to three times if another transaction was in its way. It is one transaction, or
    single statements that may be executed twice; before it is done it changes nothing else.
    """

    @wraps(work)
    async def again(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(1, _TRIES):
            with suppress(Conflict):
                return await work(*args, **kwargs)
        return await work(*args, **kwargs)

    return again
