"""The Chromium of this machine, in which long tests and the bench look at pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def chromium(*options: str) -> Iterator[Browser]:
    """Run it, with options of its command line, while the body of a `with` runs."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found is not None, "there is no Chromium on this machine: run `make browser`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(options))
        yield browser
        browser.close()
