"""Breakdowns: the tables behind the reports, made from a selection, one module per report."""
