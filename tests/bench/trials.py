"""What is measured: each function makes one part of the report, in milliseconds unless it says otherwise."""

import asyncio
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain
from pathlib import Path
from statistics import median

from bot.lookup.query_syntax import parse
from bot.model.newsletter import Summary
from bot.model.search import Verdict
from bot.search import Searcher
from store import Store, open_store
from tests.bench import growth
from tests.bench.measuring import Ask, Asked, Tally, measure, together
from tests.bench.questions import Question
from tests.support.drafts import clock

ROOT = Path(__file__).resolve().parents[2]
TRIES = 3
"""Of so many the middle one counts: a busy machine takes its time slices where it likes."""
_TIMES = 2000
_AT_ONCE = 50
_HOSTILE = (
    "teapot " * 2000,
    "a" * 4000,
    "ﷺ" * 4000,
    "e\u0301" * 2000,
    "[" * 4000,
    '") OR title:* NEAR(' * 200,
    "'; DROP TABLE search_term; --",
    "\u202e" * 4000,
    "".join(map(chr, range(0x21, 0xFA1))),
    " ".join(f"{chr(97 + n % 26)}{n:x}lerning" for n in range(400)),
    "https://web.archive.org/web/2020/" * 100,
)


def ours(searcher: Searcher) -> Ask:
    async def ask(query: str) -> Asked:
        result = await searcher.find(*parse(query))
        titles = [hit.headline.title for hit in result.hits]
        return Asked(
            titles,
            sure=result.verdict is Verdict.ANSWER,
            silent=result.verdict is Verdict.NOTHING,
            doubtful=result.doubtful,
        )

    return ask


async def floors(store: Store) -> dict[str, float]:
    """What the least that anybody could do costs here: the middle of many times."""
    connection = store.connection
    key = "SELECT * FROM summary WHERE key = '58-selection-vs-control'"
    return {
        "SELECT 1 through aiosqlite": await _usual(lambda: connection.execute_fetchall("SELECT 1")),
        "primary key through aiosqlite": await _usual(lambda: connection.execute_fetchall(key)),
        "/an 58 through aiosqlite": await _usual(lambda: store.library.issue(58)),
    }


async def _usual(act: Callable[[], Awaitable[object]]) -> float:
    return median([await _spent(act()) for _ in range(_TIMES)])


async def keystrokes(searcher: Searcher, summaries: Sequence[Summary]) -> Tally:
    """Every letter of forty titles, completed as it is typed."""
    tally = Tally()
    for summary in summaries[:: max(1, len(summaries) // 40)]:
        for typed in range(1, min(30, len(summary.title)) + 1):
            spent = [await _spent(searcher.complete(summary.title[:typed])) for _ in range(TRIES)]
            tally.milliseconds.append(median(spent))
    return tally


async def _spent(act: Awaitable[object]) -> float:
    start = time.perf_counter()
    await act
    return (time.perf_counter() - start) * 1e3


async def at_once(searcher: Searcher, questions: Sequence[Question]) -> Tally:
    """Fifty questions asked at the same moment, each timed until it is answered."""
    tally = Tally()
    for first in range(0, len(questions) - _AT_ONCE, _AT_ONCE):
        batch = questions[first : first + _AT_ONCE]
        rounds = [await _answered_at_once(searcher, batch) for _ in range(TRIES)]
        tally.milliseconds += map(median, zip(*rounds, strict=True))
    return tally


async def _answered_at_once(searcher: Searcher, questions: Sequence[Question]) -> list[float]:
    start = time.perf_counter()

    async def answered(question: Question) -> float:
        await asyncio.sleep(0)  # all of them are under way before the first is answered
        await searcher.find(question.query)
        return (time.perf_counter() - start) * 1e3

    return await asyncio.gather(*map(answered, questions))


async def hostile(searcher: Searcher) -> float:
    """The longest that any of some hostile inputs takes, of three tries each."""
    worst = 0.0
    for text in _HOSTILE:
        spent = []
        for _ in range(3):
            start = time.perf_counter()
            await searcher.find(*parse(text))
            await searcher.complete(text)
            spent.append((time.perf_counter() - start) * 1e3)
        worst = max(worst, min(spent))
    return worst


def fresh_process(file: Path) -> dict[str, float]:
    """A new process: seconds to its first answer, and its memory when everything has been asked for."""
    asking = [sys.executable, "-m", "bot", "search", "--db", str(file), "mesa", "optimization"]
    starts = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(asking, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        starts.append(time.perf_counter() - start)
    script = "import sys\nfrom tests.bench.trials import residence\nresidence(sys.argv[1])"
    memory = subprocess.run(
        [sys.executable, "-c", script, str(file)], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return {"seconds to the first answer": median(starts), "megabytes of memory": float(memory.stdout)}


def residence(file: str) -> None:
    """Print the megabytes this process takes after asking for the end of every title."""
    asyncio.run(_ask_for_everything(file))
    print(_megabytes())  # noqa: T201 - what was asked for


def _megabytes() -> float:
    """The most memory this process has taken."""
    status = Path("/proc/self/status")
    if (
        status.exists()
    ):  # what `resource` tells on Linux includes the parent's, before this program was loaded
        (kilobytes,) = re.findall(r"VmHWM:\s*(\d+) kB", status.read_text())
        return int(kilobytes) / (1 << 10)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )


async def _ask_for_everything(file: str) -> None:
    async with open_store(file, clock=clock, readonly=True) as store:
        searcher = Searcher(store.search)
        for number in await store.library.numbers():
            issue = await store.library.issue(number)
            for summary in issue.summaries if issue else ():
                await searcher.find(" ".join(summary.title.split()[-3:]))
                await searcher.find(" ".join(summary.text.split()[:8]))


async def grown(
    folder: Path, summaries: Sequence[Summary], questions: Sequence[Question], sizes: Sequence[int]
) -> dict[int, Tally]:
    """The same questions over libraries of growing size."""
    tallies = {}
    for size in sizes:
        file = folder / f"grown-{size}.db"
        async with open_store(file, clock=clock) as store:
            async with store.archive.writing() as shelf:
                for issue in chain(growth.as_issues(summaries), growth.grown(summaries, size)):
                    await shelf.put_issue(issue, {})
            searcher = Searcher(store.search)
            await measure(ours(searcher), questions)
            tallies[size] = together(await measure(ours(searcher), questions, repeats=TRIES))
        os.remove(file)  # noqa: PTH107 - the next is ten times as large
    return tallies
