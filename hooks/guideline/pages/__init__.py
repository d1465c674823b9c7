"""Which pages the data make, and what stands on them, in each language."""
