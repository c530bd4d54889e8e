"""The patterns the model is asked about: declared beforehand, run over draws, judged."""
