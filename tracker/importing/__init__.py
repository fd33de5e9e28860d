"""Lists in: a file becomes rows, rows become a plan of changes, a plan is applied in one transaction.

    problems   what is wrong, with file, row, column and value; nothing is written while there is any
    reading    somebody else's list as rows of text: CSV, TSV, JSON, JSON Lines, XLSX
    mapping    which column of it says what
    fields     what each field of a list takes
    rows       a strict CSV reader: text cells that know where they stand
    values     what a cell's text means to its field
    plan       the rows that will be inserted, per table, with ids that do not depend on the machine
    directory  facilities, claimants and sources: read from their lists, found again by the words of other lists
    spoken     what the rows of a list say of one person
    people     list.csv: rows → people, detentions, stays, releases, citations
    against    citations.csv: what the columns of a list cannot hold, mostly disputes
    claims     claims.csv: counts that somebody stated
    case       a case file (folder) → one plan
    start      a new record, empty or from a case file, whole or not at all

Nothing here talks to a terminal: problems are raised, progress is a function that the caller hands in.
"""
