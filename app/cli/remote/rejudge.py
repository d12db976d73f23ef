"""``rejudge``: judging attempts on a server again, for its instructors.

Invariant: without ``--apply`` no verdict changes. Whoever interrupts it ends the watching only: the server goes on, and
what it is named is printed first.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from rich.text import Text

from app.cli.output import Format, console, plain, verdict_text
from app.cli.remote.server import Server, signed_in

#: Seconds between looks.
_PAUSE = 1.0
_COUNTED = ("raised", "lowered", "changed", "unchanged", "failed", "skipped", "gone")


def rejudge(  # noqa: PLR0913 - each is an option
    kind: str, name: str, against: str | None, output: Format, *, apply: bool, allow_lowering: bool
) -> int:
    """Judge attempts again, list what changes, and apply it if that is asked for."""
    with signed_in() as server:
        made = server.object("POST", "/rejudgings", json={"kind": kind, "name": name, "against": against})
        path = f"/rejudgings/{made['id']}"
        if output == "text":
            console(sys.stderr).print(Text(f"rejudging {made['id']}: {made['attempts']} attempts", "dim"))
        seen = _wait(server, path, "previewing", output)
        if apply and seen["state"] == "previewed":
            server.object("POST", f"{path}/apply", json={"allow_lowering": allow_lowering})
            seen = _wait(server, path, "applying", output)
        for change in _changes(server, path):
            _print_change(change, output)
        _print_end(seen, output)
    return 0


def _wait(server: Server, path: str, state: str, output: Format) -> dict[str, Any]:
    """What a rejudging is once it is no more in this state."""
    told = -1
    while (seen := server.object("GET", path))["state"] == state:
        if output == "text" and seen["judged"] != told:
            told = seen["judged"]
            console(sys.stderr).print(Text(f"{told} of {seen['attempts']} judged, {_counts(seen)}", "dim"))
        time.sleep(_PAUSE)
    return seen


def _changes(server: Server, path: str) -> Iterator[dict[str, Any]]:
    """Every change, page by page."""
    address: str | None = f"{path}/changes"
    while address:
        page = server.object("GET", address)
        yield from page["items"]
        address = page["next"]


def _print_change(change: dict[str, Any], output: Format) -> None:
    if output == "json":
        print(json.dumps(change), flush=True)
        return
    before = verdict_text(change["verdict_before"], change["reason_before"])
    after = verdict_text(change["verdict_after"], change["reason_after"])
    named = (change["attempt"], change["user"] or "(erased)", change["problem"])
    who = "".join(f"{plain(str(name))}  " for name in named)
    told = [who, "could not be judged"] if change["state"] == "failed" else [who, before, " → ", after]
    if change["state"] in ("applied", "skipped"):
        told.append(f"  {change['state']}")
    console().print(Text.assemble(*told))


def _print_end(seen: dict[str, Any], output: Format) -> None:
    if output == "json":
        print(json.dumps(seen), flush=True)
        return
    console().print(Text(f"{seen['state']}: {seen['attempts']} attempts, {_counts(seen)}, {seen['applied']} applied"))
    if seen["lowered"] and seen["state"] == "applied" and not seen["allow_lowering"]:
        console().print(Text("Accepted attempts stay accepted; --allow-lowering would change them too.", "dim"))


def _counts(seen: dict[str, Any]) -> str:
    return ", ".join(f"{seen[name]} {name}" for name in _COUNTED if seen[name]) or "nothing yet"
