"""Which network addresses a webhook may reach: those of the public internet, and what the operator allows beside them.

An admin names any host, and whoever owns that name any address; the service stands where it can reach what neither of
them can. Invariant: an address is reached only after ``permitted`` returned that very address. What is refused is
spelt out here, after IANA's registries of special-purpose addresses, and depends on no library's notion of private.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
#: From a host's name and a port to the addresses that it has at this moment.
Resolver = Callable[[str, int], Sequence[str]]

#: https://www.iana.org/assignments/iana-ipv4-special-registry
_REFUSED_4 = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by a provider's customers, or a cloud's own",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "a cloud's own",  # Azure: public by its number, yet the host of every virtual machine there
    "169.254.0.0/16": "link-local, such as a cloud's metadata",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "reserved for documentation",
    "192.31.196.0/24": "reserved",
    "192.52.193.0/24": "reserved",
    "192.88.99.0/24": "a relay's (6to4)",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "reserved",
    "198.18.0.0/15": "reserved for benchmarks",
    "198.51.100.0/24": "reserved for documentation",
    "203.0.113.0/24": "reserved for documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved, or broadcast",
}
#: https://www.iana.org/assignments/iana-ipv6-special-registry; what is not global unicast is refused anyway.
_REFUSED_6 = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::ffff:0:0/96": "an IPv4 address in disguise (IPv4-mapped)",
    "64:ff9b::/96": "an IPv4 address in disguise (NAT64)",
    "64:ff9b:1::/48": "an IPv4 address in disguise (NAT64)",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "ff00::/8": "multicast",
    "2001::/32": "an IPv4 address in disguise (Teredo)",
    "2001::/23": "reserved",
    "2001:db8::/32": "reserved for documentation",
    "2002::/16": "an IPv4 address in disguise (6to4)",
    "2620:4f:8000::/48": "reserved",
    "3fff::/20": "reserved for documentation",
}
_REFUSED: Sequence[tuple[Network, str]] = [
    (ip_network(text), why) for text, why in (*_REFUSED_4.items(), *_REFUSED_6.items())
]
#: All that is assigned to hosts of the public IPv6 internet (RFC 4291, section 2.4).
_GLOBAL_UNICAST = IPv6Network("2000::/3")


class AddressRefused(Exception):
    """A host has no address that may be reached; the message says why."""


def parse(text: str) -> tuple[Network, ...]:
    """Networks, comma-separated, such as ``10.1.0.0/16,fd00:1::/64``.

    Raises:
        ValueError: one of them is none; the message names it.
    """
    networks: list[Network] = []
    for part in (part.strip() for part in text.split(",")):
        try:
            networks += [ip_network(part)] if part else []
        except ValueError as error:
            raise ValueError(f"{part!r} is no network such as 10.1.0.0/16: {error}") from error
    return tuple(networks)


def refusal(address: Address, allowed: Sequence[Network] = ()) -> str | None:
    """Why an address is not to be reached; None if it may be.

    Args:
        address: without a zone.
        allowed: networks of the operator's, to which nothing here applies.
    """
    if any(address in network for network in allowed if network.version == address.version):
        return None
    for network, why in _REFUSED:
        if network.version == address.version and address in network:
            return why
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return "reserved"
    return None


def literal(host: str) -> Address | None:
    """The address that a host's name spells out; None for a name that has to be looked up."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as this machine resolves it, best first.

    Raises:
        OSError: it has none, or nobody answers.
        UnicodeError: it cannot be a host's name.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def permitted(host: str, port: int, allowed: Sequence[Network] = (), resolve: Resolver = look_up) -> Sequence[str]:
    """The addresses of a host that may be reached, best first; at least one.

    Raises:
        AddressRefused: it has none.
    """
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(f"No address of {host} can be found: {error}") from error
    reasons = {}
    for text in found:
        address = literal(text)
        # A zone chooses an interface of this machine, which only link-local addresses need.
        reasons[text] = "no address" if address is None or "%" in text else refusal(address, allowed)
    good = [text for text, why in reasons.items() if why is None]
    if not good:
        told = ", ".join(f"{text} is {why}" for text, why in list(reasons.items())[:3]) or "it has none"
        raise AddressRefused(f"No address of {host} may be reached: {told}. ALLCLOSE_WEBHOOK_NETWORKS can allow it.")
    return good
