"""The shipped models: what they read, how they run and what they say of every word."""
