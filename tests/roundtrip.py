"""Writes the whole archive out as it was printed, reads it back, and counts.

`python -m tests.roundtrip` prints the table.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz.distance import Indel

from bot.errors import InputError
from bot.model.newsletter import Draft, Entry
from bot.readers import read
from bot.text.folding import fold
from bot.text.markdown import plain
from tests.support import newsletters
from tests.support.archive import SHARED
from tests.support.printed_forms import PRINTED

FORMS: dict[str, Callable[[Draft], str]] = {
    "one line, headings in title case": newsletters.flat,
    "one line, headings in capitals": lambda draft: newsletters.flat(draft, capitals=True),
    "a line a paragraph": newsletters.lines,
    "web page": newsletters.page,
    **PRINTED,
}


@dataclass(slots=True)
class Score:
    """What became of the entries that were written out."""

    refused: int = 0
    recovered: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    authors: int = 0
    summarizers: int = 0
    sections: int = 0
    texts: list[float] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.recovered / max(1, self.recovered + len(self.invented))

    @property
    def recall(self) -> float:
        return self.recovered / max(1, self.recovered + len(self.missed))

    def add(self, draft: Draft, got: Iterable[Entry]) -> None:
        """Count one issue: what was written against what was read."""
        wanted: dict[str, list[Entry]] = defaultdict(list)
        for entry in draft.entries:
            wanted[fold(entry.title)].append(entry)
        for entry in got:
            same = wanted[fold(entry.title)]
            if same:
                self._match(draft, same.pop(0), entry)
            else:
                self.invented.append(entry.title)
        self.missed += [entry.title for left in wanted.values() for entry in left]

    def _match(self, draft: Draft, wrote: Entry, got: Entry) -> None:
        self.recovered += 1
        self.authors += newsletters.printed_authors(wrote.authors) == got.authors
        summarizer = wrote.summarizer if newsletters.signed(wrote, draft.number) else ""
        self.summarizers += summarizer == got.summarizer
        section = ("Highlights",) if wrote.highlight else wrote.section
        self.sections += [name.casefold() for name in section] == [name.casefold() for name in got.section]
        self.texts.append(Indel.normalized_similarity(_words(wrote), _words(got)))


def _words(entry: Entry) -> str:
    return fold(
        " ".join(plain(text) for text in (entry.text, *(o.by + " " + o.text for o in entry.opinions)))
    )


@cache
def archive() -> Sequence[Draft]:
    """The numbered issues of the real spreadsheet."""
    sheet = SHARED / "corpus" / "alignment_newsletter.xlsx"
    return [draft for draft in read(sheet.read_bytes(), sheet.name).drafts if draft.number is not None]


def measure(form: Callable[[Draft], str]) -> Score:
    score = Score()
    for draft in archive():
        try:
            document = read(form(draft).encode(), f"{draft.number}")
        except InputError:
            score.refused += 1
            continue
        if document.doubt or document.guess:
            score.refused += 1
        else:
            score.add(draft, document.drafts[0].entries)
    return score


def main() -> None:
    if not SHARED.is_dir():
        raise SystemExit("The real newsletters are not beside this checkout (../shared).")
    columns = ("precision", "recall", "authors", "summarizer", "section", "text")
    print(f"{'form':<34}" + "".join(f"{name:>12}" for name in columns) + f"{'refused':>10}{'invented':>10}")  # noqa: T201  # the point of it
    for name, form in FORMS.items():
        score = measure(form)
        shares = (score.authors, score.summarizers, score.sections, sum(score.texts))
        figures = (score.precision, score.recall, *(share / max(1, score.recovered) for share in shares))
        counts = f"{score.refused:>10}{len(score.invented):>10}"
        print(f"{name:<34}" + "".join(f"{figure:>12.4f}" for figure in figures) + counts)  # noqa: T201


if __name__ == "__main__":
    main()
