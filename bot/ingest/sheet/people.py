"""The summarizers under the names the newsletter signs them with."""

from typing import Final

_SIGNATURES: Final = {
    "asya bergal": "Asya",
    "cody wild": "Cody",
    "dan hendrycks": "Dan H",
    "flo dorner": "Flo",
    "matthew barnett": "Matthew",
    "nicholas joseph": "Nicholas",
    "richard ngo": "Richard",
    "robert kirk": "Robert",
    "rohin shah": "Rohin",
    "sudhanshu kasewa": "Sudhanshu",
    "zachary robertson": "Zach",
}


def signature(name: str) -> str:
    """How the newsletter signs this person; any other name stays as it is.

    >>> signature("Dan  Hendrycks"), signature("Jane Doe")
    ('Dan H', 'Jane Doe')
    """
    name = " ".join(name.split())
    return _SIGNATURES.get(name.casefold(), name)
