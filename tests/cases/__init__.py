"""Cases as data: a folder each, with what goes in and what must come out."""
