"""A command-line record of political detainees and their releases."""

__version__ = "0.1.0"
