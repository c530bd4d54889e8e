"""How fast the model runs, and how near that is to what the machine can do: ``make bench``."""
