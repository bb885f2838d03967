"""Forms, checks of the sheets sent back, the number grammar, classes and averages."""
