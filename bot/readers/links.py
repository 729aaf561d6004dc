"""Where links lead: whole addresses of the web, and never the reader who followed them.

Mailing services and forums put redirections of their own before an address.
What is in them is taken out; what is only known to the service is no address.
"""

import re
from typing import Final
from urllib.parse import SplitResult, parse_qs, parse_qsl, unquote, urlencode, urljoin, urlsplit

_LONGEST: Final = 4_096
_REDIRECTIONS: Final = (
    ("google.com", "/url", ("q", "url")),
    ("lesswrong.com", "/out", ("url",)),
    ("alignmentforum.org", "/out", ("url",)),
    ("greaterwrong.com", "/out", ("url",)),
    ("forum.effectivealtruism.org", "/out", ("url",)),
    ("safelinks.protection.outlook.com", "/", ("url",)),
    ("facebook.com", "/l.php", ("u",)),
    ("t.umblr.com", "/redirect", ("z",)),
    ("slack-redir.net", "/link", ("url",)),
    ("linkedin.com", "/redir", ("url",)),
    ("list-manage.com", "/track/click", ("url", "q")),
)
_ARCHIVED: Final = re.compile(r"https?://web\.archive\.org/web/\w+/(https?:/.*)", re.DOTALL)
_IN_PATH: Final = re.compile(
    r"https?://[^/]{1,253}/(?:CL0|L0)/(https?:%2F%2F[^/]+)/.*"  # Amazon's mail service
    r"|https?://urldefense\.(?:com|us)/v3/__(https?://[^*]+?)__;.*",
    re.DOTALL | re.IGNORECASE,
)
_OF_A_RECIPIENT: Final = re.compile(
    r"(?:^|\.)list-manage\d*\.com$|^click\.|^links?\.|(?:^|\.)(?:mandrillapp|sendgrid|sparkpostmail)\.(?:com|net)$"
    r"|^email\.|^mailtrack\.io$|^urldefense\.|(?:^|\.)(?:awstrack\.me|rs6\.net|pstmrk\.it|klclick\d*\.com)$"
    r"|(?:^|\.)(?:cmail\d*|createsend\d*|acemlna|acemlnb|mlsend\d*|sendib[mt]\d*|convertkit-mail\d*)\.com$"
)
_REDIRECTS_RECIPIENTS: Final = (
    ("substack.com", "/redirect/"),
    ("buttondown.email", "/c/"),
    ("buttondown.com", "/c/"),
)
_PERSONAL: Final = frozenset(
    {"mc_eid", "e", "fblid", "ml_subscriber", "ml_subscriber_hash", "_hsenc", "_hsmi"}
)
_OF_A_READER: Final = "eyJ"
"""How JSON in base64 begins, by which services know their reader again."""
_E_MEANS_RECIPIENT: Final = re.compile(r"(?:^|\.)(?:campaign-archive\d*\.com|mailchi\.mp)$")
_MOST_NESTED: Final = 4


def address_of(href: str, base: str = "") -> str:
    """The address of the web that a link leads to, "" if to none.

    >>> address_of("//a.example/x", "https://b.example/")
    'https://a.example/x'
    >>> address_of("https://www.lesswrong.com/out?url=https%3A%2F%2Fa.example%2F")
    'https://a.example/'
    >>> address_of("https://x.us18.list-manage.com/track/click?u=1&id=2&e=3"), address_of("javascript:alert(1)")
    ('', '')
    """
    href = "".join(href.split("\n")).strip()
    try:
        return _followed(urljoin(base, href), _MOST_NESTED) if href else ""
    except ValueError:
        return ""


def _followed(address: str, nested: int) -> str:
    if archived := _ARCHIVED.fullmatch(address):
        return _followed(re.sub(r"^(https?:/)(?!/)", r"\1/", archived[1]), nested - 1) if nested else ""
    if wrapped := _IN_PATH.fullmatch(address):
        return _followed(unquote(wrapped[1] or wrapped[2]), nested - 1) if nested else ""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    if parts.scheme not in {"http", "https"} or not host or len(address) > _LONGEST:
        return ""
    if target := _target(host, parts):
        return _followed(target, nested - 1) if nested else ""
    if _OF_A_RECIPIENT.search(host) or any(
        (host == domain or host.endswith(f".{domain}")) and parts.path.startswith(path)
        for domain, path in _REDIRECTS_RECIPIENTS
    ):
        return ""
    return _without_recipient(address, host, parts)


def _target(host: str, parts: SplitResult) -> str:
    """The address that a redirection has in its query."""
    for domain, path, fields in _REDIRECTIONS:
        if (host == domain or host.endswith(f".{domain}")) and parts.path in {path, f"{path}/"}:
            query = parse_qs(parts.query)
            return next((query[field][0] for field in fields if query.get(field)), "")
    return ""


def _without_recipient(address: str, host: str, parts: SplitResult) -> str:
    if _OF_A_READER not in parts.query and not any(f"{name}=" in parts.query for name in _PERSONAL):
        return address
    fields = parse_qsl(parts.query, keep_blank_values=True)
    others = [
        (name, value)
        for name, value in fields
        if not _is_personal(name, host) and not value.startswith(_OF_A_READER)
    ]
    return address if len(others) == len(fields) else parts._replace(query=urlencode(others)).geturl()


def _is_personal(name: str, host: str) -> bool:
    return name in _PERSONAL and (name != "e" or bool(_E_MEANS_RECIPIENT.search(host)))


_IN_TEXT: Final = re.compile(r"(?<![ \t])([ \t]*[(<\[]?)(https?://[^\s)>\]]*)([)>\]]?)")


def without_recipients(text: str) -> str:
    """A plain text without addresses that carry its recipient, and with the targets of redirections."""
    return _IN_TEXT.sub(_without_recipients, text)


def _without_recipients(match: re.Match[str]) -> str:
    before, address, after = match.groups()
    target = address_of(address)
    return f"{before}{target}{after}" if target else ""
