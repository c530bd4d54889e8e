"""Pictures can be read in grey print and by colour-blind readers."""

import itertools
from collections.abc import Callable

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from experiments.plots import items, style
from experiments.plots.hours import ACTORS, FILLS, kinds

#: Dichromacy on linear RGB, severity 1 (Machado, Oliveira and Fernandes 2009).
PROTAN = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
DEUTAN = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
TRITAN = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
GREY = [[0.2126, 0.7152, 0.0722]] * 3
EYES = {"usual": np.eye(3), "protan": PROTAN, "deutan": DEUTAN, "tritan": TRITAN, "grey print": GREY}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = XYZ.sum(axis=1)

each_eye = pytest.mark.parametrize("eye", EYES)


def lab(colours: np.ndarray, eye: str) -> np.ndarray:
    """Return CIELAB of sRGB colours ``[..., channel]`` as an eye sees them."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(EYES[eye]).T, 0.0, 1.0)
    t = seen @ XYZ.T / WHITE
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1
    )


def apart(one: str, two: str, eye: str) -> float:
    """Return how far two colours are apart, in CIELAB; some 2 can just be seen side by side."""
    colours = np.array([to_rgb(one), to_rgb(two)])
    return float(np.linalg.norm(np.subtract(*lab(colours, eye))))


def test_the_simulation_is_one_of_colour_blindness() -> None:
    red, green = "#C00000", "#3C8000"
    assert apart(red, green, "usual") > 80
    assert apart(red, green, "deutan") < 40
    assert apart("#000000", "#FFFFFF", "grey print") == pytest.approx(100.0, abs=0.1)


@each_eye
def test_the_first_two_programmes_and_none_are_told_apart_by_colour_or_line(eye: str) -> None:
    looks = [*style.LOOKS, style.NO_SIP_LOOK]
    for one, two in itertools.combinations(looks, 2):
        assert one.line != two.line
        assert one.marker != two.marker
    for look in looks:
        assert apart(look.colour, "#FFFFFF", eye) > 20, "a line fades on white"


@each_eye
@pytest.mark.parametrize("actor", ACTORS)
def test_kinds_of_hours_are_told_apart_by_pattern_or_lightness(actor: str, eye: str) -> None:
    fills = {kind: FILLS[kind] for kind in kinds(actor)}
    for (one, a), (two, b) in itertools.combinations(fills.items(), 2):
        assert a.hatch != b.hatch or apart(a.colour, b.colour, eye) > 15, (one, two)


@each_eye
@pytest.mark.parametrize("name", [items.LEVELS, items.GAINS])
def test_a_heat_maps_colours_rise_evenly_in_lightness(name: str, eye: str) -> None:
    steps: Callable[[np.ndarray], np.ndarray] = mpl.colormaps[name]
    lightness = lab(steps(np.linspace(0.0, 1.0, 33))[:, :3], eye)[:, 0]
    change = np.diff(lightness)
    assert (np.sign(change) == np.sign(change[0])).all()
    assert abs(lightness[-1] - lightness[0]) > 50


def test_numbers_in_cells_stand_out_from_them() -> None:
    for share in np.linspace(0.0, 1.0, 21):
        ground = np.array(mpl.colormaps[items.GAINS](share)[:3])
        ink = np.array(to_rgb("white" if share > items.DARK else style.INK))
        light, dark = sorted((lab(ground, "usual")[0], lab(ink, "usual")[0]), reverse=True)
        luminance = [((value + 16) / 116) ** 3 for value in (light, dark)]
        assert (luminance[0] + 0.05) / (luminance[1] + 0.05) > 3.5, share
