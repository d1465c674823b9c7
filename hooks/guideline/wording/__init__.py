"""Facts → sentences: the same facts in every language, from stored phrases and stored forms only."""
