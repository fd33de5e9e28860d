"""Changes to the record: people, custody, places, sources, claimants, citations, claims.

Functions take an open `store.Change` and values as people write them (dates, countries, vocabulary in either
language), refuse what the record cannot take with a sentence, and return ids. They never ask and never print: what
should be told comes back as a value.
"""
