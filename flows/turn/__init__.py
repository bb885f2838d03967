"""One command being decided: who may, what opens and ends, task messages and their endings."""
