"""The wheel: it holds what the program reads, and works far from the source tree."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.xdist_group("packaging"),
    pytest.mark.skipif(os.name == "nt", reason="the paths of an environment are those of POSIX systems"),
]

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("model", "experiments", "calibration")
SUFFIXES = {".py", ".toml", ".json", ".parquet", ".html", ".css", ".js", ".svg", ".j2"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMPARE = shlex.split(
    "compare internal-12 external-12 --team 6 --draws 2 --replicates 1 --months 3 --follow-up 0 "
    "--json --quiet"
)


@dataclass(frozen=True)
class Installation:
    """An environment that holds the wheel, and a directory that is not the source tree."""

    bin: Path
    elsewhere: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment from the foreign directory."""
        return run([str(self.bin / program), *arguments], self.elsewhere)


def run(command: list[str], directory: Path) -> subprocess.CompletedProcess[str]:
    """Run a command, with nothing in its surroundings that leads Python to the source tree."""
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return subprocess.run(
        command, cwd=directory, env=surroundings, capture_output=True, text=True, timeout=600, check=False
    )


def must(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a command printed, or fail with all it said."""
    assert done.returncode == 0, f"{done.args} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def files_of_the_tree() -> set[str]:
    """List the files of the three packages that the wheel has to hold."""
    return {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and (path.suffix in SUFFIXES or path.name == "py.typed")
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that an old build in the tree can neither help nor harm."""
    directory = tmp_path_factory.mktemp("wheel")
    source = directory / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(directory), "."]
    must(run(build, source))
    (built,) = directory.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel: Path) -> set[str]:
    """List the names in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Install the wheel in an environment that sees the libraries here, but not the source tree."""
    directory = tmp_path_factory.mktemp("installed")
    environment = directory / "environment"
    venv.create(environment, symlinks=True, with_pip=False)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    must(run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], directory))

    # Added after the installation, lest pip find the editable install. Python does not read the .pth files of
    # a directory named in a .pth file, so the finder of the editable install stays out.
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    there = Path(must(run([str(python), "-c", ask], directory)).strip())
    (there / "libraries.pth").write_text("".join(f"{path}\n" for path in sorted(here)))

    elsewhere = directory / "elsewhere"
    elsewhere.mkdir()
    return Installation(environment / "bin", elsewhere)


def test_the_wheel_holds_every_file_the_program_reads(contents: set[str]) -> None:
    missing = files_of_the_tree() - contents
    assert not missing


def test_the_files_named_in_the_documents_are_in_the_wheel(contents: set[str]) -> None:
    assert "calibration/data/six_teams.toml" in contents
    assert any(PurePosixPath(name).match("model/presets/*.toml") for name in contents)
    assert {f"{package}/py.typed" for package in PACKAGES} <= contents


def test_the_wheel_holds_nothing_but_the_three_packages(contents: set[str]) -> None:
    metadata = f"crtsip-{PROJECT['version']}.dist-info"
    assert {name.partition("/")[0] for name in contents} == {*PACKAGES, metadata}
    assert not [name for name in contents if "__pycache__" in name]


def test_the_installed_packages_are_the_wheels_own(installation: Installation) -> None:
    ask = f"import {', '.join(PACKAGES)}\nfor p in ({', '.join(PACKAGES)}): print(p.__file__)"
    places = must(installation.run("python", "-c", ask)).split("\n")[:-1]
    environment = installation.bin.parent
    assert len(places) == len(PACKAGES)
    assert all(Path(place).is_relative_to(environment) for place in places)


def test_the_installed_command_says_its_version(installation: Installation) -> None:
    assert PROJECT["version"] in must(installation.run("crtsip", "--version"))


def test_the_installed_command_finds_its_presets(installation: Installation) -> None:
    presets = must(installation.run("crtsip", "presets"))
    assert "internal-12" in presets
    assert "external-12" in presets


def test_the_installed_command_compares_from_a_foreign_directory(installation: Installation) -> None:
    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is not JSON")

    summary = json.loads(must(installation.run("crtsip", *COMPARE)), parse_constant=refuse)
    assert {"internal-12", "external-12", "no-sip"} <= summary["scenarios"].keys()
    assert isinstance(summary["differences"], list)


def test_every_declared_library_is_pinned_without_an_address() -> None:
    declared = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", text, flags=re.MULTILINE))
    assert {canonicalize_name(Requirement(line).name) for line in declared} - {"crtsip"} <= pinned
    assert "://" not in text
