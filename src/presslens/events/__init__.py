"""Events: verbs of action and the phrases around them, found without a parser."""
