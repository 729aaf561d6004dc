"""Takes what the readers understood into the archive, a document at a time.

Each document is one transaction: it is in wholly or not at all. What it says
of an issue becomes a version there, in place of an older one of its kind, and
the issue is merged anew from all its versions.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.errors import Refused
from bot.indexing.matching import sourced_entries
from bot.indexing.merge import Merged, merge
from bot.indexing.recognising import contradiction, name_of, numbered, place_of, refuse_doubtful
from bot.model.newsletter import Document, Draft, Note, SourceKind, Summary
from bot.ports import Archive, ArchiveTransaction, IssueRef, SourceVersion
from bot.ports.retrying import retried


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one document.

    `issues` are the numbers it holds, ascending. Of its entries, `new` were
    not known, `changed` added or corrected something, `unchanged` did neither;
    `removed` counts summaries that are gone because it no longer has them.
    `skipped` is what could not be used, `remarks` what was decided on the way.
    """

    source: str
    kind: SourceKind
    issues: tuple[int, ...]
    new: int
    changed: int
    unchanged: int
    removed: int
    skipped: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()


class Indexer:
    """One run over any number of documents."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._taken: dict[tuple[IssueRef, SourceKind], SourceVersion] = {}

    @retried
    async def take(self, source: str, document: Document, *, number: int | None = None) -> Report:
        """Index all that a document holds, or nothing of it.

        `source` names it to the user; `number` is the issue the user says it
        is. Raises Refused, with what settles it, when it does not say which
        issue it is and cannot be recognised, when it contradicts `number`,
        another document of this run or all that is known of its issue.
        """
        tally: Counter[str] = Counter()
        versions: list[SourceVersion] = []
        async with self._archive.writing() as transaction:
            if number is None:
                await refuse_doubtful(transaction, document)
            drafts, notes = _apart(await numbered(transaction, source, document, number))
            for version in (
                SourceVersion(kind=document.kind, source=source, draft=draft) for draft in drafts
            ):
                self._refuse_second_word(version)
                problem = "" if number is not None else await contradiction(transaction, version)
                if problem and len(drafts) == 1:
                    raise Refused(
                        f"{source} says that it is {name_of(version.draft)}, but {problem}. "
                        f"If it is right all the same, say so with --issue {version.draft.number}."
                    )
                if problem:
                    notes.append(Note(where=name_of(version.draft), what=problem))
                else:
                    versions.append(version)
                    tally += await _store(transaction, version, notes)
        self._taken |= {(place_of(version.draft), version.kind): version for version in versions}
        return _report(source, document, versions, tally, notes)

    def _refuse_second_word(self, version: SourceVersion) -> None:
        earlier = self._taken.get((place_of(version.draft), version.kind))
        if earlier is None or earlier.source == version.source:
            return
        then, now = earlier.draft.entries, version.draft.entries
        if then and now and then != now:
            raise Refused(
                f"{version.source} and {earlier.source} both hold {name_of(version.draft)}, with different content. "
                "Index only the one that is right."
            )


def _apart(drafts: Iterable[Draft]) -> tuple[list[Draft], list[Note]]:
    """One draft a place. If a document has an issue twice, the first counts."""
    by_place: dict[IssueRef, Draft] = {}
    drafts = (replace(draft, label=place_of(draft).label) for draft in drafts)
    twice = [draft for draft in drafts if by_place.setdefault(place_of(draft), draft) != draft]
    what = "is here twice, with different content; only the first was taken"
    return list(by_place.values()), [Note(where=name_of(draft), what=what) for draft in twice]


async def _store(transaction: ArchiveTransaction, version: SourceVersion, notes: list[Note]) -> Counter[str]:
    """Store one version of an issue, and count what became of its entries."""
    place = place_of(version.draft)
    before = await transaction.issue(place)
    versions = {other.kind: other for other in await transaction.versions(place)} if before else {}
    if earlier := versions.get(version.kind):
        version = replace(version, draft=_completed(version.draft, earlier.draft))
        if version.draft == earlier.draft:
            return Counter(unchanged=len(version.draft.entries))
    versions[version.kind] = version
    aliases = await transaction.aliases(place) if before else {}
    merged = merge(place, tuple(versions.values()), before, aliases)
    if version.kind is SourceKind.TEXT:
        notes += [_doubted(version.draft, title) for title in merged.left_out]
    await transaction.put_version(version)
    if (merged.issue, merged.aliases) != (before, aliases):
        await transaction.put_issue(merged.issue, merged.aliases)
    return _tally(version.draft, before.summaries if before else (), merged)


def _doubted(draft: Draft, title: str) -> Note:
    what = f"“{title}” is in no other source of that issue; a plain text adds no summary to it"
    return Note(where=name_of(draft), what=what)


def _completed(draft: Draft, earlier: Draft) -> Draft:
    """What a source of the same kind does not say, it does not take back: an
    item of a feed may be no more than a title and an address.
    """
    return replace(
        draft,
        title=draft.title or earlier.title,
        published=draft.published or earlier.published,
        url=draft.url or earlier.url,
        audio=draft.audio or earlier.audio,
        entries=draft.entries or earlier.entries,
    )


def _tally(draft: Draft, before: Sequence[Summary], merged: Merged) -> Counter[str]:
    def current(key: str) -> str:
        return merged.aliases.get(key, key)

    now = {summary.key: summary for summary in merged.issue.summaries}
    was = {current(summary.key): summary for summary in before}
    tally = Counter(removed=sum(key not in now for key in was))
    for sourced in sourced_entries(place_of(draft), [draft.entries]):
        key = current(sourced.key)
        if key not in now:  # a plain text is not believed in everything
            continue
        tally["new" if key not in was else "unchanged" if _same(was[key], now[key]) else "changed"] += 1
    return tally


def _same(one: Summary, other: Summary) -> bool:
    """Equal but for key and position."""
    return replace(one, key=other.key, position=other.position) == other


def _report(
    source: str,
    document: Document,
    versions: Iterable[SourceVersion],
    tally: Mapping[str, int],
    notes: Iterable[Note],
) -> Report:
    every = (*document.notes, *notes)
    return Report(
        source=source,
        kind=document.kind,
        issues=tuple(
            sorted(version.draft.number for version in versions if version.draft.number is not None)
        ),
        new=tally["new"],
        changed=tally["changed"],
        unchanged=tally["unchanged"],
        removed=tally["removed"],
        skipped=tuple(note for note in every if note.skipped),
        remarks=tuple(note for note in every if not note.skipped),
    )
