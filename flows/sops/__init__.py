"""An SOP as defined, what may be wrong with it, the vocabulary of kinds."""
