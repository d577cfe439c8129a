"""Promises: all of them, how they stand, and every move of each."""
