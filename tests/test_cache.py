"""The cache gives back what was put there, or nothing; whatever happens to its folder, nobody is stopped."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from press.cache import Cache, key_of

KEY = key_of("a", "b")
CONTENT = b"\x00kept\n" * 3
ROOT = Path(__file__).resolve().parent.parent


class Kept:
    """A folder, and what was warned of it; each `cache` is that of a new process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warnings: list[str] = []

    def cache(self, limit_bytes: int = 10**6) -> Cache:
        return Cache(self.folder, limit_bytes, self.warnings.append)

    def entry(self, kind: str = "figure", key: str = KEY) -> Path:
        return self.folder / f"{kind}.{key}"


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    found = Kept(tmp_path / "cache")
    found.cache().put("figure", KEY, CONTENT)
    return found


def test_keys_tell_parts_apart() -> None:
    keys = {key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", ""), key_of(), key_of("")}
    assert len(keys) == 6
    assert key_of("é") == key_of("é".encode())


def test_entry_is_given_back_by_kind_and_key(kept: Kept) -> None:
    assert kept.cache().get("figure", KEY) == CONTENT
    assert kept.cache().get("part", KEY) is None
    assert kept.cache().get("figure", key_of("other")) is None
    assert kept.warnings == []


def test_names_that_are_no_kind_and_key_are_refused(kept: Kept) -> None:
    for kind, key in (("../x", KEY), ("figure", "../../x"), ("figure", KEY[:-1]), ("", KEY), ("Figure", KEY)):
        with pytest.raises(ValueError, match="no kind and key"):
            kept.cache().put(kind, key, b"")


def test_folder_of_a_cache_keeps_itself_out_of_git(kept: Kept) -> None:
    subprocess.run(["git", "init", "-q", str(kept.folder.parent)], check=True)
    status = ["git", "-C", str(kept.folder.parent), "status", "--porcelain", "--untracked-files=all"]
    assert subprocess.run(status, capture_output=True, text=True, check=True).stdout == ""


def test_every_byte_of_an_entry_is_checked(kept: Kept) -> None:
    whole = kept.entry().read_bytes()
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        for damaged in (bytes(flipped), whole[:at]):
            kept.entry().write_bytes(damaged)
            assert kept.cache().get("figure", KEY) is None, at
            assert not kept.entry().exists()
    kept.entry().write_bytes(whole + b"\n")
    assert kept.cache().get("figure", KEY) is None
    assert len(kept.warnings) == 2 * len(whole) + 1
    assert all("it is deleted and made again" in line for line in kept.warnings)


def test_large_entry_is_found_damaged_wherever_it_is(kept: Kept) -> None:
    chance = random.Random(12)
    kept.cache().put("figure", KEY, chance.randbytes(200_000))
    whole = kept.entry().read_bytes()
    for _ in range(200):
        at = chance.randrange(len(whole))
        damaged = whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :]
        kept.entry().write_bytes(chance.choice([damaged, whole[:at]]))
        assert kept.cache().get("figure", KEY) is None


def test_damage_is_told_once_and_the_entry_made_again(kept: Kept) -> None:
    other = key_of("other")
    cache = kept.cache()
    for key in (KEY, other):
        kept.entry(key=key).write_bytes(b"neither ours nor whole")
    assert (cache.get("figure", KEY), cache.get("figure", other)) == (None, None)
    assert len(kept.warnings) == 1
    assert str(kept.entry()) in kept.warnings[0]
    cache.put("figure", KEY, CONTENT)
    assert kept.cache().get("figure", KEY) == CONTENT


def test_entry_under_anothers_name_is_not_used(kept: Kept) -> None:
    other = key_of("other")
    for entry in (kept.entry(key=other), kept.entry("part")):
        entry.write_bytes(kept.entry().read_bytes())
    assert kept.cache().get("figure", other) is None
    assert kept.cache().get("part", KEY) is None
    assert ["under another's name" in line for line in kept.warnings] == [True, True]
    assert kept.cache().get("figure", KEY) == CONTENT


def test_entry_that_is_no_file_is_not_followed(kept: Kept, tmp_path: Path) -> None:
    whole = tmp_path / "elsewhere"
    whole.write_bytes(kept.entry().read_bytes())
    kept.entry().unlink()
    kept.entry().symlink_to(whole)
    assert kept.cache().get("figure", KEY) is None
    assert whole.is_file()
    assert not kept.entry().is_symlink()
    os.mkfifo(kept.entry())  # reading it would wait for ever
    assert kept.cache().get("figure", KEY) is None
    kept.entry().mkdir()
    assert kept.cache().get("figure", KEY) is None
    kept.cache().put("figure", KEY, CONTENT)
    assert len(kept.warnings) == 4


def test_nothing_that_runs_code_is_read() -> None:
    """A pickle that somebody puts there is bytes: neither this module nor what it imports loads it."""
    imported = "import sys, press.cache; print('pickle' in sys.modules, 'marshal' in vars(press.cache))"
    run = subprocess.run([sys.executable, "-c", imported], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.split() == ["False", "False"]


WRITER = """
import random, sys
from pathlib import Path
from press.cache import Cache, key_of
chance, warnings = random.Random(sys.argv[2]), []
cache = Cache(Path(sys.argv[1]), 40_000, warnings.append, memory_bytes=0)
for _ in range(400):
    number = chance.randrange(20)
    content = str(number).encode() * 2000
    found = cache.get("part", key_of(str(number)))
    assert found in (None, content), number
    cache.put("part", key_of(str(number)), content)
    if chance.random() < 0.1:
        cache.prune()
assert warnings == [], warnings
"""


def test_processes_share_a_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "cache")]
    running = [subprocess.Popen([*command, str(seed)], stderr=subprocess.PIPE, text=True, cwd=ROOT) for seed in (1, 2)]
    assert [(each.communicate()[1], each.returncode) for each in running] == [("", 0), ("", 0)]
    assert not list((tmp_path / "cache").glob("*.unfinished"))


