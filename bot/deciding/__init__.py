"""Decisions on ready inbox items and ticks, one transaction each."""
