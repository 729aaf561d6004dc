"""`anbot doctor` on the rules of timezones."""

import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor.timezones import findings
from tests.support.checkup import Doctor, lines

LATE = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("package", "system", "health", "words"),
    [
        ("2026c", "", "ok", "version 2026c are in force"),
        ("2026c", "2026c", "ok", "version 2026c are in force"),
        ("2026c", "2025b", "ok", "version 2026c are in force, the package's; the system has 2025b"),
        ("2025b", "2026c", "warn", "version 2026c are in force, the system's; the package tzdata has 2025b"),
        ("2025a", "", "warn", "over a year old"),
        ("2024b", "2025a", "warn", "over a year old"),
    ],
)
def test_the_version_in_force_is_named_and_an_old_package_warned_of(
    package: str, system: str, health: str, words: str
) -> None:
    (finding,) = findings(package, system, LATE)
    assert finding.health == health
    assert words in finding.what
    assert bool(finding.advice) is (health == "warn")


@pytest.mark.usefixtures("filled")
def test_the_rules_of_the_system_are_looked_at(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "tzdata.zi").write_text("# version 2019a\n")
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    (named,) = [line for line in lines(doctor(), "ok") if line.startswith("timezones")]
    assert "the system has 2019a" in named
