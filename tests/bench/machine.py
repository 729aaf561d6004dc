"""What a process holds, and how busy others keep the machine. Linux alone tells it this way."""

import os
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_IDLE: Final = slice(3, 5)
"""Where /proc/stat counts the time for which nothing, or the disk, was waited for."""
_OWN: Final = slice(11, 13)
"""Where /proc/PID/stat counts the time of a process, behind its name."""


class Machine:
    """From now on, and but for this process, those it waited for, and one more."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._start = self._counted()

    def others(self) -> float:
        """The share of all processors that other programs took."""
        whole, busy, ours = (
            after - before for after, before in zip(self._counted(), self._start, strict=True)
        )
        return max(0.0, busy - ours) / whole

    def _counted(self) -> tuple[float, float, float]:
        """Seconds of all processors: all that passed, busy ones, ours."""
        counts = [int(count) for count in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
        theirs = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        ours = sum(os.times()[:4]) + sum(map(int, theirs[_OWN])) / _TICKS
        return sum(counts) / _TICKS, (sum(counts) - sum(counts[_IDLE])) / _TICKS, ours


def resident(pid: int) -> float:
    """MiB that the process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
