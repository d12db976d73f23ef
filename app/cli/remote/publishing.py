"""``problem publish``: an author's folder on a server.

Invariant: what is printed and how the command ends is as for ``problem check``, for the same check is made, in the
server's sandbox. Nothing is published that it has found an error in.
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.text import Text

from app.cli.inputs import BAD_PROBLEM, FAULT, stop
from app.cli.output import Format, console, plain
from app.cli.problem import print_checked
from app.cli.remote.server import Server, known, signed_in
from app.cli.settings import USAGE
from app.problems.checking.check import Checked
from app.problems.checking.record import CheckRecord, record
from app.problems.folder import read
from app.problems.folder.files import known_files

#: Seconds between looks at a check, and how many in a row may go unanswered: a server that is started again goes on.
_PAUSE, _LOOKS = 1.0, 60
_UPLOADS = "/problem-uploads"


@dataclass(frozen=True)
class Wishes:
    """How a folder is published.

    Attributes:
        server: the address of the server that is meant; empty for the one that was logged in to.
        check_only: whether nothing is published.
        mutants: whether slips in the reference are looked for.
        visibility: who may see the problem; None for what was so.
        output: what is printed.
    """

    server: str = ""
    check_only: bool = False
    mutants: bool = True
    visibility: str | None = None
    output: Format = "text"


def publish(folder: Path, wishes: Wishes) -> int:
    """Have a folder checked by the server, and publish it if it is sound; returns the exit status."""
    if not folder.is_dir():
        stop(f"there is no folder {folder}", USAGE)
    problem = read(folder)
    if isinstance(problem, list):
        # What reading finds needs no server.
        return _told(folder, record(Checked(folder.resolve().name, tuple(problem))), wishes, 0.0)
    start = time.perf_counter()
    with signed_in(wishes.server) as server:
        if not wishes.check_only:
            _refuse_clash(server, problem.slug)
        asked = {"slug": problem.slug, "mutants": str(wishes.mutants).lower()}
        headers = {"Content-Type": "application/zip"}
        taken = server.object("POST", _UPLOADS, params=asked, content=_packed(folder), headers=headers)
        upload = _checked(server, str(taken["id"]))
        if upload["check"] is None:
            stop(str(upload["message"]), FAULT)
        found = _read(upload["check"])
        status = _told(folder, found, wishes, time.perf_counter() - start, upload)
        if status == 0 and not wishes.check_only:
            _publish(server, problem.slug, str(upload["id"]), wishes)
    return status


def _refuse_clash(server: Server, slug: str) -> None:
    """Return if the server may publish under this name; it would say so itself, but only after the check."""
    served = server.find(f"/problems/{slug}/versions")
    if served is not None and served["origin"] == "folder":
        stop(
            f"{slug} is served from a folder of the operator's, and is changed there. --check-only checks yours; or "
            "take another name",
            USAGE,
        )


def _packed(folder: Path) -> bytes:
    """The problem's files as an archive; ends the command if one cannot be read any more."""
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in known_files(folder):
                archive.writestr(path, (folder / path).read_bytes())
    except OSError as error:
        stop(f"cannot read {folder}: {error.strerror}", USAGE)
    return packed.getvalue()


def _checked(server: Server, upload_id: str) -> dict[str, Any]:
    """An upload once its check is done."""
    upload = server.object("GET", f"{_UPLOADS}/{upload_id}", tries=_LOOKS)
    while upload["state"] != "done":
        time.sleep(_PAUSE)
        upload = server.object("GET", f"{_UPLOADS}/{upload_id}", tries=_LOOKS)
    return upload


def _read(check: Any) -> CheckRecord:
    try:
        found = CheckRecord.model_validate(check)
        found.checked()
    except (ValidationError, ValueError):
        stop("the server is of another version, whose findings are not known here. Update allclose", FAULT)
    return found


def _told(
    folder: Path, found: CheckRecord, wishes: Wishes, seconds: float, upload: dict[str, Any] | None = None
) -> int:
    """Print what was found; the exit status that follows."""
    checked = found.checked()
    if wishes.output == "json":
        print(json.dumps({**found.model_dump(mode="json"), "upload": upload and upload["id"]}), flush=True)
    else:
        print_checked(console(), folder, checked, seconds)
    return BAD_PROBLEM if checked.errors else 0


def _publish(server: Server, slug: str, upload_id: str, wishes: Wishes) -> None:
    shown = {} if wishes.visibility is None else {"visibility": wishes.visibility}
    served = server.object("POST", f"/problems/{slug}/publish", json={"upload": upload_id, **shown})
    if wishes.output == "text":
        told = f"{served['slug']} {served['version']} is published on {known().server}, {served['visibility']}"
        console().print(Text(plain(told), "green"))
