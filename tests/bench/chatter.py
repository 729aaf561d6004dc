"""What people write in a chat that refers to no summary: words, code, prices, dates, other links."""

import random
from collections.abc import Callable, Iterator
from typing import Final

_WORDS: Final = (  # noqa: SIM905 - words are read more easily so
    "the a of to and in that it for on with as was at by an be this from or have but not they which one you all "
    "were when we there can said if do will each about how up out them then many some so these would other into "
    "has more two like him see time could no make than first been its who now people my made over did down only "
    "way find use may water long little very after words called just where most know get through back much "
    "before go good new write our used me man too any day same right look think also around another came come "
    "work three word must because does part even place well such here take why things help put years different "
    "away again off went old number great tell men say small every found still name should home big give air "
    "line set own under read last never us left end along while might next sound below saw something thought "
    "both few those always show large often together asked house world going want school important until form "
    "food keep children feet land side without boy once animals life enough took four head above kind began "
    "almost live page got earth need far hand high year mother light parts country father let night picture "
    "lunch meeting coffee deploy branch server ticket review release budget train weekend holiday rain garden"
).split()
_FIELD: Final = (  # noqa: SIM905 - as above
    "alignment safety reward agent model learning policy optimization training debate amplification robustness "
    "interpretability inner outer mesa value human oversight scaling impact arxiv newsletter paper "
    "AI ML RL AGI LessWrong deception forecasting governance generalization adversarial"
).split()
_TEAMS: Final = ("PROJ", "OPS", "PLAN", "CAN", "ABAN", "LAN", "WAN", "MAN", "JIRA", "ANT")
_REPOS: Final = ("torvalds/linux", "python/cpython", "rust-lang/rust", "acme/website", "golang/go")
_SITES: Final = (
    "https://www.bbc.co.uk/news/technology-{n}",
    "https://en.wikipedia.org/wiki/{word}",
    "https://github.com/{repo}/issues/{n}",
    "https://github.com/{repo}/pull/{n}#issuecomment-{big}",
    "https://stackoverflow.com/questions/{big}/{word}-{word}",
    "http://example.com/{word}?id={n}&utm_source=mail",
    "https://twitter.com/{word}/status/{big}",
    "https://www.youtube.com/watch?v={word}{n}xyzzy",
    "https://docs.google.com/document/d/1{word}{big}/edit",
    "https://arxiv.org/list/cs.AI/recent",
    "https://arxiv.org/abs/9912.{five}",
    "https://www.lesswrong.com/posts/{word}{big}/{word}-{word}",
    "https://www.alignmentforum.org/",
    "https://www.lesswrong.com/tag/{word}",
    "https://openreview.net/group?id={word}.cc/{n}",
    "www.{word}-{word}.com",
    "https://doi.org/10.1000/{word}.{n}",
    "<https://arxiv.org/abs/1906.01820>",
    "`https://arxiv.org/abs/1906.01820`",
)
_CODE: Final = (
    "`x[[{n}]]`",
    "```py\nm = [[1, 2], [3, {n}]]\nprint(m[0][1])\n```",
    "if [[ -f {word}.txt ]]; then echo {word}; fi",
    "[[ $x == {n} && $y ]] || exit {n}",
    "[[nodiscard]] int {word}();",
    "[[maybe_unused]] auto {word} = {n};",
    "case {n}: [[fallthrough]];",
    "np.array([[1, 2], [3, 4]])[{n}]",
    "[[1, 2, 3], [4, 5, {n}]]",
    "local s = [[{word} {word}]]",
    "x = a[b[{n}]]",
    "df[['{word}', '{word}']].head({n})",
    "SELECT an FROM {word} WHERE id = {n};",
    "git rebase -i HEAD~{n} && git push -f origin {word}/{n}",
    "Traceback: IndexError at line {n} of {word}.py",
    "{word}.{word}({n}) -> {word}[{n}][0]",
    "v{n}.{n}.{n}-rc{n}",
    "import {word} as an  # {n}",
    "> {word} said AN #58 and [[risks from learned optimization]]",
    "`AN #58`",
    "```\nAN #58 [[risks from learned optimization]]\n```",
)
_BRACKETS: Final = (
    "[[{word}]]",
    "[[TODO]]",
    "[[citation needed]]",
    "[[File:{word}.png]]",
    "[[Category:{word}]]",
    "[[{word} {word}]]",
    "[[{date}]]",
    "[[meeting notes]]",
    "[[User:{word}|{word}]]",
    "[[{field}]]",
    "[[link]]",
    "[[#{n}]]",
    "[[{n}]]",
    "[[shopping list]]",
    "[[reading list]]",
    "[[book review]]",
    "[[action items]]",
    "[[open questions]]",
    "[[toy problem]]",
    "[[job board|{word}]]",
    "[[computer vision]]",
    "[[natural language processing]]",
    "[[{field} {field}]]",
    "[[{field} {field}|{word}]]",
    "[[{field} {word} {field}]]",
    "[[https://example.com/{word}][{word}]]",
    "[{word}]({word}.md)",
)
_ISSUES: Final = (
    "#{n} is fixed",
    "see #{n}",
    "fixes #{n}, closes #{n}",
    "{repo}#{n}",
    "{team}-{n}",
    "{team} #{n} is done",
    "{team} {n}",
    "issue #{n} of {word}",
    "an #{n} for you",
    "PR #{n} on {word}",
    "GH-{n}",
)
_AN: Final = (
    "an {n} year old",
    "an {n}-year-old",
    "AN {n}-YEAR-OLD",
    "AN {n} YEAR OLD MAN",
    "an {n}% raise",
    "AN {n}% DROP",
    "AN AMAZING {n} POINTS",
    "an hour and {n} minutes",
    "an issue with {word}",
    "it was AN issue, not THE issue",
    "an{n}",
    "AN-{n}",
    "an {n}.{n} release",
    "WHAT AN {word}",
    "an 1{n}th century {word}",
    "AN {n}TH TRY",
    "AN {n}+ {word}",
    "THAT IS AN 80!",
    "SUCH AN 8 {word}",
)
_FACTS: Final = (
    "${n}.{n} or €{n}",
    "{n},000 dollars",
    "on {date} at 1{n}:30",
    "{date}",
    "version {n}.{n}.{n}",
    "python 3.{n}",
    "ISBN 978-0-{five}-{n}-1",
    "1906.0182{n} EUR",
    "call +44 20 {five} {n}",
    "{n} km, {n}°C",
    "10.1.{n}.{n}:8080",
    "{big}",
    "🎉🎉 {word}!!!",
    "**{word}** _{word}_ ~~{word}~~",
    "# {word}\n- {word}\n- {word} {n}",
    "@{word} :tada: <@U{big}>",
    "{word}@{word}.org",
    "||{word} {word}||",
)
_NEAR: Final = (_CODE, _BRACKETS, _ISSUES, _AN, _FACTS, _SITES)


