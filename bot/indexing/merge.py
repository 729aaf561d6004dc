"""What several sources say of one issue becomes the issue the library holds.

The result depends on the sources alone, never on the order they came in. The
best informed comes first: spreadsheet, its CSV, web page, e-mail, feed, text,
podcast. Which entries are the same is decided in `bot.indexing.matching`. Then, for each:

- Title, links, authors, venue, year, H/T and summarizer are the best informed
  source's that has them. Prerequisites and read more: likewise, but what has
  links goes before what has none.
- Text, and each person's opinion, is the richest one (`richest`). Opinions by
  several people are in the order of their first source.
- The section is the topic a printed issue puts it under, else the
  spreadsheet's, else that of a plain text, which may have lost a heading on its
  way. "Highlights" is no topic: it makes the entry a highlight, and
  is its section only when no source knows the topic. An entry is a highlight
  if any source says so.
- References and citations are all that any source has.
- A plain text adds no entry to an issue that another source knows, and nothing
  that follows a title if another source has texts of that issue. Without markup
  a title may have been missed or misread: what follows it would be a
  neighbour's, and a summary that nobody wrote would be searched, cited and
  announced.
- Order: as printed; what no printed source has comes after that, highlights
  first, then by section as an issue prints them.

The issue's own title, date and addresses are a printed source's before those of
the spreadsheet, which only knows what the address says, and of the podcast,
which has its own. What other keys a summary answers to is in `bot.indexing.aliases`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from bot.indexing.aliases import aliases_of, instead
from bot.indexing.matching import Group, match_entries
from bot.model.newsletter import Draft, Entry, Issue, Opinion, SourceKind, Summary
from bot.model.sections import HIGHLIGHTS, canonical, rank
from bot.ports import IssueRef, SourceVersion
from bot.text.folding import fold

BEST_INFORMED_FIRST: Final = tuple(SourceKind)
_UNPRINTED: Final = frozenset({SourceKind.SHEET, SourceKind.CSV, SourceKind.PODCAST})
_KEPT_ITS_HEADINGS: Final = frozenset({SourceKind.PAGE, SourceKind.MAIL, SourceKind.FEED})
_CLEARLY_LONGER: Final = 1.05
_LINK: Final = re.compile(r"\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_MARKUP: Final = re.compile(r"[*_\\`>#\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """An issue made of versions, and its summaries' other keys: alias to key."""

    issue: Issue
    aliases: dict[str, str]
    left_out: tuple[str, ...] = ()
    """Titles that only a plain text has, which were not believed."""


def merge(
    place: IssueRef, versions: Sequence[SourceVersion], before: Issue | None, old_aliases: Mapping[str, str]
) -> Merged:
    """The issue of that place from all its versions (one a kind, in any order).

    `before` is the issue as it was, `old_aliases` its summaries' older keys;
    they keep old keys alive and have no part in the content.
    """
    ranked = _as_believed(sorted(versions, key=lambda version: BEST_INFORMED_FIRST.index(version.kind)))
    printed = [source for source, version in enumerate(ranked) if version.kind not in _UNPRINTED]
    headed = [source for source in printed if ranked[source].kind in _KEPT_ITS_HEADINGS]
    matched = match_entries(place, [version.draft.entries for version in ranked])
    groups = [group for group in matched if _is_believed(group, ranked)]
    left_out = [group[0] for group in matched if not _is_believed(group, ranked)]
    leads_to = {sourced.key: group[0].key for group in groups for sourced in group}
    groups.sort(key=lambda group: _order(group, printed, headed))
    summaries = tuple(_summary(place, n, group, headed) for n, group in enumerate(groups, start=1))
    unbelieved = {sourced.key for sourced in left_out}
    old = [summary for summary in before.summaries if summary.key not in unbelieved] if before else []
    old_aliases = {alias: key for alias, key in old_aliases.items() if alias not in unbelieved}
    return Merged(
        issue=_issue(place, [version.draft for version in sorted(ranked, key=_as_printed)], summaries),
        aliases=aliases_of(
            place, leads_to | instead(place, left_out, groups, ranked), summaries, old, old_aliases
        ),
        left_out=tuple(sourced.entry.title for sourced in left_out),
    )


def _as_believed(ranked: Sequence[SourceVersion]) -> list[SourceVersion]:
    """The versions, a plain text with heads alone if another has texts."""
    marked = [version for version in ranked if version.kind is not SourceKind.TEXT]
    if not any(entry.text for version in marked for entry in version.draft.entries):
        return list(ranked)
    return [
        version if version in marked else replace(version, draft=_heads(version.draft)) for version in ranked
    ]


def _heads(draft: Draft) -> Draft:
    heads = (
        replace(entry, text="", opinions=(), prerequisites="", read_more="", references=(), cites=())
        for entry in draft.entries
    )
    return replace(draft, entries=tuple(heads))


