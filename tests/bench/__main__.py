"""`python -m tests.bench`: the search beside its peers, over the real newsletters."""

import asyncio
import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from bot.model.newsletter import Summary
from bot.search import Searcher
from tests.bench import off_topic, report, trials
from tests.bench.library import ASKED, FRESH, HELD_OUT, QUESTIONS, SHEET, indexed, summaries_in
from tests.bench.measuring import Ask, Tally, measure
from tests.bench.peers import PEERS, asking
from tests.bench.questions import Maker, Question, asked, read, unanswerable

_OFF_TOPIC = off_topic.COMMON + off_topic.MORE + off_topic.UNSEEN


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
            sets = {
                "given": [*read(QUESTIONS), *unanswerable(_OFF_TOPIC)],
                "fresh": read(FRESH),
                "asked": list(asked(ASKED, summaries)),
                "held out": list(asked(HELD_OUT, summaries)),
                "made": Maker(summaries, seed).all(60),
            }
            given = sets["given"]
            await measure(trials.ours(searcher), given)  # warm, as a bot that has been asked before
            figures: dict[str, Any] = {
                "summaries": len(summaries),
                "sets": {
                    name: {"anbot": await _measured(trials.ours(searcher), qs)} for name, qs in sets.items()
                },
                "keystroke": _spent(await trials.keystrokes(searcher, summaries)),
                "fifty at once": _spent(await trials.at_once(searcher, given)),
                "hostile, at most": await trials.hostile(searcher),
                "floors": await trials.floors(store),
            }
            await _peers(figures, summaries, sets)
        figures["process"] = trials.fresh_process(file)
        figures["growth"] = {
            size: _spent(tally)
            for size, tally in (await trials.grown(Path(folder), summaries, read(QUESTIONS), sizes)).items()
        }
    return figures


async def _peers(
    figures: dict[str, Any], summaries: Sequence[Summary], sets: Mapping[str, Sequence[Question]]
) -> None:
    for name, peer in PEERS.items():
        with ExitStack() as stack:
            try:
                engine = stack.enter_context(peer(summaries))
            except ImportError:
                click.echo(f"{name} is not installed and left out: pip install {name}", err=True)
                continue
            for of, questions in sets.items():
                figures["sets"][of][name] = await _measured(asking(engine), questions)


async def _measured(ask: Ask, questions: Sequence[Question]) -> dict[str, dict[str, float]]:
    return _figured(await measure(ask, questions, repeats=trials.TRIES))


def _figured(tallies: dict[str, Tally]) -> dict[str, dict[str, float]]:
    return {
        kind: {
            "questions": max(len(tally.places), tally.absent),
            "first": tally.first,
            "five": tally.five,
            "mrr": tally.reciprocal,
            "silent": tally.silence,
            "sure but wrong": tally.sure_but_wrong / max(1, len(tally.places)),
            "choices": tally.choices / max(1, len(tally.places)),
            "absent": tally.absent,
            "answered though absent": tally.absent_answered / max(1, tally.absent),
            "told that it is absent": tally.absent_told / max(1, tally.absent),
            **_spent(tally),
        }
        for kind, tally in report.with_whole(tallies).items()
    }


def _spent(tally: Tally) -> dict[str, float]:
    return {"p50": tally.percentile(0.5), "p99": tally.percentile(0.99), "max": tally.percentile(1)}


if __name__ == "__main__":
    main()
