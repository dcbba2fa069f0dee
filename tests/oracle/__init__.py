"""Slow, plain reckonings of the contests, written apart from the program so that each can be held against the other."""
