"""Dialogs: their questions, what is typed in answer, and the draft that holds the answers."""
