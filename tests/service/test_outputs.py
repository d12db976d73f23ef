"""Outputs on disk: whatever happens to the folder, an entry is whole and its own, or it is a miss."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

from app.database import outputs
from app.database.outputs import DiskCache
from app.settings import Settings
from sandbox import arrays
from tests.service.nursery import ROOT

KEYS = [f"{number:064x}" for number in range(40)]
VALUES = (
    np.arange(6, dtype=np.float32).reshape(2, 3),
    np.array([1.5, -2], ml_dtypes.bfloat16),
    np.array(True),
    np.zeros((0, 4), np.complex64),
)
CAPACITY = 1 << 20


@pytest.fixture
def cache(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "outputs", CAPACITY)


def _size(folder: Path) -> int:
    """Bytes on disk of all files."""
    return sum(file.stat().st_blocks * 512 for file in folder.iterdir())


def test_outputs_outlive_the_process(cache: DiskCache, tmp_path: Path) -> None:
    """After every restart a course would be evaluated again, or with other bits."""
    cache.put(KEYS[0], VALUES)
    found = DiskCache(tmp_path / "outputs", CAPACITY).get(KEYS[0])
    assert found is not None
    assert arrays.digest(found) == arrays.digest(VALUES)
    assert cache.get(KEYS[1]) is None
    cache.get(KEYS[0])
    assert (cache.hits, cache.misses) == (1, 1)


def test_other_users_cannot_read_them(cache: DiskCache, tmp_path: Path) -> None:
    """What a program makes of hidden inputs often tells them."""
    cache.put(KEYS[0], VALUES)
    folder = tmp_path / "outputs"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())


def _flip(place: int) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[place] ^= 1
        path.write_bytes(content)

    return damage


def _of_another(path: Path) -> None:
    """The entry of another key, under this one."""
    other = DiskCache(path.parent, CAPACITY)
    other.put(KEYS[1], (np.zeros(6, np.float32),))
    (path.parent / KEYS[1]).replace(path)


def _link(path: Path) -> None:
    """A link to a sound entry: whoever can make one could make it lead anywhere."""
    path.replace(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def _pipe(path: Path) -> None:
    """Reading it waits for ever for somebody who writes."""
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "damage",
    [
        _flip(0),
        _flip(30),
        _flip(90),
        _flip(120),
        _flip(-1),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b"\0"),
        lambda path: path.write_bytes(b""),
        lambda path: os.truncate(path, CAPACITY),
        lambda path: path.write_bytes(arrays.dumps(VALUES)),
        _of_another,
        _link,
        _pipe,
    ],
    ids=str,
)
def test_a_damaged_or_foreign_entry_is_a_miss_and_goes(
    cache: DiskCache, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """A torn write, a failing disk or somebody's slip would give a learner another program's outputs."""
    cache.put(KEYS[0], VALUES)
    damage(tmp_path / "outputs" / KEYS[0])
    assert cache.get(KEYS[0]) is None
    assert not os.path.lexists(tmp_path / "outputs" / KEYS[0])
    cache.put(KEYS[0], VALUES)
    assert cache.get(KEYS[0]) is not None


def test_a_folder_in_an_entry_s_place_is_a_miss(cache: DiskCache, tmp_path: Path) -> None:
    """Judging would end in an exception of ours, attempt after attempt."""
    (tmp_path / "outputs" / KEYS[0] / "inside").mkdir(parents=True)
    assert cache.get(KEYS[0]) is None
    cache.put(KEYS[0], VALUES)
    assert cache.get(KEYS[0]) is None


def test_it_stays_within_its_bytes_and_forgets_what_was_used_longest_ago(cache: DiskCache, tmp_path: Path) -> None:
    """A course would fill the disk, or lose the answers that everybody gives."""
    large = (np.zeros(11_000, np.float32),)
    for number, name in enumerate(KEYS):
        cache.put(name, large)
        os.utime(tmp_path / "outputs" / name, (number, number))
        assert cache.get(KEYS[0]) is not None
        assert _size(tmp_path / "outputs") <= CAPACITY
    kept = [name for name in KEYS if (tmp_path / "outputs" / name).exists()]
    assert len(kept) >= 15
    assert kept == [KEYS[0], *KEYS[len(KEYS) - len(kept) + 1 :]]


def test_small_entries_are_counted_as_the_disk_counts_them(tmp_path: Path) -> None:
    """A million results of four bytes would take a thousand times the room they were given."""
    small = DiskCache(tmp_path / "outputs", 64 << 12)
    for number in range(200):
        small.put(f"{number:064x}", (np.zeros(1, np.float32),))
    assert len(list((tmp_path / "outputs").iterdir())) <= 64


def test_what_is_too_large_for_a_part_is_not_kept(cache: DiskCache, tmp_path: Path) -> None:
    """One result would push out all others."""
    cache.put(KEYS[0], (np.zeros(CAPACITY // 4 // 16, np.float32),))
    assert not list((tmp_path / "outputs").iterdir())


def test_a_smaller_capacity_holds_from_the_start(cache: DiskCache, tmp_path: Path) -> None:
    """An operator who gives it less room would wait for the next write to get it."""
    for name in KEYS:
        cache.put(name, VALUES)
    DiskCache(tmp_path / "outputs", 16 << 12)
    assert len(list((tmp_path / "outputs").iterdir())) <= 16


def test_what_a_killed_process_left_half_written_goes(cache: DiskCache, tmp_path: Path) -> None:
    """Each kill would leave a file behind for ever; one that is being written must stay."""
    old, young = tmp_path / "outputs" / ".new-old", tmp_path / "outputs" / ".new-young"
    old.write_bytes(b"half")
    young.write_bytes(b"half")
    os.utime(old, (time.time() - 3600,) * 2)
    DiskCache(tmp_path / "outputs", CAPACITY)
    assert [old.exists(), young.exists()] == [False, True]


def test_a_folder_that_cannot_be_used_costs_nothing_but_time(tmp_path: Path) -> None:
    """A full or foreign disk would keep attempts from being judged."""
    (tmp_path / "outputs").write_text("a file")
    cache = DiskCache(tmp_path / "outputs", CAPACITY)
    cache.put(KEYS[0], VALUES)
    assert cache.get(KEYS[0]) is None


def test_an_operator_can_do_without(tmp_path: Path) -> None:
    """A machine without room to spare could not run the service."""
    assert outputs.opened(Settings(data_dir=tmp_path, cache_mb=0)) is None
    assert list(tmp_path.iterdir()) == []
    assert outputs.opened(Settings(data_dir=tmp_path, cache_mb=1)) is not None


_WORKER = """
import sys
from pathlib import Path
import numpy as np
from app.database.outputs import DiskCache
cache = DiskCache(Path(sys.argv[1]), 64 << 12)
generator = np.random.default_rng(int(sys.argv[2]))
for _ in range(1500):
    number = int(generator.integers(100))
    if generator.random() < 0.5:
        cache.put(f"{number:064x}", (np.full(500, number, np.float32),))
    else:
        found = cache.get(f"{number:064x}")
        assert found is None or (found[0] == number).all()
assert cache.hits > 50, cache.hits
"""


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    """A command beside the service would read what is being written, or take away what is being read."""
    folder = tmp_path / "outputs"
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", _WORKER, str(folder), str(seed)], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for seed in (1, 2)
    ]
    ends = [(worker.communicate(timeout=120)[1], worker.returncode) for worker in workers]
    assert [status for _, status in ends] == [0, 0], ends
    assert "damaged" not in "".join(told for told, _ in ends)
    assert len(list(folder.iterdir())) <= 64 + 4
    assert not list(folder.glob(".new-*"))
