"""Text that people write: cleaned, folded, compared; YAML with every mistake."""
