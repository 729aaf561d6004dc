"""Sites where one thing has many addresses, and its name there.

Each reader gets a host without "www." and an address with a decoded path, and
returns the name of the thing, or None if it does not know the site.
"""

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl

ARXIV_ID: Final = (
    r"(?P<number>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
    r"|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d{1,3})?"
)
_SUBJECT_CLASS: Final = re.compile(r"\.[a-z]{2}(?=/)")
"""Optional in an old number: math.GT/0309136 is math/0309136."""
_ARXIV_END: Final = r"(?:\.pdf)?(?:$|[/?#])"
_ARXIV_PATH: Final = re.compile(rf"(?:^|[/.:]){ARXIV_ID}{_ARXIV_END}", re.IGNORECASE)
_ARXIV_ELSEWHERE: Final = re.compile(rf"/arxiv[/:]{ARXIV_ID}{_ARXIV_END}", re.IGNORECASE)
"""An arXiv paper's path on sites about papers."""
ARXIV_HOSTS: Final = frozenset(
    {"arxiv.org", "xxx.lanl.gov", "ar5iv.org", "alphaxiv.org", "arxiv-vanity.com", "huggingface.co", "hf.co"}
    | {"emergentmind.com", "talk2arxiv.org", "semanticscholar.org", "arxiv-sanity.com"}
)
FORUMS: Final = {
    "lesswrong.com": "",
    "lesserwrong.com": "",
    "alignmentforum.org": "",
    "greaterwrong.com": "",
    "lw2.issarice.com": "",
    "effectivealtruism.org": "ea-",
    "ea.greaterwrong.com": "ea-",
}
"""Hosts of forum posts: the mirrors of one forum share the prefix of its ids."""
_POST: Final = re.compile(r"/(?:posts|p)/(?P<id>[A-Za-z0-9]{6,})")
_SEQUENCE: Final = re.compile(r"/(?:s|sequences)/(?P<id>[A-Za-z0-9]{6,})")
_DOI: Final = re.compile(r"(?:^|/|doi:?\s*)(?P<doi>10\.\d{4,9}/[^\s?#]+)", re.IGNORECASE)
_DOI_IN_PATH: Final = re.compile(r"/(?:doi|article|epdf|chapter|book|content/pdf)/")
_DOI_HOSTS: Final = frozenset({"doi.org", "dx.doi.org"})
_DOI_ARXIV: Final = "10.48550/arxiv."
_NATURE: Final = re.compile(r"/articles/(?P<id>[a-z]?\d+[\w-]*)")
_VIDEO_PATH: Final = re.compile(r"/(?:embed/|shorts/|live/|v/)?(?P<id>[\w-]{11})")
_GOOGLE_FILE: Final = re.compile(
    r"(?P<file>/(?:document|spreadsheets|presentation|file|forms)/d/(?:e/)?[\w-]+)"
)
_MLR: Final = re.compile(r"/(?P<id>v\d+/[^/.]+)")
_NEURIPS: Final = re.compile(r"/paper(?:_files/paper)?/(?:(?P<number>\d+)-|\d{4}/\w+/(?P<hash>[0-9a-f]{32}))")


def name_at(host: str, parts: SplitResult) -> str | None:
    """The name of the thing there: "arxiv:1906.01820", "post:…", "doi:10.…"."""
    return next(filter(None, (read(host, parts) for read in _READERS)), None)


def arxiv_name(match: re.Match[str]) -> str:
    """The name of the paper whose number was matched by `ARXIV_ID`."""
    number = match["number"].lower()
    return f"arxiv:{_SUBJECT_CLASS.sub('', number)}"


def doi_name(text: str) -> str | None:
    """The name for the DOI in the text: an arXiv paper's is its own."""
    match = _DOI.search(text)
    if not match:
        return None
    doi = match["doi"].lower().rstrip("/.,;)").removesuffix(".pdf")
    return f"arxiv:{doi.removeprefix(_DOI_ARXIV)}" if doi.startswith(_DOI_ARXIV) else f"doi:{doi}"


def _arxiv(host: str, parts: SplitResult) -> str | None:
    known = any(f".{host}".endswith(f".{site}") for site in ARXIV_HOSTS)
    match = (_ARXIV_PATH if known else _ARXIV_ELSEWHERE).search(parts.path)
    return arxiv_name(match) if match else None


def _forum(host: str, parts: SplitResult) -> str | None:
    prefix = FORUMS.get(host, FORUMS.get(host.partition(".")[2]))
    if prefix is None:
        return None
    if post := _POST.search(parts.path):
        return f"{prefix}post:{post['id']}"
    sequence = _SEQUENCE.match(parts.path)
    return f"{prefix}sequence:{sequence['id']}" if sequence else None


def _publisher(host: str, parts: SplitResult) -> str | None:
    if host == "nature.com" and (article := _NATURE.match(parts.path)):
        return f"doi:10.1038/{article['id'].lower()}"
    known = host in _DOI_HOSTS or _DOI_IN_PATH.search(parts.path)
    return doi_name(parts.path) if known else None


def _review(host: str, parts: SplitResult) -> str | None:
    paper = dict(parse_qsl(parts.query)).get("id") if host == "openreview.net" else None
    return f"openreview:{paper}" if paper else None


def _proceedings(host: str, parts: SplitResult) -> str | None:
    if host == "proceedings.mlr.press":
        paper = _MLR.match(parts.path)
        return f"mlr:{paper['id']}" if paper else None
    if host not in {"papers.nips.cc", "papers.neurips.cc", "proceedings.neurips.cc"}:
        return None
    paper = _NEURIPS.match(parts.path)
    return f"neurips:{paper['number'] or paper['hash']}" if paper else None


def _video(host: str, parts: SplitResult) -> str | None:
    if host not in {"youtube.com", "youtu.be", "youtube-nocookie.com", "music.youtube.com"}:
        return None
    video = dict(parse_qsl(parts.query)).get("v")
    if not video and (match := _VIDEO_PATH.fullmatch(parts.path.rstrip("/"))):
        video = match["id"]
    return f"youtube:{video}" if video else None


def _google_file(host: str, parts: SplitResult) -> str | None:
    match = _GOOGLE_FILE.match(parts.path) if host in {"docs.google.com", "drive.google.com"} else None
    return f"{host}{match['file']}" if match else None


_READERS: Final = (_arxiv, _forum, _publisher, _review, _proceedings, _video, _google_file)
