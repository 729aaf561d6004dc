"""Checks if the sources that are polled answer."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.doctor.patient import Patient
from bot.model.findings import Finding, bad, ok, warn
from bot.ports import SourceState
from bot.sources.named import standing, without_secrets
from bot.text.phrases import span

_LATE: Final = timedelta(hours=2)
"""If a source is later than this, nothing is polling."""
_TOO_OLD: Final = timedelta(days=3)
"""A source that failed for longer than this does not recover by itself."""
_SHOWN: Final = 10


async def sources(patient: Patient) -> Sequence[Finding]:
    """Findings on each name in ANBOT_SOURCES."""
    if not patient.settings.sources:
        return [
            warn(
                "No source is polled, so no new issue is noticed",
                "Unset ANBOT_SOURCES for the real newsletter, or name sources in it.",
            )
        ]
    return [finding for named in patient.settings.sources for finding in await _of(patient, named)]


async def _of(patient: Patient, named: str) -> Sequence[Finding]:
    known = await asyncio.to_thread(standing, [named])
    states = [await patient.store.sources.state(source.name) for source in known]
    tried = [state for state in states if state and state.tried]
    named = without_secrets(named)
    failing = [state for state in tried if state.failures]
    if not tried:
        return [warn(f"{named} was never asked", "`anbot sync` asks it now; `anbot run` does so by itself.")]
    findings = [_failing(patient, state) for state in failing[:_SHOWN]]
    if len(failing) > _SHOWN:
        findings.append(bad(f"{named}: {len(failing) - _SHOWN} more fail", "`anbot sync` lists each."))
    return findings or [_answering(patient, named, tried)]


def _failing(patient: Patient, state: SourceState) -> Finding:
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    last = f"last answered {span(patient.now - state.succeeded)} ago" if state.succeeded else "never answered"
    what = f"{state.name} failed {times} ({last}): {state.problem}"
    advice = f"The next try is {_when(patient, state)}; `anbot sync` tries now."
    lasting = state.succeeded is None or patient.now - state.succeeded > _TOO_OLD
    return bad(what, advice) if lasting else warn(what, advice)


def _answering(patient: Patient, named: str, tried: Sequence[SourceState]) -> Finding:
    latest = max(tried, key=lambda state: state.tried or state.due)
    count = f", {len(tried)} files" if len(tried) > 1 else ""
    asked = span(patient.now - (latest.tried or patient.now))
    if patient.now - min(state.due for state in tried) > _LATE:
        return warn(
            f"{named}{count}: last asked {asked} ago, which is longer than it should be",
            "Is `anbot run` running, on this database?",
        )
    return ok(f"{named}{count}: answered {asked} ago, asked again {_when(patient, latest)}")


def _when(patient: Patient, state: SourceState) -> str:
    rest = state.due - patient.now
    return f"in {span(rest)}" if rest > timedelta() else "due"
