"""Reporting: notebooks run by papermill, rendered to pages, with a manifest."""
