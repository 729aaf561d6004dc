"""Anchor texts: what other summaries call each summary, in which context, and who cites it.

A link in one summary's text whose address is that of another summary is a
person's own words for it: "[GPT-3](https://arxiv.org/abs/2005.14165) (AN #102)".
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from rapidfuzz import fuzz

from bot.model.newsletter import Summary
from bot.search.tokens import FILLERS, STOP_WORDS, split
from bot.text.folding import fold
from bot.text.moved import also_at
from bot.text.urls import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`text` pointing at `url`, and the words around it, about a sentence."""

    text: str
    url: str
    around: str


_HIGHLIGHT: Final = 0.5
_SUMMARIZED: Final = 0.2
_CITATIONS: Final = 0.25
_SAME_WORK: Final = 75
_KINDS: Final = ("paper: ", "blog post: ", "website: ", "code: ", "full paper: ")


@dataclass(slots=True)
class Anchors:
    """The aliases of one summary, the words around links to it, and who cites it."""

    aliases: Counter[str] = field(default_factory=Counter)
    contexts: Counter[str] = field(default_factory=Counter)
    cited_by: set[int] = field(default_factory=set)


class AnchorIndex:
    """The anchors of all summaries, by a summary's place in the sequence."""

    def __init__(self, summaries: Sequence[Summary]) -> None:
        self._summaries = summaries
        self._canonical: Final = cache(canonical)  # the same links occur again and again
        self.addresses: dict[str, list[int]] = defaultdict(list)
        self._further: dict[str, list[int]] = defaultdict(list)
        self._anchors: dict[int, Anchors] = defaultdict(Anchors)
        for place, summary in enumerate(summaries):
            for address in dict.fromkeys(filter(None, map(self._canonical, summary.links))):
                for each in (address, *also_at(address)):
                    self.addresses[each].append(place)
        printed = {(summary.issue, fold(summary.title)): place for place, summary in enumerate(summaries)}
        for place, summary in enumerate(summaries):
            self._read(place, summary)
            for target in summary.cites:
                cited = printed.get((target.issue, fold(target.title)))
                if cited is not None and cited != place:
                    self._anchors[cited].cited_by.add(place)
        self.addresses.update(
            (address, owners) for address, owners in self._further.items() if address not in self.addresses
        )

    def of(self, place: int) -> Anchors:
        """The anchors of the summary at that place."""
        return self._anchors.get(place) or Anchors()

    def address(self, place: int) -> str:
        """The canonical address of the summary at that place; "" if it has none."""
        return self._canonical(self._summaries[place].url or "") or ""

    def prior(self, place: int) -> float:
        """Its query-free score: citations, highlight, having a text."""
        summary = self._summaries[place]
        cited = math.log1p(len(self.of(place).cited_by))
        return (
            _CITATIONS * cited
            + (_HIGHLIGHT if summary.highlight else 0.0)
            + (_SUMMARIZED if summary.text else 0.0)
        )

    def ranked(self) -> list[int]:
        """All summaries by falling prior, of equals the later first."""
        return sorted(range(len(self._summaries)), key=lambda place: (-self.prior(place), -place))

    def _read(self, place: int, summary: Summary) -> None:
        for link in _links(summary):
            self._refer(place, link)
        for link in links_in(summary.read_more):
            self._refer(place, link)
            self._read_more(place, summary, link)
            if address := self._canonical(link.url):
                self._further[address].append(place)

    def _read_more(self, place: int, summary: Summary, link: Link) -> None:
        """A further reading names the summary if it is labelled as the same work or resembles its title."""
        name = _without_kind(link.text)
        if name != link.text or fuzz.token_set_ratio(fold(name), fold(summary.title)) >= _SAME_WORK:
            self._name(place, name)
        else:
            self._anchors[place].contexts.update(set(split(name)))

    def _refer(self, place: int, link: Link) -> None:
        owners = self.addresses.get(self._canonical(link.url) or "", ())
        for owner in owners:
            if place not in owners:
                self._name(owner, link.text)
                self._anchors[owner].contexts.update(set(split(link.around)))
                self._anchors[owner].cited_by.add(place)

    def _name(self, place: int, name: str) -> None:
        if _is_name(name):
            self._anchors[place].aliases[name] += 1


def _links(summary: Summary) -> Iterator[Link]:
    texts: Iterable[str] = (
        summary.text,
        *(opinion.text for opinion in summary.opinions),
        summary.prerequisites,
    )
    for text in texts:
        yield from links_in(text)


def _without_kind(name: str) -> str:
    for kind in _KINDS:
        if name.lower().startswith(kind):
            return name[len(kind) :]
    return name


def _is_name(text: str) -> bool:
    """Whether a link's text is a name; "evidence" and "this paper" are none.

    >>> [name for name in ("evidence", "this paper", "CLIP", "GPT-3 paper", "reward modeling") if _is_name(name)]
    ['CLIP', 'GPT-3 paper', 'reward modeling']
    """
    content = [word for word in split(text) if word not in STOP_WORDS and word not in FILLERS]
    return len(content) > 1 or (len(content) == 1 and any(c.isupper() or c.isdigit() for c in text))


_LINK: Final = re.compile(r"\[(?P<text>[^\[\]]{1,300})\]\((?P<url>https?://(?:[^()\s]|\([^()\s]*\))*)\)")
_AROUND: Final = 120


def links_in(markdown: str) -> Iterator[Link]:
    """The links of a text, in order."""
    for match in _LINK.finditer(markdown):
        before = bare(markdown[max(0, match.start() - _AROUND) : match.start()])
        after = bare(markdown[match.end() : match.end() + _AROUND])
        yield Link(text=match["text"].strip(), url=match["url"], around=f"{before} {match['text']} {after}")


def bare(markdown: str) -> str:
    """The text without the addresses of its links.

    >>> bare("as [this](https://a.example/(b)) shows")
    'as this shows'
    """
    return _LINK.sub(lambda match: match["text"], markdown)
