"""Departures from the normal order of steps: return, objection, skipping of a unit, undo."""
