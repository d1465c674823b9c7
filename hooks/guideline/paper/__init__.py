"""Sheets, booklets and books as PDF, from the same words as the site."""
