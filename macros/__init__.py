"""The VBA of the Excel add-in, as text."""
