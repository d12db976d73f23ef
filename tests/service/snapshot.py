"""The OpenAPI document as it was last agreed on, in ``openapi.json`` beside this file.

Usage: ``python -m tests.service.snapshot --write`` writes it anew; read then what changed, for clients will meet it.
"""

from __future__ import annotations

import argparse
import difflib
import json
import tempfile
from pathlib import Path
from typing import Any

from app.main import create_app
from app.settings import Settings
from tests.service.fakes import FakeSandbox

FILE = Path(__file__).with_name("openapi.json")
_WIDTH = 120
RENEW = "python -m tests.service.snapshot --write"


def current() -> str:
    """The document as the code has it, one member a line."""
    with tempfile.TemporaryDirectory() as folder:
        document = create_app(Settings(data_dir=Path(folder)), FakeSandbox()).openapi()
    # The version of the package changes with every release, and nothing else here has to.
    document["info"]["version"] = "0"
    return _lines(document, "") + "\n"


def _lines(value: Any, indent: str) -> str:
    """JSON whose small parts stand in one line each, so that a difference shows what it is about."""
    whole = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(whole) <= _WIDTH or not isinstance(value, dict | list):
        return whole
    deeper = indent + "  "
    if isinstance(value, list):
        return "[\n" + ",\n".join(deeper + _lines(each, deeper) for each in value) + f"\n{indent}]"
    members = (f"{deeper}{json.dumps(name)}: {_lines(each, deeper)}" for name, each in value.items())
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def difference() -> str:
    """What the code has otherwise than the file; empty if nothing."""
    lines = difflib.unified_diff(
        FILE.read_text().splitlines(), current().splitlines(), "as agreed on", "as it is", lineterm=""
    )
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    FILE.write_text(current())
