"""Network addresses, as they are counted: one home is one."""

from __future__ import annotations

import ipaddress


def home_of(address: str) -> str:
    """The network that one home is given: an address of version 4, or the first 64 bits of one of version 6.

    >>> home_of("2001:db8::1")
    '2001:db8::/64'
    """
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    return str(read.ipv4_mapped or ipaddress.ip_network((read, 64), strict=False))
