"""The form in a browser: what it asks, what it is told, how it keeps (started by the verb `edit`)."""
