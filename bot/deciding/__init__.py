"""The office loop: ready items decided, one transaction each."""
