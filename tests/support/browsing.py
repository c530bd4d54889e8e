"""A real Chromium for tests, which may ask this machine alone; where there is none, tests say what to install."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

#: Milliseconds for what is to come: a busy machine takes a part of it, a fault all of it.
PATIENCE = 120_000.0
ARGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
]


def chromium() -> str:
    """Return the browser's path, or skip the test."""
    pytest.importorskip("playwright", reason="needs Playwright: pip install 'crtsip[test]'")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("needs Chromium: apt install chromium")
    return found


@contextmanager
def browser() -> Iterator[Any]:
    """Open the browser."""
    executable = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=executable, args=ARGS, timeout=PATIENCE)
        yield opened
        opened.close()


@contextmanager
def page(opened: Any, **options: Any) -> Iterator[Any]:
    """Open a page that is blocked from all but this machine; at its end nothing was asked elsewhere, nothing failed."""
    context = opened.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
    context.set_default_timeout(PATIENCE)
    foreign: list[str] = []
    wrong: list[str] = []

    def only_here(route: Any) -> None:
        if route.request.url.startswith(("http://127.0.0.1:", "file://", "blob:", "data:")):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    context.route("**/*", only_here)
    found = context.new_page()
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield found
    context.close()
    assert foreign == []
    assert [text for text in wrong if "422" not in text] == []
