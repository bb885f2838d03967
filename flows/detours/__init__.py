"""Off the straight way: send back, object, go on without a unit, undo."""
