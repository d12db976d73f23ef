"""Control groups: a bound that holds, and nothing left of it afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.local import LocalSandbox
from sandbox.walls import cgroup


def test_memory_beyond_the_bound_ends_the_process() -> None:
    """A slot could take all of the machine's memory, and nobody would be told."""
    group = cgroup.make(256 << 20, 100)
    if group is None:
        sandbox = LocalSandbox()
        sandbox.close()
        assert any("control group" in sentence for sentence in sandbox.promises())
        return
    try:
        greedy = group.wrap([sys.executable, "-c", "kept = bytearray(1 << 30)"])
        modest = group.wrap([sys.executable, "-c", "kept = bytearray(1 << 20)"])
        assert subprocess.run(greedy, capture_output=True, check=False).returncode == -9
        assert subprocess.run(modest, capture_output=True, check=False).returncode == 0
    finally:
        group.remove()
    assert not any(folder.exists() for folder in group.folders)


def test_what_a_killed_service_left_is_swept(tmp_path: Path) -> None:
    """Every kill -9 would leave a control group for ever."""
    gone = subprocess.Popen(["/bin/true"])
    gone.wait()
    (tmp_path / f"allclose-{gone.pid}-1").mkdir()
    (tmp_path / f"allclose-{os.getpid()}-1").mkdir()
    (tmp_path / "other").mkdir()
    cgroup._sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"allclose-{os.getpid()}-1", "other"]


def test_version_2_needs_both_controllers_handed_down(tmp_path: Path) -> None:
    """A group would be made where its limits have no effect, and be believed to hold."""
    own = tmp_path / "user.slice" / "session.scope"
    own.mkdir(parents=True)
    (own / "cgroup.subtree_control").write_text("")
    (own.parent / "cgroup.subtree_control").write_text("memory")
    assert cgroup._delegated(tmp_path, "/user.slice/session.scope") == {}
    (own.parent / "cgroup.subtree_control").write_text("cpu memory pids")
    found = cgroup._delegated(tmp_path, "/user.slice/session.scope")
    assert found == {"memory": own.parent, "pids": own.parent}


def test_no_group_is_made_where_none_can_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The sandbox would not start on a machine without control groups."""
    monkeypatch.setattr(cgroup, "hierarchies", lambda: ({}, {}))
    assert cgroup.make(1 << 30, 100) is None
    nowhere = {"memory": tmp_path / "missing", "pids": tmp_path / "missing"}
    monkeypatch.setattr(cgroup, "hierarchies", lambda: (nowhere, {}))
    assert cgroup.make(1 << 30, 100) is None
