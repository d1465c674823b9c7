"""The data as a workbook of spreadsheets, and back."""
