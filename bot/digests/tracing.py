"""Requests of aiohttp that keep deadlines; apart from them, because aiohttp takes long to load."""

from types import SimpleNamespace

import aiohttp

from bot.digests.deadline import check_deadline


def keeping_deadlines() -> aiohttp.TraceConfig:
    """Makes a session of aiohttp keep the deadline of the task that a request with a body is made in.

    aiohttp tells of a part of the body right before it writes it, the first one together with the
    headers. What it tells of the headers comes too early: on Python 3.11 others run in between.
    """
    trace = aiohttp.TraceConfig()
    trace.on_request_chunk_sent.append(_before_body)
    return trace


async def _before_body(
    _: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestChunkSentParams
) -> None:
    check_deadline()
