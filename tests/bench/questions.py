"""Questions whose answers are known, made of the newsletters by rule: the kinds people type.

Each seed makes others, so that what was tuned on some can be measured on more.
"""

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from bot.model.newsletter import Summary
from bot.search.anchors import bare
from bot.search.tokens import STOP_WORDS
from bot.text.folding import fold
from bot.text.urls import canonical

_KEYBOARD = "wa qes wrd etf ryg tuh yij uok ipl ol sqz adwx sfec dgrv fhtb gjyn hkum jlim ko xa zcs xvd cbf vng bmh nk"
_NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", _KEYBOARD.split(), strict=True))
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_ARXIV_FORMS = (
    "{}",
    "arXiv:{}",
    "https://arxiv.org/abs/{}",
    "https://arxiv.org/pdf/{}.pdf",
    "http://www.arxiv.org/abs/{}v2",
    "https://export.arxiv.org/abs/{}",
    "https://ar5iv.labs.arxiv.org/html/{}",
    "https://www.alphaxiv.org/abs/{}",
    "arxiv.org/html/{}v1",
    "see https://arxiv.org/abs/{}?utm_source=x#sec",
)
_FORUMS = re.compile(r"(?:www\.)?(?:lesswrong|lesserwrong|alignmentforum)\.(?:com|org)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is typed, of what kind, and the folded titles that are right; none if nothing is."""

    query: str
    kind: str
    accepted: frozenset[str]


def read(path: Path) -> list[Question]:
    """Questions from lines of {"query", "kind", "expect": [titles]}."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Question(query=line["query"], kind=line["kind"], accepted=frozenset(map(plain, line["expect"])))
        for line in lines
    ]


def plain(title: str) -> str:
    """A title, folded, without the Markdown it may have in the sheet."""
    return fold(_MARKDOWN_LINK.sub(r"\1", title))


def handwritten(kind: str, lines: str, summaries: Sequence[Summary]) -> Iterator[Question]:
    """Of lines "query|part of a right title;another", those whose answers are there."""
    titles = {fold(summary.title) for summary in summaries}
    for line in lines.strip().splitlines():
        query, _, parts = line.partition("|")
        accepted = frozenset(t for t in titles if any(part in t for part in parts.split(";")))
        if accepted:
            yield Question(query=query, kind=kind, accepted=accepted)


def asked(path: Path, summaries: Sequence[Summary]) -> Iterator[Question]:
    """Questions from lines of "kind | what is typed | parts of right titles"; without a right one, none fits."""
    titles = {plain(summary.title) for summary in summaries}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, query, parts = line.split("|")
            wanted = [part for part in parts.split(";") if part]
            yield Question(
                query=query,
                kind=kind,
                accepted=frozenset(t for t in titles if any(part in t for part in wanted)),
            )


def unanswerable(lines: str) -> Iterator[Question]:
    """Every phrase between bars, which no summary answers."""
    for line in lines.strip().splitlines():
        for query in line.split("|"):
            yield Question(query=query, kind="off", accepted=frozenset())


class Maker:
    """Makes questions of summaries."""

    def __init__(self, summaries: Sequence[Summary], seed: int) -> None:
        self._summaries = summaries
        self._random = random.Random(seed)  # noqa: S311 - chance, not secrecy
        self._titles = [fold(summary.title) for summary in summaries]
        self._texts = [set(_words_of_texts(summary)) for summary in summaries]
        self._spread = Counter(word for words in self._texts for word in words)
        self._at: dict[str, set[str]] = defaultdict(set)
        for summary, title in zip(summaries, self._titles, strict=True):
            for link in summary.links:
                self._at[canonical(link) or ""].add(title)

    def all(self, each: int) -> list[Question]:
        """So many questions of every kind."""
        kinds: Sequence[Callable[[], Iterator[Question]]] = (
            *(self.exact, lambda: self.part(2), lambda: self.part(3), lambda: self.title_typo(1)),
            *(lambda: self.title_typo(2), lambda: self.part_typo(1), lambda: self.part_typo(2)),
            *(self.author, self.arxiv, self.address, self.beginning, self.content),
        )
        return list(chain.from_iterable(islice(kind(), each) for kind in kinds))

    def exact(self) -> Iterator[Question]:
        for summary, title in self._picked():
            yield Question(query=summary.title, kind="exact", accepted=frozenset({title}))

    def part(self, words: int) -> Iterator[Question]:
        for query in self._parts(words):
            yield Question(query=" ".join(query), kind=f"partial{words}", accepted=self._with(query))

    def title_typo(self, typos: int) -> Iterator[Question]:
        for summary, title in self._picked():
            typed = self._mistyped(summary.title.split(), typos)
            if typed:
                yield Question(query=typed, kind=f"title_typo{typos}", accepted=frozenset({title}))

    def part_typo(self, typos: int) -> Iterator[Question]:
        for query in self._parts(typos + 1, shortest=4):
            typed = self._mistyped(query, typos)
            if typed:
                yield Question(query=typed, kind=f"partial_typo{typos}", accepted=self._with(query))

    def author(self) -> Iterator[Question]:
        names = [set(map(fold, _surnames(summary))) for summary in self._summaries]
        for summary, title in self._picked():
            surnames, words = _surnames(summary), _content(title)
            if surnames and words:
                name, word = self._random.choice(surnames), self._random.choice(words)
                right = (
                    t
                    for t, n in zip(self._titles, names, strict=True)
                    if fold(name) in n and word in t.split()
                )
                form = self._random.choice(["{0} {1}", "{1} {0}", "{1} by {0}"])
                yield Question(query=form.format(name, word), kind="author", accepted=frozenset(right))

    def arxiv(self) -> Iterator[Question]:
        numbers = [address for address in self._at if address.startswith("arxiv:")]
        while numbers:
            address = self._random.choice(numbers)
            query = self._random.choice(_ARXIV_FORMS).format(address.removeprefix("arxiv:"))
            yield Question(query=query, kind="arxiv", accepted=frozenset(self._at[address]))

    def address(self) -> Iterator[Question]:
        for summary, _ in self._picked():
            address = canonical(summary.url or "") or ""
            if summary.url and address and not address.startswith("arxiv:"):
                query = self._random.choice(list(_forms(summary.url)))
                yield Question(query=query, kind="url", accepted=frozenset(self._at[address]))

    def beginning(self) -> Iterator[Question]:
        for summary, title in self._picked():
            typed = summary.title.lower()[: self._random.randint(8, 20)]
            right = frozenset(t for t in self._titles if t.startswith(fold(typed)))
            if len(title) > len(typed) and len(right) < 5:
                yield Question(query=typed, kind="prefix", accepted=right)

    def content(self) -> Iterator[Question]:
        for at in iter(lambda: self._random.randrange(len(self._summaries)), None):
            words = [
                w
                for w in sorted(self._texts[at])
                if w.isalpha() and len(w) > 4 and 3 <= self._spread[w] <= 150
            ]
            words = [word for word in words if word not in self._titles[at].split()]
            query = self._random.sample(words, 3) if len(words) > 9 else []
            if query and sum(set(query) <= text for text in self._texts) == 1:
                yield Question(query=" ".join(query), kind="content", accepted=frozenset({self._titles[at]}))

    def _picked(self) -> Iterator[tuple[Summary, str]]:
        while True:
            at = self._random.randrange(len(self._summaries))
            yield self._summaries[at], self._titles[at]

    def _parts(self, words: int, shortest: int = 3) -> Iterator[list[str]]:
        """Words of titles, in their order, that few titles have together."""
        for _, title in self._picked():
            content = [word for word in _content(title) if len(word) >= shortest]
            if len(content) >= words:
                chosen = [content[at] for at in sorted(self._random.sample(range(len(content)), words))]
                if len(self._with(chosen)) < 4:
                    yield chosen

    def _with(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(title for title in self._titles if set(words) <= set(title.split()))

    def _mistyped(self, words: Sequence[str], typos: int) -> str:
        typed = list(words)
        places = [at for at, word in enumerate(words) if len(word) > 3 and word.isalpha()]
        for _ in range(typos if len(words) > 2 or typos == 1 else 0):
            if not places:
                return ""
            at = self._random.choice(places)
            typed[at] = self._slip(typed[at])
        return " ".join(typed) if typed != list(words) else ""

    def _slip(self, word: str) -> str:
        at = self._random.randrange(len(word) - 1)
        near = self._random.choice(_NEIGHBOURS.get(word[at].lower(), "e"))
        return self._random.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + near + word[at + 1 :],
                word[:at] + near + word[at:],
            )
        )


def _content(title: str) -> list[str]:
    return [word for word in title.split() if word not in STOP_WORDS and len(word) > 2]


def _words_of_texts(summary: Summary) -> list[str]:
    return fold(bare("\n".join((summary.text, *(opinion.text for opinion in summary.opinions))))).split()


def _surnames(summary: Summary) -> list[str]:
    names = (name.split() for name in re.split(r",| and |\n", summary.authors) if name.strip())
    return [name[-1] for name in names if len(name[-1]) > 3 and name[0][0].isupper()]


def _forms(url: str) -> Iterator[str]:
    """The ways an address is passed on."""
    yield url
    yield re.sub(r"^https?://(www\.)?", "", url)
    yield url.replace("https:", "http:")
    yield f"{url}{'&' if '?' in url else '?'}utm_source=someone"
    yield _FORUMS.sub("www.greaterwrong.com", url)
    yield url if "?" in url or "#" in url else f"{url.rstrip('/')}/"
