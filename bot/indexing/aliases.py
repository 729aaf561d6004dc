"""The other keys that a summary answers to.

A summary's key comes from its title (and from its turn, where the best
informed source has several of that title). Every key a source alone would have
given it is an alias. So is every key it had before, if it is still the same
entry by address or title, as happens when a source corrects itself. A key
nothing is the same as any more leads nowhere; it is never given to another
entry, save one of the very same title in the same issue. The key of what is left
out leads to what another source would take it for, alone with the text: before
the others came, that summary may have had it.
"""

from collections.abc import Mapping, Sequence

from bot.indexing.matching import Group, SourcedEntry, match_entries
from bot.model.newsletter import Summary
from bot.ports import IssueRef, SourceVersion


def instead(
    place: IssueRef,
    left_out: Sequence[SourcedEntry],
    groups: Sequence[Group],
    ranked: Sequence[SourceVersion],
) -> dict[str, str]:
    """Where the keys of what is left out lead; `ranked` has the best informed source first."""
    keys = {(sourced.source, sourced.position): group[0].key for group in groups for sourced in group}
    unbelieved = {sourced.key for sourced in left_out}
    leads: dict[str, str] = {}
    for text in {sourced.source for sourced in left_out}:
        for other in (n for n in reversed(range(len(ranked))) if n != text):
            matched = match_entries(place, [ranked[n].draft.entries for n in (text, other)])
            pairs = (group for group in matched if len(group) > 1 and group[0].key in unbelieved)
            leads |= {entry.key: keys[other, twin.position] for entry, twin in pairs}
    return leads


def aliases_of(
    place: IssueRef,
    leads_to: dict[str, str],
    summaries: Sequence[Summary],
    before: Sequence[Summary],
    old_aliases: Mapping[str, str],
) -> dict[str, str]:
    """Alias to key, in order of the aliases: what leads to a summary now, what did before, and their heirs."""
    leads = leads_to | _heirs(place, leads_to, summaries, before)
    history = {alias: leads[key] for alias, key in old_aliases.items() if key in leads}
    return {alias: key for alias, key in sorted((history | leads).items()) if alias != key}


def _heirs(
    place: IssueRef, leads_to: Mapping[str, str], summaries: Sequence[Summary], before: Sequence[Summary]
) -> dict[str, str]:
    """Where keys lead that no source would give any more: old key to new.

    A summary that is still known by its key is the heir of no other.
    """
    orphans = [old for old in before if old.key not in leads_to]
    if not orphans:
        return {}
    known = {leads_to[old.key] for old in before if old.key in leads_to}
    heirs = [summary for summary in summaries if summary.key not in known]
    pairs = (group for group in match_entries(place, [heirs, orphans]) if len(group) > 1)
    return {orphans[orphan.position].key: heirs[heir.position].key for heir, orphan in pairs}
