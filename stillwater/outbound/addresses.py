"""Decides which IP addresses a request may reach; a network that is not known to be public is not.

`ipaddress.is_private` and `is_global` are not used: measured, they let 100.64.0.1, 64:ff9b::7f00:1, 224.0.0.1
and fec0::1 pass on one side or the other, and change between versions of Python.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

_V4_NOT_PUBLIC = [
    IPv4Network("0.0.0.0/8"),
    IPv4Network("10.0.0.0/8"),
    IPv4Network("100.64.0.0/10"),  # carrier-grade NAT, and every Tailscale network
    IPv4Network("127.0.0.0/8"),
    IPv4Network("168.63.129.16/32"),  # Azure answers its machines' questions here, on a public address
    IPv4Network("169.254.0.0/16"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.0.2.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv4Network("192.168.0.0/16"),
    IPv4Network("198.18.0.0/15"),
    IPv4Network("198.51.100.0/24"),
    IPv4Network("203.0.113.0/24"),
    IPv4Network("224.0.0.0/4"),
    IPv4Network("240.0.0.0/4"),
]
_V6_UNICAST = IPv6Network("2000::/3")
_V6_NOT_PUBLIC = [IPv6Network(text) for text in ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]]
_LAN = [
    ip_network(text)
    for text in ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"]
]
_METADATA = {ip_address(text) for text in ("100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254")}
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_TRANSLATED = IPv6Network("::ffff:0:0:0/96")
_ISATAP = (0x00005EFE, 0x02005EFE)


def is_public(text: str) -> bool:
    """Is this an address of the public internet, after unwrapping every IPv4 address hidden in it?"""
    address = _parsed(text)
    return address is not None and all(_is_public(hidden) for hidden in _unwrapped(address))


def is_lan(text: str) -> bool:
    """May an administrator's own server live here? Loopback and private networks; never a cloud's metadata."""
    address = _parsed(text)
    if address is None or address in _METADATA:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return any((mapped or address) in network for network in _LAN) and mapped not in _METADATA


def _parsed(text: str) -> Address | None:
    """None for what is no address; a zone (fe80::1%eth0) belongs to link-local addresses, which never pass."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _V4_NOT_PUBLIC)
    return address in _V6_UNICAST and not any(address in network for network in _V6_NOT_PUBLIC)


def _unwrapped(address: Address) -> list[Address]:
    """The addresses that really count: those embedded in an IPv6 address, else the address itself."""
    if isinstance(address, IPv4Address):
        return [address]
    embedded: list[Address] = list(_embedded(address))
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
        return [address, *embedded, _low_bits(address)]
    return embedded or [address]


def _embedded(address: IPv6Address) -> list[IPv4Address]:
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address.sixtofour:
        return [address.sixtofour]
    if address.teredo:
        return list(address.teredo)
    if any(address in network for network in (_NAT64, _COMPATIBLE, _TRANSLATED)):
        return [_low_bits(address)]
    return []


def _low_bits(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)
