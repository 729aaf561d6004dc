"""The figures as text: ratios first, then quality and time by kind."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.bench.measuring import Tally, together

ALL = "all"
_OURS = "anbot"
_TITLES = {
    "given": "given questions",
    "fresh": "fresh questions",
    "asked": "our own questions",
    "held out": "our own questions, never tuned on",
    "made": "questions made by rule",
}
_SURENESS = (
    ("sure but wrong", "sure but wrong"),
    ("choices", "choices offered"),
    ("answered though absent", "answered though absent"),
    ("told that it is absent", "told that it is not there"),
)
_UNANSWERABLE = ("off", "absent", "absent_title")
_FIGURES = ("p50", "p99", "first", "five", "mrr")


def with_whole(tallies: dict[str, Tally]) -> dict[str, Tally]:
    """The tallies and, as "all", that of all kinds that have an answer."""
    return {**tallies, ALL: together(tallies)}


def text(figures: dict[str, Any]) -> str:
    """All of it, as tables."""
    sets = [(_TITLES[name], engines) for name, engines in figures["sets"].items()]
    parts = (
        *(_ratios(title, engines) for title, engines in sets),
        *(_ahead(title, engines) for title, engines in sets),
        *(
            part
            for title, engines in sets
            for part in (_quality(title, engines), _sureness(engines), _times(title, engines))
        ),
        _single(figures),
        _growth(figures["growth"]),
    )
    return "\n\n".join("\n".join(part) for part in parts)


def _ratios(title: str, engines: dict[str, Any]) -> Iterator[str]:
    ours = engines[_OURS]
    yield f"RATIOS: {title}, peer / anbot; time above 1 and quality below 1 are worse than ours"
    yield _row("", [*_FIGURES, "off-topic silence"])
    for name, theirs in engines.items():
        if name != _OURS:
            ratios = [theirs[ALL][figure] / ours[ALL][figure] for figure in _FIGURES]
            ratios += [theirs["off"]["silent"] / ours["off"]["silent"]] if "off" in ours else []
            yield _row(name, [f"{ratio:.2f}" for ratio in ratios])


def _ahead(title: str, engines: dict[str, Any]) -> Iterator[str]:
    """Wherever a peer does better, by kind."""
    yield f"WHERE A PEER IS AHEAD OF US: {title}"
    for name, theirs in engines.items():
        for kind, ours in engines[_OURS].items():
            better = [f for f in ("first", "five") if kind not in _UNANSWERABLE and theirs[kind][f] > ours[f]]
            better += [f for f in ("p50", "p99") if theirs[kind][f] < ours[f]]
            if better:
                yield f"  {name} on {kind}: {', '.join(better)}"


def _quality(title: str, engines: dict[str, Any]) -> Iterator[str]:
    yield f"QUALITY: {title}, right at the first place / among five, in per cent (off, absent: answered with nothing)"
    yield _row("", list(engines))
    for kind, ours in engines[_OURS].items():
        cells = (
            f"{100 * e[kind]['silent']:.1f}"
            if kind in _UNANSWERABLE
            else f"{100 * e[kind]['first']:.1f} / {100 * e[kind]['five']:.1f}"
            for e in engines.values()
        )
        yield _row(f"{kind} ({ours['questions']})", list(cells))
    yield _row("mean reciprocal rank", [f"{e[ALL]['mrr']:.4f}" for e in engines.values()])


def _sureness(engines: dict[str, Any]) -> Iterator[str]:
    yield "SURENESS: of answerable questions, wrong answers given as sure, and choices; of absent works, answered; in per cent"
    yield _row("", list(engines))
    for figure, name in _SURENESS:
        yield _row(name, [f"{100 * e[ALL][figure]:.1f}" for e in engines.values()])


def _times(title: str, engines: dict[str, Any]) -> Iterator[str]:
    yield f"TIME: {title}, milliseconds, p50 / p99"
    yield _row("", list(engines))
    for kind in engines[_OURS]:
        yield _row(kind, [f"{e[kind]['p50']:.3f} / {e[kind]['p99']:.3f}" for e in engines.values()])


def _single(figures: dict[str, Any]) -> Iterator[str]:
    yield f"ON ITS OWN, over {figures['summaries']} summaries; milliseconds unless said otherwise"
    for name in ("keystroke", "fifty at once"):
        yield _row(name, [f"{figures[name]['p50']:.3f} / {figures[name]['p99']:.3f}"])
    yield _row("hostile, at most", [f"{figures['hostile, at most']:.2f}"])
    for name, value in {**figures["floors"], **figures["process"]}.items():
        yield _row(name, [f"{value:.3f}"])


def _growth(sizes: dict[int, dict[str, float]]) -> Iterator[str]:
    yield "GROWTH: the same questions over recombined libraries"
    yield _row("summaries", ["p50", "p99", "p50, as a multiple"])
    smallest = next(iter(sizes.values()))["p50"]
    for size, spent in sizes.items():
        yield _row(
            str(size), [f"{spent['p50']:.3f}", f"{spent['p99']:.3f}", f"{spent['p50'] / smallest:.2f}"]
        )


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:<34}" + "".join(f"{cell:>20}" for cell in cells)
