"""Draws pictures by matplotlib, which is slow to load and to draw: call this in a thread."""

import io
from collections.abc import Mapping
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.ticker import MaxNLocator

from bot.model.newsletter import Headline
from bot.pictures.citations import Citations

FORMATS: Final = ("svg", "png", "pdf")
_WIDTH: Final = 9.0
_ROW: Final = 0.34
_CHART: Final = (5.5, 1.9)
_MARGIN: Final = 1.1
_DOTS_PER_INCH: Final = 110
_INK, _FAINT, _LINE, _CENTRE, _STAR = "#1f2328", "#6e7781", "#8c959f", "#0b6bcb", "#b25e00"
_TITLE: Final = 62
_STYLE: Final[dict[Any, Any]] = {
    "font.family": ["DejaVu Sans"],
    "svg.fonttype": "none",  # text stays text, which can be searched and read aloud
    "svg.hashsalt": "anbot",  # the same picture is the same file
    "text.parse_math": False,  # a dollar sign is one
}


def draw_citations(shown: Citations, form: str) -> bytes:
    """A row for each summary, the oldest at the bottom, at the number of its issue; an arrow
    leads from what cites to what is cited.
    """
    with mpl.rc_context(_STYLE):
        figure, axes = _paper((_WIDTH, _MARGIN + _ROW * len(shown.summaries)), shown.title)
        numbers = [each.issue or 0 for each in shown.summaries]
        first, last = min(numbers, default=0), max(numbers, default=1)
        span = max(last - first, 1)
        axes.set_xlim(first - 0.04 * span, last + 0.75 * span)
        axes.set_ylim(-0.8, len(numbers) - 0.2)
        axes.set_yticks([])
        ticks = MaxNLocator(integer=True, nbins=5).tick_values(first, last)
        axes.set_xticks([tick for tick in ticks if first <= tick <= last])
        axes.set_xlabel("number of the issue", loc="left", color=_FAINT, size=8)
        at = {each.key: (each.issue or 0, row) for row, each in enumerate(shown.summaries)}
        for citing, cited in shown.citations:
            _arrow(axes, at[citing], at[cited], strong=shown.centre in {citing, cited})
        for each in shown.summaries:
            _dot(axes, each, at[each.key], span, centre=each.key == shown.centre)
        if shown.more:
            figure.text(0.99, 0.01, f"and {shown.more:,} more", ha="right", color=_FAINT, size=8)
        return _written(figure, form)


def draw_years(title: str, years: Mapping[int, int], form: str) -> bytes:
    """A bar for each year from the first to the last, with its number of summaries."""
    with mpl.rc_context(_STYLE):
        figure, axes = _paper(_CHART, title)
        first, last = min(years), max(years)
        shown = range(first, last + 1)
        bars = axes.bar(list(shown), [years.get(year, 0) for year in shown], color=_CENTRE, width=0.7)
        axes.bar_label(bars, color=_INK, size=8)
        axes.set_yticks([])
        axes.margins(y=0.2)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        return _written(figure, form)


def _paper(size: tuple[float, float], title: str) -> tuple[Figure, Axes]:
    """An empty picture of that width and height in inches."""
    figure = Figure(figsize=size, dpi=_DOTS_PER_INCH, facecolor="white", layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(_cut(title), loc="left", color=_INK, size=11, weight="bold")
    axes.tick_params(colors=_FAINT, labelsize=8)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _arrow(axes: Axes, start: tuple[int, int], end: tuple[int, int], *, strong: bool) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=7,
            shrinkA=4,
            shrinkB=4,
            connectionstyle="arc3,rad=0.22",  # away from the titles, which are on the right
            color=_LINE,
            linewidth=1.1 if strong else 0.7,
            alpha=0.9 if strong else 0.55,
        )
    )


def _dot(axes: Axes, headline: Headline, at: tuple[int, int], span: int, *, centre: bool) -> None:
    colour = _CENTRE if centre else _STAR if headline.highlight else _INK
    axes.plot(*at, "o", color=colour, markersize=6 if centre else 4.5)
    place = f"AN #{headline.issue}" if headline.issue is not None else headline.label
    text = f"{_cut(headline.title)}  ·  {place}"
    weight = "bold" if centre else "normal"
    axes.text(at[0] + 0.015 * span, at[1], text, va="center", color=colour, size=8, weight=weight)


def _cut(text: str) -> str:
    """In one line that fits the picture."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _TITLE else flat[: _TITLE - 1].rstrip() + "…"


def _written(figure: Figure, form: str) -> bytes:
    into = io.BytesIO()
    dates: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
    figure.savefig(into, format=form, metadata=dates.get(form))
    return into.getvalue()
