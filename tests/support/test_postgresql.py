"""The tests' own server."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.processes import ROOT

_HOLDING = """
import sys
from tests.support.postgresql import running
with running() as server:
    print(server.address("an").text, flush=True)
    sys.stdin.read()
"""


@pytest.mark.slow
def test_a_killed_test_leaves_no_server_and_no_folder() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDING], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        folder = Path(holder.stdout.readline().strip().partition("host=")[2])
        pid = (folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0]
        holder.kill()
    while folder.exists():  # the test hangs if it stays
        time.sleep(0.05)
    assert not Path("/proc", pid).exists()
