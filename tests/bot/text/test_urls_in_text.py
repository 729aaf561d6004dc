"""An address is found where it stands in a text, without what stands around it."""

import pytest

from bot.linking.detect import concerns
from bot.text.url_hosts import ARXIV_HOSTS, FORUMS
from bot.text.urls import canonical, find_in


def test_finds_addresses_where_they_stand() -> None:
    text = "See (https://a.example/b(c)), arXiv:1906.01820. Also www.b.example/x! And arxiv.org/abs/1802.07740, ok?"
    mentions = [(mention.address, text[mention.start : mention.end]) for mention in find_in(text)]
    assert mentions == [
        ("a.example/b(c)", "https://a.example/b(c)"),
        ("arxiv:1906.01820", "arXiv:1906.01820"),
        ("b.example/x", "www.b.example/x"),
        ("arxiv:1802.07740", "arxiv.org/abs/1802.07740"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "({})",
            "[{}]",
            "**{}**",
            "__{}__",
            "*{}*",
            "_{}_",
            "~~{}~~",
            "||{}||",
            "'{}'",
            "“{}”",
            "«{}»",
            "「{}」",
        ),
        *(
            "{}.",
            "{}, ok",
            "{}…",
            "{}—so",
            "{}🔥",
            "{}，",
            "{}|x",
            "[it]({})",
            '[it]({} "title")',
            "[{}]({})",
        ),
    ],
)
@pytest.mark.parametrize("address", ["https://arxiv.org/abs/1906.01820", "https://a.example/b_(c)?d=e"])
def test_the_text_around_an_address_is_no_part_of_it(written: str, address: str) -> None:
    mentions = {mention.address for mention in find_in(f"see {written.format(address, address)} ok")}
    assert mentions == {canonical(address)}


@pytest.mark.parametrize(
    "written", ["arXiv 1906.01820", "arxiv: 1906.01820v2 [cs.AI]", "DOI 10.48550/arXiv.1906.01820"]
)
def test_a_paper_is_named_without_an_address(written: str) -> None:
    assert [mention.address for mention in find_in(f"see {written} ok")] == ["arxiv:1906.01820"]
    assert concerns(written)


@pytest.mark.parametrize("host", sorted({*ARXIV_HOSTS, *FORUMS}))
def test_a_known_site_needs_no_scheme_to_be_seen(host: str) -> None:
    assert list(find_in(f"see {host}/posts/abcdef123"))
    assert concerns(f"see {host}/posts/abcdef123")


def test_numbers_and_words_with_dots_are_no_addresses_in_a_text() -> None:
    assert list(find_in("It costs 1906.01820, e.g. in node.js or so.Then")) == []
