"""When is which programme better: rules over context and parameters, tested out of sample, and regret."""
