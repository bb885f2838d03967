"""The decisions: pure functions over plain values, and the SOPs themselves."""