def _is_believed(group: Group, ranked: Sequence[SourceVersion]) -> bool:
    """Whether more than a plain text has the entry, or nothing else has the issue."""
    others = [version for version in ranked if version.kind is not SourceKind.TEXT and version.draft.entries]
    return not others or any(ranked[sourced.source].kind is not SourceKind.TEXT for sourced in group)


def richest(texts: Iterable[str]) -> str:
    """Of several wordings of one text the one that says most.

    Taken in turn, a later one wins by being over 5 % longer without markup and
    blanks, or, when neither is, by having more links.

    >>> richest(["A short one.", "A [short](https://a.example) one.", ""])
    'A [short](https://a.example) one.'
    """
    wordings = list(filter(None, texts))
    best = wordings[0] if wordings else ""
    for text in wordings[1:]:
        if text != best and _richer(text, best):
            best = text
    return best


def _richer(text: str, best: str) -> bool:
    length, best_length = _length(text), _length(best)
    if length > best_length * _CLEARLY_LONGER:
        return True
    if best_length > length * _CLEARLY_LONGER:
        return False
    return len(_LINK.findall(text)) > len(_LINK.findall(best))


def _length(markdown: str) -> int:
    return len(_MARKUP.sub("", _LINK.sub(r"\1", markdown)))


def _as_printed(version: SourceVersion) -> bool:
    """Sorts what was printed before what was not."""
    return version.kind in _UNPRINTED


def _issue(place: IssueRef, drafts: Sequence[Draft], summaries: tuple[Summary, ...]) -> Issue:
    return Issue(
        number=place.number,
        label=place.label,
        title=_first(draft.title for draft in drafts),
        published=next((draft.published for draft in drafts if draft.published), None),
        url=_first(draft.url for draft in drafts),
        audio=_first(draft.audio for draft in drafts),
        summaries=summaries,
    )


def _summary(place: IssueRef, position: int, group: Group, headed: Sequence[int]) -> Summary:
    entries = [sourced.entry for sourced in group]
    return Summary(
        key=group[0].key,
        issue=place.number,
        label=place.label,
        position=position,
        title=entries[0].title,
        links=next((entry.links for entry in entries if entry.links), ()),
        authors=_first(entry.authors for entry in entries),
        venue=_first(entry.venue for entry in entries),
        year=next((entry.year for entry in entries if entry.year is not None), None),
        section=_section(group, headed),
        highlight=_is_highlight(entries),
        hat_tip=_first(entry.hat_tip for entry in entries),
        summarizer=_first(entry.summarizer for entry in entries),
        text=richest(entry.text for entry in entries),
        opinions=_opinions(entries),
        prerequisites=_linked_first(entry.prerequisites for entry in entries),
        read_more=_linked_first(entry.read_more for entry in entries),
        references=tuple(sorted({number for entry in entries for number in entry.references})),
        cites=tuple(dict.fromkeys(target for entry in entries for target in entry.cites)),
    )


def _order(
    group: Group, printed: Sequence[int], headed: Sequence[int]
) -> tuple[int, bool, tuple[int, int], int, int]:
    for turn, source in enumerate(printed):
        for sourced in group:
            if sourced.source == source:
                return turn, False, (0, 0), source, sourced.position
    unlit = not _is_highlight([sourced.entry for sourced in group])
    return len(printed), unlit, rank(_section(group, headed)), group[0].source, group[0].position


def _section(group: Group, headed: Sequence[int]) -> tuple[str, ...]:
    headed_first = sorted(group, key=lambda sourced: sourced.source not in headed)
    paths = [canonical(sourced.entry.section) for sourced in headed_first]
    topics = (path[1:] if path[:1] == (HIGHLIGHTS,) else path for path in paths)
    return next(filter(None, topics), (HIGHLIGHTS,) if any(paths) else ())


def _is_highlight(entries: Iterable[Entry]) -> bool:
    return any(entry.highlight or canonical(entry.section)[:1] == (HIGHLIGHTS,) for entry in entries)


def _opinions(entries: Iterable[Entry]) -> tuple[Opinion, ...]:
    """Each person's opinion once; the nth with the nth, should one have several."""
    by_turn: dict[tuple[str, int], list[Opinion]] = {}
    for entry in entries:
        turns: dict[str, count[int]] = {}
        for opinion in entry.opinions:
            person = fold(opinion.by)
            turn = next(turns.setdefault(person, count()))
            by_turn.setdefault((person, turn), []).append(opinion)
    return tuple(Opinion(by=same[0].by, text=richest(o.text for o in same)) for same in by_turn.values())


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _linked_first(texts: Iterable[str]) -> str:
    known = [text for text in texts if text]
    return _first([*filter(_LINK.search, known), *known])
