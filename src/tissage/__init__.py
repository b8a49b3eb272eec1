"""Tissage: one thread from what residents say to what a municipality does."""

__version__ = "0.1.0"
