"""Products of means without the luck in them.

A mean over replicates still holds luck; squared, it adds luck's variance to that of the parameters. All draws share the
luck of a replicate, so that it cannot be taken for independent noise either. The product of two *different* replicates
has neither fault: its expectation is the product of what is expected over luck (a U-statistic).
"""

import numpy as np


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the mean of ``a[..., r] b[..., s]`` over all pairs of replicates r and s that differ, ``[...]``.

    With one replicate luck cannot be told apart, and the plain product is returned.
    """
    count = a.shape[-1]
    plain = a.mean(axis=-1) * b.mean(axis=-1)
    if count == 1:
        return np.asarray(plain)
    return np.asarray((count * plain - (a * b).mean(axis=-1)) / (count - 1))


def centred(y: np.ndarray) -> np.ndarray:
    """Return ``y[draw, replicate]`` about the mean of each replicate."""
    return np.asarray(y - y.mean(axis=0))


def variance(y: np.ndarray) -> float:
    """Return the variance over draws of what is expected over luck, at least 0."""
    return max(0.0, float(product(centred(y), centred(y)).mean()))


def luck_shares(y: np.ndarray) -> tuple[float, float]:
    """Return luck's share in the variance of single replicates, and in that of their mean over replicates."""
    signal, single, mean = variance(y), float(np.var(y)), float(np.var(y.mean(axis=1)))
    if y.shape[1] == 1 or single == 0.0:
        return 0.0, 0.0
    return max(0.0, 1.0 - signal / single), max(0.0, 1.0 - signal / mean) if mean > 0.0 else 0.0


def weights(rows: int, resamples: int, seed: int) -> np.ndarray:
    """Return bootstrap weights ``[resample, row]``, each resample's adding up to 1."""
    generator = np.random.Generator(np.random.PCG64(seed))
    return generator.multinomial(rows, np.full(rows, 1.0 / rows), size=resamples) / rows


def interval(resampled: np.ndarray) -> np.ndarray:
    """Return 2.5 and 97.5 per cent of ``resampled[resample, factor]``, ``[factor, end]``."""
    return np.asarray(np.quantile(resampled, [0.025, 0.975], axis=0).T)