def test_threads_share_a_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path, memory_bytes=5000)
    wrong: list[int] = []

    def work() -> None:
        for number in range(200):
            cache.put("part", key_of(str(number % 10)), bytes([number % 10]) * 1000)
            if cache.get("part", key_of(str(number % 10))) != bytes([number % 10]) * 1000:
                wrong.append(number)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert cache._held_bytes == sum(map(len, cache._memory.values())) <= 5000


def test_what_was_used_last_stays_longest(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    cache = kept.cache()
    keys = [key_of(str(number)) for number in range(6)]
    for age, key in enumerate(keys):
        cache.put("part", key, bytes(1000))
        os.utime(kept.entry("part", key), (1000 + age, 1000 + age))
    assert kept.cache().get("part", keys[0]) is not None  # from the disk
    assert cache.get("part", keys[1]) is not None  # from memory
    kept.cache(4500).prune()
    assert [key for key in keys if kept.entry("part", key).exists()] == [keys[0], keys[1], keys[4], keys[5]]
    assert sum(path.stat().st_size for path in tmp_path.glob("part.*")) <= 4500


def test_prune_takes_what_killed_builds_left_and_nothing_of_others(kept: Kept) -> None:
    left, begun, foreign = (kept.folder / name for name in (".a.unfinished", ".b.unfinished", "notes.txt"))
    for path in (left, begun, foreign):
        path.write_bytes(bytes(100))
    for path in (left, foreign):
        os.utime(path, (1000, 1000))
    kept.cache(0).prune()
    assert sorted(path.name for path in kept.folder.iterdir()) == [
        *(".b.unfinished", ".gitignore", "CACHEDIR.TAG", "notes.txt")
    ]


def test_clear_takes_entries_and_leaves_what_is_not_its_own(kept: Kept) -> None:
    foreign = kept.folder / "notes.txt"
    foreign.write_text("mine", encoding="utf-8")
    kept.cache().clear()
    assert kept.cache().get("figure", KEY) is None
    assert foreign.exists()
    foreign.unlink()
    cache = kept.cache()
    cache.put("figure", KEY, CONTENT)
    cache.clear()
    assert cache.get("figure", KEY) is None
    assert not kept.folder.exists()
    cache.clear()
    assert kept.warnings == []


def test_without_a_folder_entries_are_held_in_memory_within_a_bound() -> None:
    cache = Cache(None, memory_bytes=3000)
    keys = [key_of(str(number)) for number in range(4)]
    for key in keys[:3]:
        cache.put("part", key, bytes(1000))
    assert cache.get("part", keys[0]) == bytes(1000)
    cache.put("part", keys[3], bytes(1000))
    assert [cache.get("part", key) is not None for key in keys] == [True, False, True, True]
    cache.put("part", keys[1], bytes(3001))  # too large to be held, and no reason to let the others go
    assert [cache.get("part", key) is not None for key in keys] == [True, False, True, True]
    cache.prune()
    cache.clear()
    assert cache.get("part", keys[0]) is None


UNWRITABLE = """
import json, os, resource, sys
from pathlib import Path
from press.cache import Cache, key_of
folder, how, warnings = Path(sys.argv[1]), sys.argv[2], []
if how == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
else:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
cache = Cache(folder, 10**6, warnings.append)
old = cache.get("figure", key_of("a", "b"))
for name in ("x", "y"):
    cache.put("part", key_of(name), bytes(5000))
cache.prune()
held = [len(cache.get("part", key_of(name))) for name in ("x", "y")]
print(json.dumps([old is not None, held, warnings, sorted(each for each in os.listdir(sys.argv[3]))]))
"""


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that anybody may enter; pytest's own let only their owner in."""
    folder = Path(tempfile.mkdtemp(prefix="press-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("how", "mode", "is_read", "said"),
    [
        ("full", 0o755, True, "File too large"),
        ("other user", 0o555, True, "Permission denied"),
        ("other user", 0o000, False, "Permission denied"),
    ],
    ids=["full", "read-only", "forbidden"],
)
def test_folder_that_takes_nothing_stops_nobody(
    open_folder: Path, how: str, mode: int, is_read: bool, said: str
) -> None:
    if how != "full" and os.geteuid() != 0:
        pytest.skip("only root can become another user")
    folder = open_folder / "cache"
    Cache(folder).put("figure", KEY, CONTENT)
    for path in folder.iterdir():
        path.chmod(0o644)
    folder.chmod(mode)
    try:
        command = [sys.executable, "-c", UNWRITABLE, str(folder), how, str(open_folder)]
        run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    finally:
        folder.chmod(0o755)
    was_read, held, warnings, beside = json.loads(run.stdout)
    assert was_read is is_read
    assert held == [5000, 5000]
    assert [said in line for line in warnings] == [True] * (1 if is_read else 2)
    assert beside == ["cache"]
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "CACHEDIR.TAG", f"figure.{KEY}"]


def test_folder_that_cannot_be_made_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = Kept(tmp_path / "file" / "cache")
    cache = kept.cache()
    assert cache.get("figure", KEY) is None
    cache.put("figure", KEY, CONTENT)
    assert cache.get("figure", KEY) == CONTENT
    cache.prune()
    cache.clear()
    assert len(kept.warnings) == 2
