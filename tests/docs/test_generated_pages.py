"""Pages that computing makes say what they rest on, and are stale when that has changed."""

import re

from calibration import posterior
from calibration.inference.report import page
from calibration.shipped import diagnostics
from experiments.prior_checks import PAGE, priors_hash
from experiments.showcase import PICTURES, README, inputs_hash
from experiments.validation.__main__ import PAGE as PATTERNS
from experiments.validation.patterns import declarations_hash, patterns


def test_the_prior_checks_are_those_of_todays_priors():
    found = re.search(r"<!-- priors: (\w+) -->", PAGE.read_text(encoding="utf-8"))
    assert found is not None
    assert found.group(1) == priors_hash(), "stale: python -m experiments.prior_checks"


def test_every_prior_check_holds_or_the_page_says_so_in_bold():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.endswith("holds |")]
    assert len(rows) == 7
    assert "does not hold" not in PAGE.read_text(encoding="utf-8")


def test_the_readmes_headline_rests_on_todays_draws_priors_and_presets():
    found = re.search(r"<!-- headline (\w+) -->", README.read_text(encoding="utf-8"))
    assert found is not None, "no headline: python -m experiments.showcase RESULT"
    assert found.group(1) == inputs_hash(), "stale: crtsip demo, then python -m experiments.showcase RESULT"


def test_the_readmes_pictures_are_there():
    for name in re.findall(r"\(docs/pictures/([\w-]+\.svg)\)", README.read_text(encoding="utf-8")):
        assert (PICTURES / name).read_text(encoding="utf-8").lstrip().startswith("<?xml")


def test_the_patterns_page_is_that_of_todays_declarations_and_draws():
    text = PATTERNS.read_text(encoding="utf-8")
    found = re.search(r"<!-- declarations: (\w+) -->", text)
    assert found is not None
    assert found.group(1) == declarations_hash(), "stale: python -m experiments.validation"
    assert f"of kind **{posterior().kind}**" in text, "stale: python -m experiments.validation"


def test_the_patterns_page_shows_every_pattern_with_its_verdict():
    text = PATTERNS.read_text(encoding="utf-8")
    for pattern in patterns():
        assert f"`{pattern.id}`: {pattern.title}" in text
        assert f"### {pattern.title}" in text


def test_the_validation_page_is_that_of_the_shipped_calibration_with_its_pictures():
    text = (PICTURES.parent / "validation.md").read_text(encoding="utf-8")
    assert text == page(diagnostics()), "stale: make calibrate"
    pictures = re.findall(r"\(pictures/([\w-]+\.svg)\)", text)
    assert len(pictures) == 5
    assert all((PICTURES / name).is_file() for name in pictures)
