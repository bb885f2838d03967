"""decide() and its routes: a press, words, a file, the clock."""
