"""Which issue a document is, and whether it is one of this newsletter at all.

A document may state a number, or its titles may be known; what contradicts
what is known is refused.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.errors import Refused
from bot.indexing.matching import match_entries
from bot.model.newsletter import Document, Draft, SourceKind
from bot.ports import ArchiveTransaction, IssueRef, SourceVersion
from bot.text.folding import fold

_KNOWS_ISSUES_BEST: Final = frozenset({SourceKind.SHEET, SourceKind.CSV})


async def numbered(
    transaction: ArchiveTransaction, source: str, document: Document, number: int | None
) -> tuple[Draft, ...]:
    """The drafts, each with its number; `number` settles what is not stated."""
    if document.numbered:
        if number is not None:
            _refuse_other_number(source, document.drafts, number)
        return document.drafts
    return tuple(
        [
            replace(draft, number=await _recognised(transaction, source, draft) if number is None else number)
            for draft in document.drafts
        ]
    )


async def refuse_doubtful(transaction: ArchiveTransaction, document: Document) -> None:
    """Refuse what may be another newsletter, or was partly guessed, unless half of its titles are known.

    Beside a library that knows the issue, a guess adds no summary to it.
    """
    doubt = document.doubt or document.guess
    if not doubt:
        return
    titles = {fold(entry.title) for draft in document.drafts for entry in draft.entries}
    known = Counter(await transaction.locate(titles))
    if max(known.values(), default=0) * 2 < len(titles):
        raise Refused(f"{doubt}.")


def _refuse_other_number(source: str, drafts: Sequence[Draft], number: int) -> None:
    if len(drafts) > 1:
        raise Refused(f"{source} holds {len(drafts)} issues, so it cannot be taken with --issue {number}.")
    for draft in drafts:
        if draft.number != number:
            raise Refused(
                f"{source} says that it is {name_of(draft)}, not AN #{number}. "
                f"Leave out --issue {number}, or name the file of that issue."
            )


async def _recognised(transaction: ArchiveTransaction, source: str, draft: Draft) -> int:
    """The issue that knows at least half of the titles, if only one does."""
    titles = {fold(entry.title) for entry in draft.entries}
    known = Counter(await transaction.locate(titles))
    best = known.most_common(2)
    if best and best[0][1] * 2 >= len(titles) and len({times for _, times in best}) == len(best):
        return best[0][0]
    nearest = f"; most are in AN #{best[0][0]}, {best[0][1]} of {len(titles)}" if best else ""
    raise Refused(
        f"{source} does not say which issue it is, and too few of its titles are known{nearest}. "
        "Say which it is with --issue N, or index the spreadsheet first."
    )


async def contradiction(transaction: ArchiveTransaction, version: SourceVersion) -> str:
    """What speaks against this being the issue it says it is; "" if nothing does.

    Not asked of the spreadsheet: it knows best which issue is which.
    """
    place, entries = place_of(version.draft), version.draft.entries
    known = None if version.kind in _KNOWS_ISSUES_BEST else await transaction.issue(place)
    if known is None:
        return ""
    shared = sum(len(group) > 1 for group in match_entries(place, [known.summaries, entries]))
    if shared * 2 >= min(len(known.summaries), len(entries)):
        return ""
    return f"only {shared} of its {len(entries)} entries are among the {len(known.summaries)} known of that issue"


def place_of(draft: Draft) -> IssueRef:
    """The issue that a draft is of."""
    return IssueRef(draft.number) if draft.number is not None else IssueRef(None, draft.label)


def name_of(draft: Draft) -> str:
    """That issue for people."""
    return f"AN #{draft.number}" if draft.number is not None else draft.label or "what is in no issue"
