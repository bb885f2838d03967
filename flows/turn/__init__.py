"""One command being decided: who may, what opens and ends, dialogs, task messages."""
