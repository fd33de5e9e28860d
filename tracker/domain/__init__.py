"""Words, values and rules, without input or output.

    dates       reading dates as people write them (words in date_words, the calendar in date_bounds, zones in clock)
    names       what a name is stored as, its identity, and its accent-insensitive form
    text        the user's and the world's text, made safe to show
    countries   countries from codes, names and demonyms in English and Spanish
    vocabulary  the closed lists and their ranks (the terms themselves in vocabulary_terms)
    rules       what may not be: each rule both refuses (casework) and finds (checks)

Everything here is pure: the same words in give the same values out. Only `clock` looks at the time of day.
"""
