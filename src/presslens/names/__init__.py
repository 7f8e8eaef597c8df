"""Names: what tells persons, organisations, places and groups apart without a model."""