def chatter(count: int, seed: int) -> Iterator[str]:
    """So many messages that mention no summary; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count):
        kinds: tuple[Callable[[random.Random], str], ...] = (_prose, _laced, _laced, _bare)
        yield rng.choice(kinds)(rng)


def filled(template: str, rng: random.Random) -> str:
    """The template with its fields filled by chance."""
    while "{" in template and (filled_in := _filled_once(template, rng)) != template:
        template = filled_in
    return template


def prose(rng: random.Random, *, most: int = 25) -> str:
    """Some everyday words."""
    return " ".join(rng.choices(_WORDS, k=rng.randint(1, most)))


def _filled_once(template: str, rng: random.Random) -> str:
    fields: dict[str, Callable[[], str]] = {
        "word": lambda: rng.choice(_WORDS),
        "field": lambda: rng.choice(_FIELD),
        "team": lambda: rng.choice(_TEAMS),
        "repo": lambda: rng.choice(_REPOS),
        "n": lambda: str(rng.randint(1, 199)),
        "five": lambda: f"{rng.randint(0, 99_999):05d}",
        "big": lambda: str(rng.randint(10**8, 10**10)),
        "date": lambda: f"20{rng.randint(10, 30)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
    }
    for name, value in fields.items():
        template = template.replace(f"{{{name}}}", value(), 1)
    return template


def _prose(rng: random.Random) -> str:
    words = rng.choices(_WORDS + _FIELD, k=rng.randint(1, 40))
    text = " ".join(words)
    return text.upper() if rng.random() < 0.1 else text + rng.choice(("", ".", "?", "!"))


def _laced(rng: random.Random) -> str:
    """Words around one of the things that look like a reference and are none."""
    return f"{prose(rng)} {_bare(rng)} {prose(rng)}".replace(" > ", "\n> ").replace(" ```", "\n```")


def _bare(rng: random.Random) -> str:
    return filled(rng.choice(rng.choice(_NEAR)), rng)
