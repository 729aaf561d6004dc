"""What a process holds, and how busy others keep the machine. Linux alone tells it this way."""

import os
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_IDLE: Final = slice(3, 5)
"""Where /proc/stat counts the time for which nothing, or the disk, was waited for."""
_OWN: Final = slice(11, 15)
"""Where /proc/PID/stat counts the time of a process and of the children it waited for, behind its name."""


class Machine:
    """From now on, and but for this process, those it waited for, and others with their children."""

    def __init__(self, *pids: int) -> None:
        self._pids = pids
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
        ours = sum(os.times()[:4]) + sum(map(_used, self._pids)) / _TICKS
        return sum(counts) / _TICKS, (sum(counts) - sum(counts[_IDLE])) / _TICKS, ours


def _used(pid: int | str) -> int:
    """The ticks that the process and its children used; none if it has ended."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        own = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[_OWN]
    except OSError:
        return 0
    return sum(map(int, own)) + sum(map(_used, children))


def resident(pid: int) -> float:
    """MiB that the process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
