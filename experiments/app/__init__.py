"""The page to explore: a server on this machine alone, and the same page as one file without a server."""
