"""Checks if the database is sound and has newsletters."""

from collections.abc import Sequence
from typing import Final

from bot.cards.wording import footer
from bot.doctor.finding import Finding, Patient, bad, ok, warn

_SHOWN: Final = 3


async def database(patient: Patient) -> Sequence[Finding]:
    """Findings on its pages, its age and its content."""
    damage = await patient.store.checkup.damage()
    if damage:
        more = f" and {len(damage) - _SHOWN} more" if len(damage) > _SHOWN else ""
        return [
            bad(
                f"The database is damaged: {'; '.join(damage[:_SHOWN])}{more}",
                "Restore a backup of it; or move it away and run `anbot sync`.",
            )
        ]
    origin = await patient.store.library.origin()
    if not origin.summaries:
        return [
            warn(
                "The database has no newsletters; the embedded sample answers",
                "`anbot sync` fetches the archive.",
            )
        ]
    version = await patient.store.checkup.version()
    counts = f"{origin.issues:,} issues", f"{origin.summaries:,} summaries", f"schema {version}"
    return [ok(f"The database is sound: {footer(origin, patient.now, *counts)}")]
