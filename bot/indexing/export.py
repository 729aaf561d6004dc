"""The whole library as lines of JSON."""

from collections.abc import AsyncIterator
from dataclasses import replace

import msgspec

from bot.model.newsletter import Issue, Summary
from bot.ports import Archive


async def export(archive: Archive) -> AsyncIterator[str]:
    """All issues, each before its summaries, a line each and in a fixed order.

    {"issue": {…}} has the facts of an issue, {"summary": {…, "aliases": […]}}
    a summary with its older keys, sorted. Two libraries hold the same if and
    only if their exports are equal: no times, row numbers or sources stand in it.
    """
    async for issue, aliases in archive.all_issues():
        yield _line("issue", replace(issue, summaries=()))
        for summary in issue.summaries:
            names = sorted(alias for alias, key in aliases.items() if key == summary.key)
            yield _line("summary", summary, aliases=names)


def _line(kind: str, value: Issue | Summary, **more: object) -> str:
    fields = {name: field for name, field in msgspec.to_builtins(value).items() if name != "summaries"}
    return msgspec.json.encode({kind: fields | more}).decode()
