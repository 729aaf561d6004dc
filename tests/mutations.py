"""Break the code that posts digests, once at a time, and see that a test notices.

`python -m tests.mutations` copies the project, changes one line of planner, outbox,
dispatcher or a poster in the copy, and runs the test that has to fail. The exit code
is 1 if one passes.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "*.png")
_FAILED = 1
"""pytest's exit code if tests ran and some failed."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """In `file`, `before` becomes `after`; `test` has to fail then."""

    file: str
    before: str
    after: str
    test: str

    def __str__(self) -> str:
        return f"{self.file}: {' '.join(self.before.split())} -> {' '.join(self.after.split()) or 'nothing'}"


_RUNNER, _CLOCKS = "tests/bot/digests/test_runner.py", "tests/bot/digests/test_clocks.py"
_OUTBOX = "tests/store/contract/test_outbox.py"
_DISCORD, _SLACK = "tests/adapters/discord/digests", "tests/adapters/slack/digests"
MUTATIONS = (
    Mutation(
        "adapters/discord/digest_message.py",
        'message["allowed_mentions"] = {"parse": []}',
        'message["allowed_mentions"] = {}',
        f"{_DISCORD}/test_posting.py::test_no_request_lets_discord_look_for_mentions",
    ),
    Mutation(
        "adapters/discord/poster.py",
        '"enforce_nonce": True',
        '"enforce_nonce": False',
        f"{_DISCORD}/test_posting.py::test_a_new_issue_is_posted_once_under_a_nonce_of_its_own",
    ),
    Mutation(
        "adapters/discord/poster.py",
        "_SKEW: Final = timedelta(hours=26)",
        "_SKEW: Final = timedelta(minutes=5)",
        f"{_DISCORD}/test_settling.py::test_it_is_found_behind_many_messages_though_our_clock_was_a_day_ahead",
    ),
    Mutation(
        "adapters/discord/rest.py",
        "if len(page) < _PAGE or oldest <= first:",
        "if page:",
        f"{_DISCORD}/test_settling.py::test_it_is_found_among_many_messages_of_others",
    ),
    Mutation(
        "adapters/slack/poster.py",
        "return Posted(message=search.message) if search.message else None",
        "return None",
        f"{_SLACK}/test_settling.py::test_what_was_posted_is_found_by_its_name_and_nothing_else",
    ),
    Mutation(
        "adapters/slack/poster.py",
        "_SKEW: Final = timedelta(hours=26)",
        "_SKEW: Final = timedelta(minutes=5)",
        f"{_SLACK}/test_settling.py::test_however_wrong_our_clock_is_what_was_posted_is_found",
    ),
    Mutation(
        "adapters/slack/digest_message.py",
        '"event_payload": {"delivery": delivery}',
        '"event_payload": {}',
        f"{_SLACK}/test_settling.py::test_what_was_posted_is_found_by_its_name_and_nothing_else",
    ),
    Mutation(
        "bot/digests/planner.py",
        "after = replace(after, seen=max(newest, subscription.seen))",
        "",
        "tests/bot/digests/test_news.py::test_a_new_subscription_posts_nothing_old_and_then_each_issue_once",
    ),
    Mutation(
        "bot/digests/planner.py",
        "return min(due, next_slot(slot, coming)) if early else coming",
        "return due",
        f"{_CLOCKS}::test_a_time_that_a_fast_clock_computed_is_computed_anew",
    ),
    Mutation(
        "bot/digests/dispatcher.py",
        "await self._wait(delivery, fence, state, problem, max(SETTLING, _backing_off(delivery)))",
        "await self._wait(delivery, fence, DeliveryState.PENDING, problem, max(SETTLING, _backing_off(delivery)))",
        f"{_RUNNER}::test_at_whatever_part_of_ten_it_fails_all_are_there_once_in_order",
    ),
    Mutation(
        "bot/digests/dispatcher.py",
        "if delivery.fence != fence and left > 0 and delivery.problem != _FOREIGN:",
        "if delivery.fence != fence and left > 0:",
        f"{_CLOCKS}::test_what_was_being_sent_by_a_fast_clock_is_settled_and_posted_once",
    ),
    Mutation(
        "store/outbox.py",
        "AND fence = ? AND until > {now})",
        "AND (fence = ? OR true) AND until > {now})",
        f"{_OUTBOX}::test_nothing_is_begun_with_an_outdated_fence_or_after_the_lease",
    ),
    Mutation(
        "store/sharing.py",
        "return self.now < until <= self.until + _TOLERANCE",
        "return self.now < until",
        f"{_CLOCKS}::test_a_lease_from_the_future_is_not_believed",
    ),
    Mutation(
        "store/outbox.py",
        "if after.id in written",
        "if written is not None",
        f"{_OUTBOX}::test_a_plan_is_whole_or_not_at_all",
    ),
)


def is_caught(mutation: Mutation, copy: Path) -> bool:
    """Whether the test fails on the mutation."""
    file = copy / mutation.file
    text = file.read_text(encoding="utf-8")
    if text.count(mutation.before) != 1:
        raise click.ClickException(f"{mutation.file} has not once: {mutation.before}")
    file.write_text(text.replace(mutation.before, mutation.after), encoding="utf-8")
    try:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-m",
            "",
            "-p",
            "no:cacheprovider",
            mutation.test,
        ]
        return subprocess.run(command, cwd=copy, capture_output=True, check=False).returncode == _FAILED
    finally:
        file.write_text(text, encoding="utf-8")


@click.command()
def main() -> None:
    """Apply each mutation, and name those that no test notices."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
        for mutation in MUTATIONS:
            caught = is_caught(mutation, copy)
            missed += not caught
            click.echo(f"{'caught' if caught else 'MISSED'}  {mutation}")
    click.echo(f"{len(MUTATIONS) - missed} of {len(MUTATIONS)} are caught")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
