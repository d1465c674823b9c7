"""Programmes of municipalities: from YAML facts to sentences, cards and pages, in plain Python."""
