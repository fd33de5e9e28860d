"""The record as lists: what `tracker export` writes.

streams     one ordered pass over people and all that hangs on them, in flat memory
list_rows   one person as rows of the canonical list
lists       the list, sources and claims as tables
whole       every table of the record, one by one
"""
