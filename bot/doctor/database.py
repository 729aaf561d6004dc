"""Checks if the database is sound and has newsletters."""

import shutil
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.app.database import LITTLE
from bot.cards.wording import footer
from bot.doctor.patient import Patient
from bot.model.findings import Finding, bad, ok, warn
from bot.text.phrases import counted

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
    size = counted(origin.issues, "issue"), counted(origin.summaries, "summary", "summaries")
    facts = footer(origin, patient.now, *size, f"schema {version}")
    return [ok(f"The database is sound: {facts}")]


def file(path: Path) -> Finding:
    """Which file it is, with its log, and how much room there is."""
    log = path.with_name(f"{path.name}-wal")
    size = path.stat().st_size + (log.stat().st_size if log.exists() else 0)
    mode, free = stat.S_IMODE(path.stat().st_mode), shutil.disk_usage(path.parent).free
    return ok(
        f"{path.absolute()}: {size / 1e6:,.1f} MB, mode {mode:04o}, {free / 1e6:,.0f} MB left on its disk"
    )


def private(path: Path) -> Sequence[Finding]:
    """A finding if others than its owner may read the file."""
    if not stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [
        warn(
            "Others than its owner may read the database, which has the tokens of workspaces",
            f"`chmod 600 {path}` lets nobody but its owner read it.",
        )
    ]


def room(path: Path) -> Sequence[Finding]:
    """A finding if the disk is nearly full."""
    free = shutil.disk_usage(path.parent).free
    if free >= LITTLE:
        return []
    return [
        warn(
            f"The disk of the database has {free / 1e6:.0f} MB left",
            "Free some space before nothing can be saved.",
        )
    ]
