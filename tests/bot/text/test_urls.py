"""All addresses of one thing are one address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.urls import canonical, find_in, same_place

ALIKE = {
    "arxiv:1906.01820": (
        "1906.01820",
        "1906.01820v3",
        "[1906.01820]",
        "arXiv:1906.01820",
        "ARXIV 1906.01820",
        "arxiv: 1906.01820v2",
        "https://arxiv.org/abs/1906.01820",
        "http://www.arxiv.org/abs/1906.01820v2",
        "arxiv.org/pdf/1906.01820",
        "https://arxiv.org/pdf/1906.01820v1.pdf",
        "https://arxiv.org/html/1906.01820v3",
        "https://export.arxiv.org/abs/1906.01820?context=cs#top",
        "https://ar5iv.org/abs/1906.01820",
        "https://ar5iv.labs.arxiv.org/html/1906.01820",
        "https://www.alphaxiv.org/abs/1906.01820v3",
        "https://www.arxiv-vanity.com/papers/1906.01820/",
        "https://huggingface.co/papers/1906.01820",
        "https://scirate.com/arxiv/1906.01820",
        "https://doi.org/10.48550/arXiv.1906.01820",
        "https://web.archive.org/web/20200101000000/https://arxiv.org/abs/1906.01820",
        "https://www.google.com/url?q=https://arxiv.org/abs/1906.01820&sa=D",
        "https://12ft.example/https://arxiv.org/abs/1906.01820",
        "https://papers.example/arxiv/1906.01820",
        "https://papers.example/paper/arxiv:1906.01820v2",
        "<https://arxiv.org/abs/1906.01820>",
    ),
    "arxiv:math/0309136": (
        "https://arxiv.org/abs/math.GT/0309136",
        "https://arxiv.org/pdf/math/0309136v1",
        "arXiv:math.GT/0309136",
    ),
    "arxiv:cs/0605035": ("https://arxiv.org/abs/cs/0605035", "arXiv:cs/0605035v1"),
    "post:ZDZmopKquzHYPRNxq": (
        "https://www.lesswrong.com/posts/ZDZmopKquzHYPRNxq/selection-vs-control",
        "https://www.alignmentforum.org/posts/ZDZmopKquzHYPRNxq",
        "alignmentforum.org/posts/ZDZmopKquzHYPRNxq/",
        "https://www.greaterwrong.com/posts/ZDZmopKquzHYPRNxq/selection-vs-control#comments",
        "https://www.lesserwrong.com/posts/ZDZmopKquzHYPRNxq/x?utm_source=y",
        "https://www.alignmentforum.org/s/HeT39bJYtHjsJZtDT/p/ZDZmopKquzHYPRNxq",
        "https://alignment-forum.greaterwrong.com/posts/ZDZmopKquzHYPRNxq",
    ),
    "sequence:r9tYkB2a8Fp4DN8yB": (
        "https://www.alignmentforum.org/s/r9tYkB2a8Fp4DN8yB",
        "https://www.lesswrong.com/s/r9tYkB2a8Fp4DN8yB/",
    ),
    "ea-post:XvWWfq9iqFj8x7Eu8": (
        "https://forum.effectivealtruism.org/posts/XvWWfq9iqFj8x7Eu8/list",
        "https://ea.greaterwrong.com/posts/XvWWfq9iqFj8x7Eu8/list",
    ),
    "openreview:r1lyTjAqYX": (
        "https://openreview.net/forum?id=r1lyTjAqYX",
        "https://openreview.net/pdf?id=r1lyTjAqYX&noteId=x",
    ),
    "doi:10.1007/s00146-018-0845-5": (
        "doi:10.1007/s00146-018-0845-5",
        "https://doi.org/10.1007/S00146-018-0845-5",
        "http://dx.doi.org/10.1007/s00146-018-0845-5",
        "https://link.springer.com/article/10.1007%2Fs00146-018-0845-5",
        "doi 10.1007/s00146-018-0845-5",
        "https://link.springer.com/content/pdf/10.1007/s00146-018-0845-5.pdf",
        "https://link.springer.com/epdf/10.1007/s00146-018-0845-5?author_access_token=x",
    ),
    "doi:10.1038/s42256-018-0003-2": (
        "https://www.nature.com/articles/s42256-018-0003-2",
        "https://www.nature.com/articles/s42256-018-0003-2.epdf?sharing_token=x",
        "https://doi.org/10.1038/s42256-018-0003-2",
    ),
    "neurips:5187": (
        "https://papers.nips.cc/paper/5187-policy-shaping",
        "http://papers.nips.cc/paper/5187-policy-shaping.pdf",
        "https://proceedings.neurips.cc/paper/5187-policy-shaping",
    ),
    "neurips:2bba9f4124283edd644799e0cecd45ca": (
        "https://papers.nips.cc/paper/2020/file/2bba9f4124283edd644799e0cecd45ca-Paper.pdf",
        "https://proceedings.neurips.cc/paper_files/paper/2020/hash/2bba9f4124283edd644799e0cecd45ca-Abstract.html",
    ),
    "mlr:v80/kumar18a": (
        "http://proceedings.mlr.press/v80/kumar18a/kumar18a.pdf",
        "https://proceedings.mlr.press/v80/kumar18a.html",
    ),
    "youtube:bJLcIBixGj8": (
        "https://www.youtube.com/watch?v=bJLcIBixGj8&t=5",
        "https://youtu.be/bJLcIBixGj8",
        "https://m.youtube.com/embed/bJLcIBixGj8",
    ),
    "docs.google.com/document/d/1PB58Fx3": (
        "https://docs.google.com/document/d/1PB58Fx3/edit?usp=sharing",
        "docs.google.com/document/d/1PB58Fx3",
    ),
    "example.org/a?b=1&c=2": (
        "https://Example.org/a/?c=2&b=1",
        "http://www.example.org/a?b=1&c=2&utm_source=mail&fbclid=x#part",
        "example.org/a?b=1&c=2",
    ),
    "example.org": ("https://example.org/index.html", "example.org/", "EXAMPLE.ORG"),
}
APART = (
    ("https://arxiv.org/abs/1906.01820", "https://arxiv.org/abs/1906.01821"),
    ("https://agentfoundations.org/item?id=1", "https://agentfoundations.org/item?id=2"),
    (
        "https://www.lesswrong.com/posts/XvWWfq9iqFj8x7Eu8/a",
        "https://forum.effectivealtruism.org/posts/XvWWfq9iqFj8x7Eu8/a",
    ),
    ("https://example.org/a", "https://example.org/A"),
)
NO_ADDRESSES = (
    "",
    "mesa optimization",
    "GPT-3",
    "1934.5",
    "2013.01234",
    "AN #58",
    "http://",
    "https://[",
    "a" * 3000,
)


@pytest.mark.parametrize(
    ("address", "spelling"), [(a, s) for a, spellings in ALIKE.items() for s in spellings]
)
def test_one_thing_has_one_address(address: str, spelling: str) -> None:
    assert canonical(spelling) == address
    assert same_place(spelling) == address


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_things_have_two(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_is_recognised(text: str) -> None:
    assert canonical(text) is None


@given(text=st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    canonical(text)
    canonical(f"https://{text}")
    for mention in find_in(f"{text} https://{text}"):
        assert 0 <= mention.start < mention.end


@given(text=st.from_regex(r"https?://[a-z]{1,8}\.(org|com)/[a-zA-Z0-9/._?=&-]{0,30}", fullmatch=True))
def test_a_canonical_address_is_its_own(text: str) -> None:
    address = canonical(text)
    assert address is not None
    if ":" not in address:
        assert canonical(address) == address


NEW = st.from_regex(r"[0-2][0-9](0[1-9]|1[0-2])\.[0-9]{4,5}", fullmatch=True)
OLD = st.from_regex(r"(cs|math|hep-th|quant-ph)/[0-9]{2}(0[1-9]|1[0-2])[0-9]{3}", fullmatch=True)
PAPERS = st.sampled_from(
    [
        *(
            "arxiv.org/abs/{}",
            "arxiv.org/pdf/{}",
            "arxiv.org/pdf/{}.pdf",
            "arxiv.org/html/{}",
            "export.arxiv.org/abs/{}",
        ),
        *(
            "www.alphaxiv.org/abs/{}",
            "ar5iv.labs.arxiv.org/html/{}",
            "huggingface.co/papers/{}",
            "scirate.com/arxiv/{}",
        ),
    ]
)
POSTS = st.sampled_from(
    [
        *(
            "www.lesswrong.com/posts/{}/title",
            "www.alignmentforum.org/posts/{}",
            "www.greaterwrong.com/posts/{}/title",
        ),
        *("www.lesswrong.com/s/abcdefghi/p/{}", "lw2.issarice.com/posts/{}/title"),
    ]
)
SCHEMES = st.sampled_from(["https://", "http://", "HTTPS://", "https://web.archive.org/web/2020/https://"])
ENDS = st.sampled_from(["", "/", "#top", "?utm_source=x", "?fbclid=y#z"])


@given(number=NEW | OLD, form=PAPERS, scheme=SCHEMES, end=ENDS, version=st.sampled_from(["", "v1", "v12"]))
def test_a_paper_is_known_however_it_is_linked(
    number: str, form: str, scheme: str, end: str, version: str
) -> None:
    assert canonical(f"{scheme}{form.format(number + version)}{end}") == f"arxiv:{number}"


@given(post=st.from_regex(r"[A-Za-z0-9]{17}", fullmatch=True), form=POSTS, scheme=SCHEMES, end=ENDS)
def test_a_post_is_known_wherever_it_is_read(post: str, form: str, scheme: str, end: str) -> None:
    assert canonical(f"{scheme}{form.format(post)}{end}") == f"post:{post}"
