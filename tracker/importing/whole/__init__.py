"""A whole record, taken back from the folder that `export all` wrote.

manifest   what the folder says of itself, held against what is there: every file, its rows, bytes and SHA-256
cells      its CSV, in which an empty cell and an empty text are two things
loading    every table, ids and refs and all, into an empty record
"""
