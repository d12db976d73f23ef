"""Which addresses webhooks may reach."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.webhooks import addresses
from app.webhooks.addresses import AddressRefused

REFUSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.1.2.3 168.63.129.16 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1
239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 64:ff9b::a00:1 64:ff9b:1::a00:1 100::1 2001::1
2001:db8::1 2002:7f00:1:: 2002:808:808::1 2001:10::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1
ff02::1 4000::1
""".split()
PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "223.255.255.1",
]
PUBLIC += ["2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888", "2003::1"]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_public_is_refused(text: str) -> None:
    """A webhook could read a cloud's metadata, or knock at the services beside this one."""
    assert addresses.refusal(ip_address(text)) is not None
    with pytest.raises(AddressRefused, match="may be reached"):
        addresses.permitted("hooks.example.com", 443, resolve=lambda _host, _port: [text])


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_public_may_be_reached(text: str) -> None:
    """No webhook would arrive."""
    assert addresses.permitted("hooks.example.com", 443, resolve=lambda _host, _port: [text]) == [text]


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_is_permitted_that_python_calls_special(address: IPv4Address | IPv6Address) -> None:
    """A range that the table lacks could be reached."""
    if addresses.refusal(address) is None:
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "017700000001", "[::1]"])
def test_no_way_of_writing_loopback_gets_through(host: str) -> None:
    """A host could be spelt so that a check of its text says nothing."""
    with pytest.raises(AddressRefused):
        addresses.permitted(host.strip("[]"), 80)


def test_only_the_addresses_that_may_be_reached_are_given() -> None:
    """A name with a public and a private address would let a sender fall back to the private one."""
    found = ["10.0.0.1", "8.8.8.8", "fe80::1%eth0", "nonsense"]
    assert addresses.permitted("hooks.example.com", 443, resolve=lambda _host, _port: found) == ["8.8.8.8"]


def test_a_network_of_the_operators_is_allowed_and_no_more() -> None:
    """A course platform in the same building could not be told, or all of the building could."""
    allowed = addresses.parse("10.1.0.0/16, fd00:1::/64")
    for text in ("10.1.2.3", "fd00:1::5"):
        assert addresses.refusal(ip_address(text), allowed) is None
    for text in ("10.2.0.1", "fd00:2::5", "::ffff:10.1.2.3", "169.254.169.254"):
        assert addresses.refusal(ip_address(text), allowed) is not None


def test_a_network_that_is_none_is_named() -> None:
    """An operator would look for the mistake in the wrong place."""
    for text in ("10.1.0.1/16", "everything"):
        with pytest.raises(ValueError, match=text):
            addresses.parse(f"10.2.0.0/16,{text}")


def test_a_host_without_an_address_says_so() -> None:
    """A slip in a name would look like a fault of ours."""

    def nobody(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    def empty(host: str, port: int) -> list[str]:
        return []

    for resolve in (nobody, empty):
        with pytest.raises(AddressRefused, match=r"hooks\.example\.com"):
            addresses.permitted("hooks.example.com", 443, resolve=resolve)


def test_a_host_that_cannot_be_one_is_refused() -> None:
    """A name that the system's functions cannot encode would end a sender."""
    with pytest.raises(AddressRefused):
        addresses.permitted("a" * 64 + ".example.com", 443)
