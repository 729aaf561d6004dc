"""Which addresses of the network may be asked, checked when a connection is made.

A name is resolved by then and its address is the one that is connected to, so
no name and no redirect leads anywhere else.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final, TypeAlias

_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""An IPv4 address is in the last four bytes (RFC 6052)."""
_LAST_FOUR: Final = 0xFFFFFFFF
_INTERNET: Final = IPv6Network("2000::/3")
"""All that is given out of IPv6 (RFC 3513); what is beside it is local, obsolete, or of nobody yet."""
_EXAMPLES: Final = IPv6Network("3fff::/20")
"""For documents (RFC 9637)."""

Allowed: TypeAlias = Callable[[str], bool]
"""Whether an IP address, written out, may be asked."""


class PrivateAddress(OSError):
    """An address that only this machine or its own network can reach."""


def is_public(address: str) -> bool:
    """Whether an IP address, written out, is one of the public internet.

    >>> [is_public(a) for a in ("8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "224.0.0.1")]
    [True, False, False, False, False]
    """
    outer = ip_address(address)
    inner = _within(outer)
    given_out = isinstance(inner, IPv4Address) or (inner in _INTERNET and inner not in _EXAMPLES)
    return inner.is_global and not inner.is_multicast and given_out


def anywhere(address: str) -> bool:
    """Allow every address."""
    del address
    return True


def sockets_to(allowed: Allowed) -> Callable[[tuple[Any, ...]], socket.socket]:
    """Makes sockets for addresses as `getaddrinfo` gives them; raises
    PrivateAddress for one that is not allowed.
    """

    def make(address: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, target = address
        if not allowed(target[0]):
            raise PrivateAddress("this is an address of a private network")
        return socket.socket(family, kind, protocol)

    return make


def _within(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address leads to, else itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & _LAST_FOUR)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address
