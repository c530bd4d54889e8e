"""The pictures of the page in the documents: ``python tests/browser/screenshots.py`` takes them anew.

They need Chromium and take a minute or two; with other draws or presets they are to be taken again, and looked at.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from browsing import browser, page  # noqa: E402
from serving import served  # noqa: E402

from calibration import posterior  # noqa: E402
from experiments.app import explorer  # noqa: E402
from experiments.app.desk import Desk  # noqa: E402
from experiments.teams import SIX  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
COMPARED = "a=internal-12&b=internal-12&b.months=24&team=2"
NOTES = "note-question=Does+a+second+year+pay%3F&note-hypothesis=Yes%3A+things+take+time.&note-direction=b"
GAME = "tab=play&play.team=2&play.draw=4&play.decisions=1:2,0.2,0.1,0;4:1,0,0.3,0.1"
#: What is shown: name, address, what to wait for, and options of the browser.
SHOTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("app-compare", COMPARED, "[data-replicates='4']:not([aria-busy])", {}),
    ("app-six", "", "[data-replicates='4']:not([aria-busy])", {}),
    ("app-predict", f"{COMPARED}&predict=first&{NOTES}", "#reveal", {}),
    ("app-watch", f"{COMPARED}&tab=watch&week=41", ".stage", {}),
    ("app-play", f"{GAME}&play.played=4", "#deciding", {}),
    ("app-play-end", f"{GAME}&play.played=12", "#ending-of-game", {}),
)


def taken(opened: Any, address: str, name: str, wait: str, options: dict[str, Any]) -> Path:
    """Take a picture of the page at an address; return its file."""
    options = {"viewport": {"width": 1100, "height": 1400}, "reduced_motion": "reduce"} | options
    path = PICTURES / f"{name}.png"
    with page(opened, **options) as view:
        view.goto(address)
        view.wait_for_selector(wait)
        if name == "app-watch":
            view.locator(".stage.a .seat").nth(4).click()
        view.screenshot(path=path)
    return path


def main() -> None:
    """Take all pictures; the file's from a small grid of few draws, which its text tells."""
    with browser() as opened, tempfile.TemporaryDirectory() as folder:
        with served(Desk(posterior(200))) as address:
            for name, chosen, wait, options in SHOTS:
                print(taken(opened, f"{address}#{chosen}", name, wait, options))
        result = explorer.experiment(posterior(60), replicates=1, seed=1, teams=SIX).run(workers=2)
        file = explorer.write(result, Path(folder) / "explorer.html")
        print(taken(opened, f"{file.as_uri()}#b=external-24&team=2", "app-file", "#answer", {}))


if __name__ == "__main__":
    main()
