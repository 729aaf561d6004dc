"""How one address is written by different people: never fewer than five ways."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/((?:[a-z-]+(?:\.[A-Z]{2})?/)?\d[\d.]*\d)")
_POST = re.compile(r"/posts/(\w+)(/[^?#]*)?")
_EA = re.compile(r"effectivealtruism\.org$")
_FORUM = re.compile(r"(?:lesswrong\.com|alignmentforum\.org|greaterwrong\.com)$")
_REVIEW = re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]+)")
_VIDEO = re.compile(r"youtube\.com/watch\?v=([\w-]{11})")
_DOI = re.compile(r"//(?:dx\.)?doi\.org/(10\.\S+)")


def spellings(url: str) -> tuple[str, ...]:
    """The address as it is, and other ways to write it, each once."""
    return tuple(dict.fromkeys([url, *_own(url), *_any(url)]))


def _own(url: str) -> Iterator[str]:
    """Those of the host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if match := _ARXIV.search(url):
        yield from _arxiv(match[1])
    elif match := _REVIEW.search(url):
        yield f"https://openreview.net/forum?id={match[1]}&noteId={match[1]}"
        yield f"https://openreview.net/pdf?id={match[1]}"
    elif match := _VIDEO.search(url):
        yield f"https://youtu.be/{match[1]}?t=62"
        yield f"https://m.youtube.com/watch?feature=share&v={match[1]}"
    elif match := _DOI.search(url):
        yield f"https://doi.org/{match[1]}"
        yield f"http://dx.doi.org/{match[1]}"
    elif match := _POST.search(url):
        yield from _post(host, match[1], match[2] or "")


def _arxiv(number: str) -> Iterator[str]:
    yield f"arXiv:{number}"
    yield f"arXiv:{number}v2"
    yield f"https://arxiv.org/abs/{number}v1"
    yield f"https://arxiv.org/pdf/{number}"
    yield f"http://arxiv.org/pdf/{number}v3.pdf"
    yield f"https://www.arxiv.org/html/{number}v1"
    yield f"https://export.arxiv.org/abs/{number}?context=cs.AI#comments"
    yield f"https://ar5iv.labs.arxiv.org/html/{number}"
    yield f"https://www.alphaxiv.org/abs/{number}"
    yield f"https://doi.org/10.48550/arXiv.{number}"
    yield f"https://scirate.com/arxiv/{number}"
    yield f"arxiv.org/abs/{number}"


def _post(host: str, post: str, slug: str) -> Iterator[str]:
    if _EA.search(host):
        yield f"https://ea.greaterwrong.com/posts/{post}{slug}"
        yield f"https://forum.effectivealtruism.org/posts/{post}?commentId=abcdefgh"
    elif _FORUM.search(host):
        yield f"https://www.lesswrong.com/posts/{post}{slug}"
        yield f"https://www.alignmentforum.org/posts/{post}{slug}?commentId=abcdefgh"
        yield f"https://www.greaterwrong.com/posts/{post}{slug}#comment-abcdefgh"
        yield f"lesswrong.com/posts/{post}"


def _any(url: str) -> Iterator[str]:
    """Those that every address has."""
    scheme, _, rest = url.partition("://")
    bare, hash_mark, fragment = rest.partition("#")
    host, slash, path = bare.partition("/")
    yield f"{'http' if scheme == 'https' else 'https'}://{rest}"
    yield f"{scheme}://{host.removeprefix('www.') if host.startswith('www.') else f'www.{host}'}{slash}{path}"
    yield f"{scheme.upper()}://{host.upper()}{slash}{path}"
    yield f"{scheme}://{bare}{'&' if '?' in bare else '?'}utm_source=chat&utm_medium=social"
    if not hash_mark:
        yield f"{url}#section-2"
    else:
        yield f"{scheme}://{bare}"
    if "?" not in path:
        yield f"{scheme}://{bare.rstrip('/')}/" if not path.endswith(".html") else f"{scheme}://{bare}"
        yield f"{scheme}://{host}/{_encoded(path)}"
    yield f"https://web.archive.org/web/20210102030405/{scheme}://{bare}"
    del fragment


def _encoded(path: str) -> str:
    """The path with one of its letters in percent-encoding."""
    match = re.search(r"(?<!%)(?<!%[0-9A-Fa-f])[a-z]", path)
    if not match:
        return path
    at = match.start()
    return f"{path[:at]}%{ord(path[at]):02X}{path[at + 1 :]}"
