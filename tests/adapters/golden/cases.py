"""The answers that every platform shows: what is typed, and on a chat platform what is pressed then."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`presses` are the beginnings of buttons' labels; at a console `typed` asks for the same, if anything does."""

    asked: str
    presses: tuple[str, ...] = ()
    typed: str = ""

    @property
    def at_console(self) -> str:
        return self.typed or ("" if self.presses else self.asked)


_LONG = "/paper A long read that goes on"

CASES: dict[str, Case] = {
    "issue": Case(asked="/an 58"),
    "issue-with-audio": Case(asked="/an 200"),
    "issue-latest": Case(asked="/an latest"),
    "issue-later-page": Case(asked="/an 201", presses=("Next",)),
    "issue-unknown": Case(asked="/an 5000"),
    "summary": Case(asked="/paper mesa"),
    "summary-of-a-title-alone": Case(asked="/paper a title alone"),
    "summary-long": Case(asked=_LONG),
    "summary-later-page": Case(asked=_LONG, presses=("Next",)),
    "summary-opinions": Case(asked=_LONG, presses=("Opinion",)),
    "summary-back-from-opinions": Case(asked=_LONG, presses=("Opinion", "Summary")),
    "summary-cites": Case(asked=_LONG, presses=("Cites",)),
    "summary-cited-by": Case(asked="/paper mesa", presses=("Cited by",)),
    "summary-other-matches": Case(asked="/paper learning", presses=("Other matches",)),
    "choices": Case(asked="/paper adversarial training for labels"),
    "choices-of-filters": Case(asked="/paper year:2019"),
    "choices-of-filters-later-page": Case(
        asked="/paper year:2019", presses=("Next",), typed="/paper year:2019 page:2"
    ),
    "miss": Case(asked="/paper pizza"),
    "miss-of-a-filter": Case(asked="/paper mesa in:cooking"),
    "miss-of-an-unreadable-filter": Case(asked="/paper mesa year:20x9"),
    "page-past-the-end": Case(asked="/paper an:58 page:99"),
    "topics": Case(asked="/topic"),
    "topic": Case(asked="/topic mesa optimization"),
    "topic-later-page": Case(
        asked="/topic reading list", presses=("Next",), typed="/topic reading list page:2"
    ),
    "topic-choices": Case(asked="/topic learning"),
    "topic-unknown": Case(asked="/topic cooking"),
    "help": Case(asked="/help"),
    "help-an": Case(asked="/help an"),
    "help-paper": Case(asked="/help paper"),
    "help-topic": Case(asked="/help topic"),
    "help-digest": Case(asked="/help digest"),
    "nonsense": Case(asked="/an nonsense words"),
}
