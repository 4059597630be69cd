"""`build.py watch` run as its users run it, and asked as a browser asks it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_S = 60
"""A busy machine builds a small publication in that time."""


@dataclass
class Answer:
    """What the server says to one request."""

    status: int
    headers: dict[str, str]
    body: bytes


class Preview:
    """A preview that runs."""

    def __init__(self, project: Path, *options: str, temporary: Path | None = None) -> None:
        command = [sys.executable, str(ROOT / "build.py"), "watch", "--project", str(project), *options]
        environment = os.environ | ({"TMPDIR": str(temporary)} if temporary else {})
        self.project = project
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        self.said: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.address = self._address()
        split = urlsplit(self.address)
        assert split.port is not None
        self.port, self.path = split.port, split.path
        self.states: list[dict[str, Any]] = []
        self.problems: list[dict[str, Any]] = []
        """The last ones told."""
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def ask(
        self, name: str, fields: dict[str, str] | None = None, *, path: str | None = None, **headers: str
    ) -> Answer:
        """Send a request below the secret, or to another path; a POST if there are fields."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        body = urlencode(fields) if fields is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        connection.request("GET" if body is None else "POST", path or self.path + name, body, {**kind, **headers})
        answer = connection.getresponse()
        given = Answer(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())
        connection.close()
        return given

    def settled(self, number: int) -> dict[str, Any]:
        """Wait until so many builds have come to an end; returns the state after the last."""
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            if self.states and self.states[-1]["number"] >= number:
                return self.states[-1]
            time.sleep(0.02)
        raise AssertionError(f"build {number} never came:\n{''.join(self.said)}")

    def next(self, refused: bool | None = None) -> dict[str, Any]:
        """Wait for one more build than there were at the last call, and if asked, until what it came to is this."""
        state = self.settled(self.number + 1)
        while refused is not None and state["refused"] != refused:
            state = self.settled(state["number"] + 1)
        self.number = int(state["number"])
        return state

    number = 0

    def end(self) -> int:
        """Press Ctrl-C, and give the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE_S)
        self.reader.join(PATIENCE_S)
        return code

    def close(self) -> None:
        """Let go of what was read, once the preview has ended."""
        self.reader.join(PATIENCE_S)
        self.listener.join(PATIENCE_S)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def children(self) -> list[int]:
        """The processes that it and those have started, and that run."""
        found, left = [], [self.process.pid]
        while left:
            tasks = list(Path(f"/proc/{left.pop()}/task").glob("*/children"))
            new = [int(number) for task in tasks for number in task.read_text().split()]
            found, left = found + new, left + new
        return found

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.said.extend(self.process.stdout)

    def _address(self) -> str:
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends and self.process.poll() is None:
            for line in list(self.said):
                if line.startswith("preview: "):
                    return line.split()[1]
            time.sleep(0.02)
        raise AssertionError(f"there is no preview:\n{''.join(self.said)}")

    def _listen(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", self.path + "events")
        with closing(connection), connection.getresponse() as told:
            self._hear(told)

    def _hear(self, lines: Iterable[bytes]) -> None:
        name = ""
        for line in lines:
            if line.startswith(b"event: "):
                name = line[7:].strip().decode()
            elif line.startswith(b"data: ") and name in {"state", "problems"}:
                told = json.loads(line[6:])
                self.problems = told["problems"]
                if name == "state":
                    self.states.append(told)


@contextmanager
def previewing(project: Path, *options: str, temporary: Path | None = None) -> Iterator[Preview]:
    """Run a preview of a publication while the body of a `with` runs."""
    preview = Preview(project, *options, temporary=temporary)
    try:
        yield preview
    finally:
        if preview.process.poll() is None:
            preview.process.send_signal(signal.SIGTERM)
            try:
                preview.process.wait(30)
            except subprocess.TimeoutExpired:
                preview.process.kill()
                preview.process.wait()
        preview.close()


def assert_ended(processes: list[int]) -> None:
    """See that none of these processes runs any more; the one that keeps track of the others ends a moment later."""
    ends = time.monotonic() + 5
    while any(_runs(number) for number in processes) and time.monotonic() < ends:
        time.sleep(0.02)
    assert not [number for number in processes if _runs(number)]


def _runs(number: int) -> bool:
    try:
        status = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"  # or it has ended, and nobody has asked how
