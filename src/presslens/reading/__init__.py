"""Reading: one reader per format, and the cleaning that all of them share."""
