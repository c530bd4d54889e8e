"""Ready questions: each is an experiment and the answer that is read from its result.

>>> from calibration import posterior
>>> from experiments.questions import placement
>>> result = placement.experiment(draws=posterior(2), replicates=1, teams=[6]).run()
>>> placement.answer(result).question
'Which placement of the facilitator, how present, with which manager?'
"""
