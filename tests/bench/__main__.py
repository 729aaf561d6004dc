"""`python -m tests.bench`: the search beside its peers, over the real newsletters."""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from bot.search import Searcher
from tests.bench import handwritten, report, trials
from tests.bench.library import QUESTIONS, SHEET, indexed, summaries_in
from tests.bench.measuring import Tally, measure
from tests.bench.peers import PEERS, asking
from tests.bench.questions import Maker, Question, read, unanswerable

_OFF_TOPIC = handwritten.OFF_TOPIC + handwritten.OFF_TOPIC_TOO + handwritten.OFF_TOPIC_UNSEEN


@click.command()
@click.option(
    "--json", "as_json", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures there."
)
@click.option("--seed", default=1, show_default=True, help="For the questions made by rule.")
@click.option(
    "--full", is_flag=True, help="Grow to two hundred thousand summaries; takes some minutes and 3 GB."
)
def main(*, as_json: Path | None, seed: int, full: bool) -> None:
    """Measure quality and latency by kind of question, side by side with other ways to search."""
    if not SHEET.exists():
        raise click.ClickException(
            f"The real newsletters are not beside this checkout: {SHEET.name} is missing."
        )
    figures = asyncio.run(_figures(seed, (2_000, 20_000, 200_000) if full else (2_000, 20_000)))
    click.echo(report.text(figures))
    if as_json:
        as_json.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")


async def _figures(seed: int, sizes: Sequence[int]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "an.db"
        async with indexed(file) as store:
            summaries = await summaries_in(store)
            searcher = Searcher(store.search)
            given = [*read(QUESTIONS), *unanswerable(_OFF_TOPIC)]
            made = Maker(summaries, seed).all(60)
            await measure(trials.ours(searcher), given)  # warm, as a bot that has been asked before
            figures: dict[str, Any] = {
                "summaries": len(summaries),
                "given": {"anbot": _told(await measure(trials.ours(searcher), given, repeats=trials.TRIES))},
                "made": {"anbot": _told(await measure(trials.ours(searcher), made, repeats=trials.TRIES))},
                "choices": await trials.choices(searcher, given),
                "keystroke": _spent(await trials.keystrokes(searcher, summaries)),
                "fifty at once": _spent(await trials.at_once(searcher, given)),
                "hostile, at most": await trials.hostile(searcher),
                "floors": await trials.floors(store),
            }
            await _peers(figures, summaries, given, made)
        figures["process"] = trials.fresh_process(file)
        figures["growth"] = {
            size: _spent(tally)
            for size, tally in (await trials.grown(Path(folder), summaries, read(QUESTIONS), sizes)).items()
        }
    return figures


async def _peers(
    figures: dict[str, Any], summaries: Sequence[Any], given: Sequence[Question], made: Sequence[Question]
) -> None:
    for name, peer in PEERS.items():
        with ExitStack() as stack:
            try:
                engine = stack.enter_context(peer(summaries))
            except ImportError:
                click.echo(f"{name} is not installed and left out: pip install {name}", err=True)
                continue
            figures["given"][name] = _told(await measure(asking(engine), given, repeats=trials.TRIES))
            figures["made"][name] = _told(await measure(asking(engine), made, repeats=trials.TRIES))


def _told(tallies: dict[str, Tally]) -> dict[str, dict[str, float]]:
    return {
        kind: {
            "questions": len(tally.places),
            "first": tally.first,
            "five": tally.five,
            "mrr": tally.reciprocal,
            "silent": tally.silence,
            **_spent(tally),
        }
        for kind, tally in report.with_whole(tallies).items()
    }


def _spent(tally: Tally) -> dict[str, float]:
    return {"p50": tally.percentile(0.5), "p99": tally.percentile(0.99), "max": tally.percentile(1)}


if __name__ == "__main__":
    main()
