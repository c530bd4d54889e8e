"""The documents build as a site without a warning; its links lead somewhere, and it needs no network."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from results import environment

from experiments.tables import DOCS

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
pytestmark = pytest.mark.slow


class Page(HTMLParser):
    """What a page loads, where it links to, and which anchors it has."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value for name, value in attrs if value}
        self.anchors.update(filter(None, (found.get("id"), found.get("name"))))
        if tag in LOADED and LOADED[tag] in found:
            self.loads.append(found[LOADED[tag]])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx", reason="pip install 'crtsip[docs]'")
    pytest.importorskip("furo", reason="pip install 'crtsip[docs]'")
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going"]
    places = ["-d", str(folder / "trees"), str(DOCS), str(folder / "html")]
    done = subprocess.run([*build, *places], capture_output=True, text=True, env=environment(), check=False)
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(site.rglob("*.html"))}


def test_every_page_of_the_documents_is_in_the_site(site: Path, pages: dict[Path, Page]) -> None:
    wanted = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")}
    assert wanted - {path.relative_to(site) for path in pages} == set()


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    assert [load for page in pages.values() for load in page.loads if re.match(r"(\w+:)?//", load)] == []
    sheets = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert not re.search(r"@import|url\(['\"]?(https?:)?//", sheets)


def test_links_lead_to_pages_and_places_that_are_there(pages: dict[Path, Page]) -> None:
    broken = []
    for path, page in pages.items():
        for link in page.links:
            address, place = urldefrag(unquote(link))
            if re.match(r"\w+:", address):
                continue
            target = (path.parent / address).resolve() if address else path
            known = pages.get(target)
            if not target.exists() or (place and known is not None and place not in known.anchors):
                broken.append(f"{path.name}: {link}")
    assert broken == []


def test_the_search_needs_no_server(site: Path) -> None:
    assert (site / "searchindex.js").read_text(encoding="utf-8").startswith("Search.setIndex(")
