"""One spelling for all addresses of the same thing.

A paper on arXiv has an abstract, a PDF, versions and mirrors; a post on
LessWrong is also on the Alignment Forum and GreaterWrong; links carry trackers.
A canonical address is for comparing, not for opening: it names the thing if the
host is known ("arxiv:1906.01820", "post:ZDZmopKquzHYPRNxq",
"openreview:r1lyTjAqYX", "doi:10.1000/182"), else it is host, path and query
without what makes no difference.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from bot.text.moved import settled
from bot.text.url_hosts import ARXIV_HOSTS, ARXIV_ID, FORUMS, arxiv_name, doi_name, name_at

_LONGEST: Final = 2048
_ARXIV_BARE: Final = re.compile(rf"\[?(?:arxiv\s*:?\s*)?{ARXIV_ID}\]?", re.IGNORECASE)
_ARXIV_LOOSE: Final = re.compile(
    r"arxiv\s*:?\s*(\d{2}(?:0[1-9]|1[0-2]))[ ,](\d{4,5})|(\d{2}(?:0[1-9]|1[0-2])),(\d{5})", re.IGNORECASE
)
"""A number whose full stop is a blank or, on some keyboards, a comma."""
_ARXIV_NAMED: Final = rf"\barxiv(?:\s*:\s*|\s+){ARXIV_ID}(?![\w.]*\w)".replace("?P<number>", "?:")
_DOI_BARE: Final = re.compile(r"doi:?\s*10\.\d{4,9}/\S+", re.IGNORECASE)
_ARCHIVED: Final = re.compile(
    r"/(?:web/\d{4,14}(?:[a-z]{2}_)?/(?P<copied>.+)|(?P<proxied>https?:/.+))", re.IGNORECASE
)
_REDIRECTS: Final = {
    "google.com": ("q", "url"),
    "slack-redir.net": ("url",),
    "l.facebook.com": ("u",),
    "out.reddit.com": ("url",),
    "lesswrong.com": ("url",),
}
_SAFE_LINKS: Final = ".safelinks.protection.outlook.com"
_NOISE: Final = re.compile(
    r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|_ga|_gl|gh_src|ref|ref_src|source|cn-reloaded|sfvrsn"
    r"|(?:author_access|sharing)_token|usp",
    re.IGNORECASE,
)
_HOST_PREFIXES: Final = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.)")
_PORTS: Final = (None, 80, 443)
_END: Final = "/.,"
"""Ignored at the end of a path; a sentence leaves a full stop there."""
_INDEX_PAGE: Final = re.compile(r"/(?:index\.(?:html?|php))?$")
_ABSOLUTE: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_SCHEMELESS: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_TYPED_BARE: Final = ("openreview.net", "doi.org", "distill.pub", "youtube.com", "youtu.be")
"""Further hosts that people type without a scheme."""
_LETTER: Final = r"[\w!#$%&'()*+,\-./:;=?@\[\]^{}~’]"
"""Characters of pasted addresses: other alphabets too, but no dashes, ellipses or emoji."""
_IN_TEXT: Final = re.compile(
    r"(?P<url>(?:https?://|(?<![\w@./-])(?:www\.|(?:\w+\.)*(?:"
    + "|".join(map(re.escape, sorted({*ARXIV_HOSTS, *FORUMS, *_TYPED_BARE})))
    + rf")/)){_LETTER}+)|(?P<arxiv>{_ARXIV_NAMED})|(?P<doi>\bdoi:?\s*10\.\d{{4,9}}/{_LETTER}+)",
    re.IGNORECASE,
)
_GLUED: Final = re.compile(r"\]\(|\)\[|,(?=https?://|www\.)")
"""Between an address and what follows without a blank."""
_BRACKETS: Final = ("()", "[]", "{}")
_TRAILING: Final = ".,;:!?'’*~|"
_EMPHASIS: Final = re.compile(r"(?<![\w/])_+(?=[^\s_])")
"""An underscore that opens emphasis: a later one may close it, though addresses may end in one too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An address in a text: `text[start:end]` is how it was written."""

    address: str
    start: int
    end: int


def canonical(text: str) -> str | None:
    """The canonical form of a text that is one address; None if it is none.

    Accepts what people paste: with or without scheme, "arXiv:1906.01820", a bare
    arXiv number, "doi:10.…", an archived copy.

    >>> canonical("http://www.arxiv.org/pdf/1906.01820v3.pdf"), canonical("1906.01820")
    ('arxiv:1906.01820', 'arxiv:1906.01820')
    >>> canonical("greaterwrong.com/posts/ZDZmopKquzHYPRNxq/selection-vs-control?x=1#top")
    'post:ZDZmopKquzHYPRNxq'
    >>> canonical("https://Example.org/a/?b=1&utm_source=mail"), canonical("mesa optimization")
    ('example.org/a?b=1', None)
    """
    text = text.strip().strip("<>")
    if not text or len(text) > _LONGEST:
        return None
    if loose := _ARXIV_LOOSE.fullmatch(text):
        text = f"{loose[1] or loose[3]}.{loose[2] or loose[4]}"
    if match := _ARXIV_BARE.fullmatch(text):
        return arxiv_name(match)
    if _DOI_BARE.fullmatch(text):
        return doi_name(text)
    if _ABSOLUTE.fullmatch(text):
        return _of_url(text)
    return _of_url(f"https://{text}") if _SCHEMELESS.fullmatch(text) else None


def same_place(address: str) -> str:
    """The canonical address, or the text itself if it is none.

    >>> same_place("https://arxiv.org/abs/1906.01820") == same_place("arxiv.org/pdf/1906.01820v2")
    True
    """
    return canonical(address) or address.strip()


def find_in(text: str) -> Iterator[Mention]:
    """The addresses in running text, in order.

    A bare number is none: it needs "arXiv" before it. Punctuation that ends a
    sentence or closes a bracket around an address is not part of it.

    >>> [m.address for m in find_in("see (https://arxiv.org/abs/1906.01820), costs 1906.01820")]
    ['arxiv:1906.01820']
    """
    if "." not in text and "/" not in text:  # as most texts, and every address has one
        return
    opened = _EMPHASIS.search(text)
    at = 0
    while match := _IN_TEXT.search(text, at):
        emphasized = opened is not None and opened.start() < match.start()
        raw = _trimmed(match.group(), f"{_TRAILING}_" if emphasized else _TRAILING)
        raw = _unglued(raw)
        at = match.start() + max(1, len(raw))
        if address := canonical(raw):
            yield Mention(address=address, start=match.start(), end=match.start() + len(raw))


def _unglued(raw: str) -> str:
    """The address before a comma, if only that names something: "arxiv.org/abs/1906.01820,which"."""
    before, comma, _ = raw.partition(",")
    if not comma or _is_named(canonical(raw)) or not _is_named(canonical(before)):
        return raw
    return before


def _is_named(address: str | None) -> bool:
    return address is not None and ":" in address.partition("/")[0]


def _trimmed(raw: str, trailing: str) -> str:
    """The address without final punctuation, the rest of a Markdown link, or a bracket opened before it."""
    raw = _GLUED.split(raw, maxsplit=1)[0]
    unopened = {closing: raw.count(closing) - raw.count(opening) for opening, closing in _BRACKETS}
    end = len(raw)
    while end:
        last = raw[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in trailing:
            break
        end -= 1
    return raw[:end]


def _of_url(url: str, depth: int = 0) -> str | None:
    try:
        parts = urlsplit(url)
        host = _HOST_PREFIXES.sub("", (parts.hostname or "").rstrip("."))
        port = "" if parts.port in _PORTS else f":{parts.port}"
    except ValueError:  # such as an unclosed bracket in the host
        return None
    if not host:
        return None
    if depth < 2 and (inner := _wrapped(host, parts)):  # noqa: PLR2004 - nobody wraps a wrapped copy again
        return _of_url(inner, depth + 1)
    parts = parts._replace(path=unquote(parts.path))
    if name := name_at(host, parts):
        return name
    return settled(f"{host}{port}{_INDEX_PAGE.sub('', parts.path).rstrip(_END)}{_query(parts.query)}")


def _wrapped(host: str, parts: SplitResult) -> str | None:
    """The address inside an archive's or a redirect's."""
    if match := _ARCHIVED.match(parts.path):
        inner = (match["copied"] or match["proxied"]) + (f"?{parts.query}" if parts.query else "")
    else:
        names = ("url",) if host.endswith(_SAFE_LINKS) else _REDIRECTS.get(host, ())
        inner = next((v for k, v in parse_qsl(parts.query) if k in names), "")
    if inner and not inner.lower().startswith(("http://", "https://")):
        inner = f"https://{inner.removeprefix('http:/').removeprefix('https:/')}" if "." in inner else ""
    return inner or None


def _query(query: str) -> str:
    telling = sorted((name, value) for name, value in parse_qsl(query) if not _NOISE.fullmatch(name))
    return f"?{urlencode(telling)}" if telling else ""
