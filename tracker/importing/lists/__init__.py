"""Somebody else's list, taken into the record: rows → people → what to do with each → done, queued or refused.

One import is one transaction and one changeset. The flow, a file to each step:

- `bundles`: the rows that speak of one person; `record_directory`: what their words mean on this record
- `deciding`: is it one of our people? (`matching`, and what earlier versions of the list became: `memory`)
- `creating`: new people, many at once; `joining`: what a row says, added to somebody on record
- `absent`: who was on the last version of the list and is not on this one
- `intake`: all of it in order
"""
