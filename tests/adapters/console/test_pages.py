"""What each card says, in plain text and at a terminal."""

import re
from dataclasses import replace

from adapters.console import plain as plain_card
from adapters.console.page import commands_of
from bot.cards.presenter import sample_notice
from bot.lookup import commands
from bot.lookup.answers import (
    Lead,
    Misunderstood,
    SummaryFound,
    TopicPage,
)
from tests.adapters.console.showing import (
    ANSWER,
    CONTROL,
    ISSUE,
    LEARNED,
    LINK,
    MESA,
    NOTICE,
    SGR,
    bare,
    card,
    drawn,
    plain,
)
from tests.support.fakes import summary


def test_a_card_shows_everything_known_of_a_summary() -> None:
    text = plain(ANSWER)
    for fact in (
        "★ Risks from Learned Optimization\nhttps://a.example/1906.01820\n",
        "Evan Hubinger, Chris van Merwijk, Joar Skalse · arXiv 2019\n",
        "AN #58 · Technical AI alignment › Mesa optimization · summarized by Rohin · H/T A friend\n",
        "A mesa optimizer is found <https://b.example/found>.",
        "- one\n- two",
        "ROHIN’S OPINION\n\nQuite important.",
        "FLO’S OPINION\n\nIndeed.",
        "Prerequisites: Optimization <https://c.example/>",
        "Read more: Forum <https://d.example/>",
        "CITES\n- Selection vs Control · Abram Demski · AN #58\n  /open 58-selection-vs-control",
        "CITED BY\n- Inner Alignment · AN #81\n  /open 81-inner-alignment",
        "OTHER MATCHES\n- Conditions · Recon #4\n  /open recon-4-conditions",
        "- AN #58 — What it is: /an 58",
    ):
        assert fact in text


def test_an_entry_without_a_summary_says_so() -> None:
    text = plain(SummaryFound(summary=CONTROL, issue_title="", issue_url=""))
    assert "by its title alone" in text


def test_a_list_of_a_thousand_authors_does_not_fill_the_screen() -> None:
    crowd = summary("Crowd", authors=", ".join(f"Author {n}" for n in range(1000)))
    text = plain(SummaryFound(summary=crowd, issue_title="", issue_url=""))
    assert "Author 0 et al." in text
    assert len(text) < 500


def test_an_issue_shows_highlights_then_sections_then_neighbours() -> None:
    text = plain(ISSUE)
    shown = [
        "AN #58 — What it is",
        "24 June 2019 · 2 entries · Listen <https://a.example/58.mp3>",
        "HIGHLIGHTS",
        "It may optimize.",
        "AGENT FOUNDATIONS",
    ]
    places = [text.index(part) for part in [*shown, "Selection vs Control", "◂ AN #57: /an 57"]]
    assert places == sorted(places)
    assert "▸" not in text
    assert "HIGHLIGHTS\n- ★" in text


def test_highlights_with_a_lead_have_blank_lines_between() -> None:
    leads = tuple(Lead(headline=s.headline, text="It may optimize.") for s in (LEARNED, CONTROL))
    answer = replace(ISSUE, highlights=leads)
    assert f"\n  /open {LEARNED.key}\n\n- Selection vs Control" in plain(answer)
    shown = bare(drawn(answer))
    assert re.search(rf"/open {LEARNED.key} *\n *\n• Selection", shown)
    assert shown.count("• ") == len(commands_of(card(answer)))


def test_titles_and_links_can_be_clicked_at_a_terminal() -> None:
    targets = LINK.findall(drawn(ANSWER))
    assert {"https://a.example/1906.01820", "https://b.example/found", "https://d.example/"} <= set(targets)


def test_without_colour_only_weight_is_left() -> None:
    codes = {code for sgr in SGR.findall(drawn(ANSWER, colour=False)) for code in sgr[2:-1].split(";")}
    assert not {code for code in codes if code.startswith(("3", "4", "9")) and len(code) > 1}


def test_numbers_stand_for_the_commands_in_their_order() -> None:
    assert commands_of(card(ISSUE)) == (f"/open {LEARNED.key}", f"/open {CONTROL.key}", "/an 57")
    text = bare(drawn(ISSUE, numbers=True))
    assert re.search(r"1 ★ Risks.*2 Selection.*3 ◂ AN #57", text, re.DOTALL)
    assert "/open" not in text


def test_a_topic_leads_to_its_next_and_previous_page() -> None:
    first = "/topic Technical AI alignment Mesa optimization"
    topic = TopicPage(path=MESA.path, headlines=(LEARNED.headline,), page=2, pages=3, total=31)
    assert commands_of(card(topic))[-2:] == (first, f"{first} page:3")
    assert plain(topic).endswith("Page 2 of 3 · from the embedded sample\n")
    assert commands_of(card(replace(topic, page=3)))[-1] == f"{first} page:2"


def test_the_sample_says_how_to_get_the_archive_in_one_line_that_can_be_copied() -> None:
    text = plain_card.write(replace(card(ISSUE), notice=sample_notice(NOTICE)), 60)
    assert "This is a sample: 5 issues, 55 summaries" in text
    assert f"    {NOTICE.fetch}\n" in text


def test_what_looks_like_a_tag_is_shown() -> None:
    """The newsletter writes <GRAPHS HERE> and <A, E, W> as text."""
    odd = summary("Odd", text="See <GRAPHS HERE> and <A, E, W>.\n\n    - four\n    - blanks in")
    answer = SummaryFound(summary=odd, issue_title="", issue_url="")
    for text in (plain(answer), bare(drawn(answer))):
        assert "See <GRAPHS HERE> and <A, E, W>." in text
    assert "- four\n- blanks in" in plain(answer)
    assert "• blanks in" in bare(drawn(answer))


def test_each_line_of_a_quotation_is_marked() -> None:
    quoting = summary("Quoting", text="It says:\n\n> " + "many words " * 20)
    answer = SummaryFound(summary=quoting, issue_title="", issue_url="")
    assert plain(answer, 60).count("\n> many") == bare(drawn(answer, 60)).count("\n▌ many") == 4


def test_code_keeps_its_lines() -> None:
    code = summary("Code", text="```\nif x:\n    y = " + "z" * 60 + "\n```")
    answer = SummaryFound(summary=code, issue_title="", issue_url="")
    assert f"    if x:\n        y = {'z' * 60}\n" in plain(answer, 40)
    assert re.search(rf"  if x: *\n      y = {'z' * 60}\n", bare(drawn(answer, 40)))


def test_a_long_title_is_shown_once_and_whole() -> None:
    title = "A title " * 60
    text = plain(SummaryFound(summary=summary(title), issue_title="", issue_url=""))
    assert text.casefold().count(title.strip().casefold()) == 1


def test_below_a_mistake_the_other_commands_are_listed_in_short() -> None:
    several = plain(Misunderstood(problem="No.", commands=commands.COMMANDS))
    assert "/paper — The summary" in several
    assert "by:NAME" not in several
    assert "by:NAME" in plain(Misunderstood(problem="No.", commands=(commands.PAPER,)))
