"""An order from concept to close: given, corrected, changed, stopped."""
