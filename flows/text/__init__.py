"""Text as people wrote it: cleaned, folded, YAML with every mistake."""
