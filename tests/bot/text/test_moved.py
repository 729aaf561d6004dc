"""One thing has one address after it moved, and a paper is known by its post."""

import pytest

from bot.text.moved import also_at
from bot.text.urls import canonical, find_in

SAME = (
    ("https://blog.openai.com/ai-and-compute/", "https://openai.com/index/ai-and-compute/"),
    ("https://openai.com/blog/ai-and-compute", "https://openai.com/research/ai-and-compute"),
    ("https://deepmind.com/blog/article/kettles", "https://deepmind.google/discover/blog/kettles/"),
    ("https://eng.uber.com/go-explore/", "https://www.uber.com/en-GB/blog/go-explore/"),
    ("https://medium.com/@team/kettles-bf4ab06dfd84", "https://team.medium.com/kettles-bf4ab06dfd84"),
    ("https://hf.co/papers/1906.01820", "https://arxiv.org/abs/1906.01820"),
    ("https://doi.org/10.48550/arXiv.1906.01820", "arXiv 1906 01820"),
    ("1906,01820", "1906.01820"),
    (
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Farxiv.org%2Fabs%2F1906.01820&data=x",
        "arxiv.org/abs/1906.01820",
    ),
    (
        "https://www.lesswrong.com/out?url=https%3A%2F%2Farxiv.org%2Fabs%2F1906.01820",
        "arxiv.org/abs/1906.01820",
    ),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_thing_has_one_address_wherever_it_moved(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://openai.com/charter", "https://openai.com/blog/charter"),
        ("https://example.org/blog/kettles", "https://example.org/index/kettles"),
        ("1906,018", "1906.01820"),
    ],
)
def test_what_only_looks_alike_stays_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_a_paper_is_also_at_its_post() -> None:
    assert also_at(canonical("1805.00899") or "") == (canonical("https://blog.openai.com/debate/"),)


def test_a_path_is_also_known_in_small_letters() -> None:
    assert also_at("gwern.net/Scaling-hypothesis") == ("gwern.net/scaling-hypothesis",)
    assert also_at("youtube:AbCdEfGhIjK") == ()


@pytest.mark.parametrize(
    "text",
    [
        "https://arxiv.org/abs/1906.01820,https://arxiv.org/abs/1805.00899",
        "(https://arxiv.org/abs/1906.01820)[x](https://arxiv.org/abs/1805.00899)",
        "https://arxiv.org/abs/1906.01820,which and https://arxiv.org/abs/1805.00899",
    ],
)
def test_addresses_that_are_glued_together_are_two(text: str) -> None:
    assert [mention.address for mention in find_in(text)] == ["arxiv:1906.01820", "arxiv:1805.00899"]
