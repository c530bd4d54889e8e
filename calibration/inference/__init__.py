"""From the six teams' records to draws: a bank of simulations under the prior, weighted by what the records say."""
