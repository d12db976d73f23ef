"""What the soak makes of its figures."""

from __future__ import annotations

import pytest

from tests.faults.soak import grown, status

_WINDOW = {"service MB": 120.0, "sandbox MB": 1000.0, "p50 ms": 700.0, "p99 ms": 1500.0}
_WINDOW |= {"descriptors": 28.0, "threads": 6.0, "processes": 10.0, "containers": 0.0, "load": 3.0, "seconds": 36.0}


def test_a_service_that_stays_as_it_was_ends_well() -> None:
    """Whoever waits for its end would be told of a fault that there is none of."""
    assert status([*grown([_WINDOW] * 20)]) == 0


@pytest.mark.parametrize(("name", "more"), [("service MB", 20), ("descriptors", 5), ("p99 ms", 800), ("containers", 1)])
def test_a_service_that_grows_ends_in_a_fault(name: str, more: float, capsys: pytest.CaptureFixture[str]) -> None:
    """A leak would be printed in a table that nobody reads."""
    windows = [_WINDOW] * 15 + [{**_WINDOW, name: _WINDOW[name] + more}] * 5
    assert status([*grown(windows)]) == 1
    assert f"FAULT: {name} has grown" in capsys.readouterr().out
